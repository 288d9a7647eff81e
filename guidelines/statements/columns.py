"""The columns of the statements of one's own houses."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guidelines.statements.lists import STATES, state_code
from guidelines.statements.models import Statement
from guidelines.states.tables import StatementState
from ministries.clock import today
from ministries.working_days import working_days_between
from ui import markup
from ui.columns import Column

PARTNERSHIP = "guideline_check__partnership__sort_key"
DONE = ("no_statement", "not_involved")
NOT_NEEDED = format_html('<span class="muted">{}</span>', "entfällt")


def _state_word(row: Statement) -> str:
    return STATES[state_code(row, today())]


def _state(row: Any) -> str:
    """With the reason where it was returned; only the house itself has this list."""
    told = {"code": state_code(row, today()), "word": _state_word(row)}
    badge = render_to_string("guidelines/_statement_state.html", told)
    notes = {"returned": row.return_note, "reply_returned": row.query_note}
    note = notes.get(told["code"], "")
    return format_html('{} <span class="muted">{}</span>', badge, note) if note else badge


def _due_on(row: Any) -> date | None:
    return None if row.is_out else row.due


def _due(row: Any) -> SafeString:
    if row.is_out:
        return NOT_NEEDED
    is_awaited = row.state != StatementState.RELEASED and state_code(row, today()) not in DONE
    days = working_days_between(today(), row.due) if is_awaited or row.query_state else None
    return markup.german_date(row.due, days)


def _answers(row: Any) -> str:
    return NOT_NEEDED if row.is_nil_return else f"{row.answered} von {row.asked}"


def _vote(row: Statement) -> str:
    if row.is_nil_return:
        return NOT_NEEDED
    return row.vote_words if row.vote else markup.nothing("noch keines")


COLUMNS: list[Column[Statement]] = [
    Column("partnership", "Partnerschaft", "guideline_check.partnership.name", [PARTNERSHIP]),
    Column("ministry", "Ressort", "ministry.abbreviation", cell=markup.house),
    Column("round", "Leitlinien-Check", "guideline_check.round.name", ["guideline_check__round", PARTNERSHIP]),
    Column("edition", "Leitlinienfassung", "guideline_check.round.edition"),
    Column("due", "Frist", _due_on, ["due", PARTNERSHIP], _due),
    Column("turn", "Stand", _state_word, ["turn", "due", PARTNERSHIP], _state),
    Column("answered", "Beantwortete Fragen"),
    Column("asked", "Antworten", cell=_answers, in_file=False),
    Column("vote_words", "Votum", cell=_vote),
]  # fmt: skip

"""Rückfrage: the coordination asks, the house writes its answer and releases it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from guidelines.queries.evidence import settle, ticked
from guidelines.queries.models import Query
from guidelines.queries.notices import tell_released
from guidelines.rounds.conditions import PROPOSED, require_future, require_in
from guidelines.rounds.letters import send_query, send_withdrawals
from guidelines.rounds.models import GuidelineCheck
from guidelines.statements.conditions import (
    acts_as_deputy,
    facts_of_today,
    require_past,
    require_running,
)
from guidelines.statements.draft_actions import discard_draft
from guidelines.statements.drafts import carry_drafts
from guidelines.statements.models import ReviewNote, Statement
from guidelines.statements.notices import of_correction, tell_author, tell_heads
from guidelines.statements.pages import RELATED
from guidelines.states.tables import CheckState, QueryState, RoundState, StatementState
from guidelines.states.transitions import perform, require_fit, require_unbroken
from ministries.mail.outbox import Letter
from ministries.models import User
from partnerships.permissions import WRITERS
from ui.errors import Refusal

# What a house says in its answer, and how it was released where the answer does not tell.
ANSWERED = ("vote", "vote_until_on", "key_message", "is_nil_return", "nil_reason")
AS_A_RULE = {
    "is_released_by_deputy": False,
    "released_outside_function": "",
    "released_outside_on": None,
    "released_outside_reference": "",
}


@transaction.atomic
def ask(*, statement: Statement, text: str, due_on: date, by: User, now: datetime) -> Query:
    """What is released stays released, whoever reads it; the house is asked beside it."""
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    check = GuidelineCheck.objects.select_for_update().get(pk=statement.guideline_check_id)
    row = _locked(statement.pk)
    if row.guideline_check.round.state != RoundState.OPEN:
        raise Refusal("Der Leitlinien-Check läuft nicht mehr. Rückfragen sind nicht mehr möglich.")
    if check.state not in (CheckState.COLLECTING, CheckState.EVALUATING):
        raise Refusal(PROPOSED)
    require_in(row.guideline_check)
    if row.is_closed:
        raise Refusal(
            f"Die Zulieferung zu {row.guideline_check.partnership} ist geschlossen. Öffnen "
            "Sie sie zuerst mit „Zulieferung wieder öffnen“."
        )
    if row.state != StatementState.RELEASED:
        raise Refusal("Die Stellungnahme liegt nicht mehr vor. Bitte laden Sie die Seite neu.")
    if Query.objects.filter(statement=row).unanswered().exists():
        raise Refusal("Zu dieser Stellungnahme ist schon eine Rückfrage offen.")
    if not text.strip():
        raise Refusal("Schreiben Sie, was Sie wissen möchten.")
    require_future(due_on, now)
    query = Query.objects.create(statement=row, text=text, due_on=due_on, asked_at=now, asked_by=by)
    send_query(query)
    return query


@transaction.atomic
def withdraw_query(*, query: Query, by: User, now: datetime) -> None:
    """Asked by mistake, or answered otherwise. What the house has begun stays in its history."""
    row = Query.objects.select_for_update().get(pk=query.pk)
    if not row.is_unanswered:
        raise Refusal("Die Rückfrage ist nicht mehr offen. Bitte laden Sie die Seite neu.")
    require_unbroken(row.statement.guideline_check.round)
    perform(row, f"withdraw_{row.state}", by=by, now=now)
    send_withdrawals([row])


@transaction.atomic
def withdraw_queries(*, checks: Collection[int], by: User, now: datetime) -> None:
    """All that are open there: nobody could answer them any more."""
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    about = [f"statement__{name}" for name in RELATED]
    rows = Query.objects.unanswered().filter(statement__guideline_check__in=checks)
    queries = list(rows.select_related(*about).select_for_update(of=["self"]).order_by("pk"))
    Query.objects.filter(pk__in=[query.pk for query in queries]).update(
        state=QueryState.WITHDRAWN, withdrawn_at=now, withdrawn_by=by, version=F("version") + 1
    )
    send_withdrawals(queries)


@transaction.atomic
def save_reply(
    *,
    query: Query,
    values: Mapping[str, str],
    reply: str,
    evidence: Mapping[int, Collection[str]] = MappingProxyType({}),
    citable: Collection[str] = (),
    expected_version: int,
    by: User,
    now: datetime,
) -> Query:
    """Keep what has been written so far. `values` is empty where the statement stays as it is.

    `evidence`: criterion id to the keys of its records, of those in `citable`.
    """
    if not by.has_perm("guidelines.edit_statement", query):
        raise PermissionDenied
    _require_running(query, now)
    if query.state != QueryState.OPEN:
        raise Refusal(
            f"Die Rückfrage hat inzwischen den Stand „{query.get_state_display()}“. Bitte laden "
            "Sie die Seite neu."
        )
    said = {**values, **ticked(query, evidence, citable)}
    if _write(query, said, reply, expected_version):
        query.authors.add(by)
    discard_draft(statement=query.statement, by=by, is_reply=True)
    return query


@transaction.atomic
def answer_corrected(
    *,
    query: Query,
    values: Mapping[str, str],
    reply: str,
    evidence: Mapping[int, Collection[str]] = MappingProxyType({}),
    citable: Collection[str] = (),
    expected_version: int,
    by: User,
    now: datetime,
) -> bool:
    """Correct the answer somebody else has written and submitted, and release it; whether it differs."""
    _require_running(query, now)
    if not by.has_perm("guidelines.correct_statement", query):
        raise PermissionDenied
    require_fit(query, "answer")
    said = {**values, **ticked(query, evidence, citable)}
    is_corrected = _write(query, said, reply, expected_version)
    further = of_correction(query, by=by) if is_corrected else []
    _release(query, by, now, query.version if is_corrected else expected_version, further)
    if is_corrected:
        query.authors.add(by)
    discard_draft(statement=query.statement, by=by, is_reply=True)
    return is_corrected


def _write(query: Query, values: Mapping[str, str], reply: str, expected_version: int) -> bool:
    """One versioned write of the answer, if anything differs."""
    if (query.values, query.reply) == (dict(values), reply):
        return False
    query.values, query.reply = dict(values), reply
    query.save_versioned(expected=expected_version, fields=["values", "reply"])
    return True


@transaction.atomic
def submit_reply(
    *, query: Query, by: User, now: datetime, expected_version: int | None = None
) -> None:
    _require_running(query, now)
    perform(query, "submit", by=by, now=now, expected_version=expected_version, return_note="")
    carry_drafts(statement=query.statement, version=query.version, is_reply=True)
    tell_heads(query, now=now)


@transaction.atomic
def take_reply_back(*, query: Query, by: User, now: datetime) -> None:
    _require_running(query, now)
    perform(query, "take_back", by=by, now=now)
    carry_drafts(statement=query.statement, version=query.version, is_reply=True)


@transaction.atomic
def return_reply(
    *, query: Query, note: str, by: User, now: datetime, expected_version: int | None = None
) -> None:
    _require_running(query, now)
    perform(
        query,
        "return_for_revision",
        by=by,
        now=now,
        expected_version=expected_version,
        return_note=note.strip(),
    )
    carry_drafts(statement=query.statement, version=query.version, is_reply=True)
    tell_author(query, by=by)


@transaction.atomic
def answer(*, query: Query, by: User, now: datetime, expected_version: int | None = None) -> None:
    """The new version takes the place of the one released before."""
    _require_running(query, now)
    _release(query, by, now, expected_version)


def _release(
    query: Query,
    by: User,
    now: datetime,
    expected_version: int | None,
    further: Sequence[Letter] = (),
) -> None:
    deputy = {"is_released_by_deputy": acts_as_deputy(by, query.ministry_id)}
    _answer(query, "answer", deputy, {}, by, now, expected_version, further)


@transaction.atomic
def record_answer(
    *,
    query: Query,
    function: str,
    released_on: date,
    reference: str,
    by: User,
    now: datetime,
    expected_version: int | None = None,
) -> None:
    """Released on paper or in the E-Akte; a second person of the house, no author, says so."""
    _require_running(query, now)
    if released_on < timezone.localdate(query.asked_at):
        raise Refusal("Die Freigabe liegt vor der Rückfrage. Berichtigen Sie das Datum.")
    require_past(released_on, now)
    outside = {
        "released_outside_function": function.strip(),
        "released_outside_on": released_on,
        "released_outside_reference": reference.strip(),
    }
    is_deputy = {"is_released_by_deputy": acts_as_deputy(by, query.ministry_id, WRITERS)}
    _answer(query, "record_answer", outside | is_deputy, outside, by, now, expected_version)


def _answer(
    query: Query,
    name: str,
    released: Mapping[str, Any],
    told: Mapping[str, Any],
    by: User,
    now: datetime,
    expected_version: int | None,
    further: Sequence[Letter] = (),
) -> None:
    """One versioned write to the statement and its notes, whose state never changes."""
    row = query.statement = _locked(query.statement_id)
    proposed, notes = query.proposed()
    perform(
        query,
        name,
        by=by,
        now=now,
        expected_version=expected_version,
        known={**told, "proposed": (proposed, notes)},
        answered_version=row.version + 1,
    )
    fields = {
        **{name: getattr(proposed, name) for name in ANSWERED},
        "submitted_at": query.submitted_at,
        "submitted_by": query.submitted_by,
        "released_at": now,
        "released_by": by,
        **AS_A_RULE,
        "fact_sheet": facts_of_today(row, by=by, now=now),
        **released,
    }
    for field, value in fields.items():
        setattr(row, field, value)
    row.save_versioned(expected=row.version, fields=fields)
    ReviewNote.objects.bulk_update(notes, ["answer", "reason"])
    settle(query, notes, now=now)
    tell_released(query, further)


def _locked(pk: int) -> Statement:
    """Once its check is locked: whoever closes the collection meanwhile is seen."""
    return Statement.objects.select_for_update(of=["self"]).select_related(*RELATED).get(pk=pk)


def _require_running(query: Query, now: datetime) -> None:
    require_running(query.statement, now)

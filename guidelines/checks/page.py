"""What the page of a check shows, as far as this person may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from guidelines.checks.evaluation import synopsis
from guidelines.collection.models import Reopening
from guidelines.decisions.models import Decision, Proposal
from guidelines.evidence.pages import show_evidence, with_evidence
from guidelines.queries.models import Query
from guidelines.rounds.joining_views import asking_again_url, may_ask_again
from guidelines.rounds.models import GuidelineCheck
from guidelines.rounds.progress import CellState, cell_state
from guidelines.statements.models import ReviewNote, ReviewNoteQuerySet, Statement
from guidelines.states.tables import CheckState, QueryState, RoundState, StatementState
from guidelines.third_parties.models import ThirdPartyView
from ministries.models import Ministry, User
from ministries.working_days import working_days_between
from partnerships.models import Partnership
from ui.dates import german_date


@dataclass(frozen=True)
class HouseRow:
    """A house in the check: its state, and its statement where this person may read it."""

    ministry: Ministry
    state: CellState
    due_on: date
    statement_id: int
    statement: Statement | None = None
    # The last Rückfrage to it, as the coordination may know it.
    query: Query | None = None
    query_url: str = ""
    extend_url: str = ""
    reopen_url: str = ""
    # Why it is not asked any more, and the way back.
    taken_out_because: str = ""
    ask_again_url: str = ""
    is_collecting: bool = True

    @property
    def has_text(self) -> bool:
        return self.statement is not None and not self.statement.is_nil_return


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    detail: str = ""


def check_context(check: GuidelineCheck, user: User, day: date) -> dict[str, Any]:
    rows = _house_rows(check, user, day)
    decision = _decision(check, user, day)
    is_whole = user.sees_proposals or decision is not None
    context = {
        "title": f"{check.round}: {check.partnership}",
        "check": check,
        "round": check.round,
        "partnership": _standing(check, user, day),
        "working_days": working_days_between(day, check.round.due_on),
        "is_whole": is_whole,
        "given": [row for row in rows if row.has_text],
        "missing": [row for row in rows if row.state.is_outstanding],
        "without_text": [row for row in rows if not row.has_text],
        "rows": rows,
        "third_parties": _third_parties(check, user, day),
        "decision": decision,
        "may_close": check.state != CheckState.DECIDED and any(row.is_collecting for row in rows),
        "reopenings": Reopening.objects.visible_to(user)
        .filter(guideline_check=check)
        .select_related("statement__ministry", "reopened_by"),
        "proposals": [],
        "synopsis": None,
        "may_coordinate": user.has_perm("guidelines.coordinate")
        and check.round.state == RoundState.OPEN,
    }
    if is_whole:
        context["proposals"] = list(_proposals(check, user, day))
        notes = list(with_evidence(_released_notes(check, user, day), user))
        show_evidence(notes)
        context["synopsis"] = synopsis(notes)
        context["steps"] = [] if check.is_out else _steps(check, rows)
        context["waits_for"] = _waits_for(check, rows)
    return context


def _standing(check: GuidelineCheck, user: User, day: date) -> Partnership:
    partnerships = Partnership.objects.visible_to(user).with_standing(user, day)
    return partnerships.get(pk=check.partnership_id)


def _decision(check: GuidelineCheck, user: User, day: date) -> Decision | None:
    decision = getattr(check, "decision", None)
    if decision is None or user.sees_proposals or decision.visible_from <= day:
        return decision
    return None


def _proposals(check: GuidelineCheck, user: User, day: date) -> Iterable[Proposal]:
    found = Proposal.objects.visible_to(user, day).filter(guideline_check=check)
    return found.order_by("-number").select_related("written_by")


def _released_notes(check: GuidelineCheck, user: User, day: date) -> ReviewNoteQuerySet:
    return (
        ReviewNote.objects.visible_to(user, day)
        .filter(
            statement__guideline_check=check,
            statement__state=StatementState.RELEASED,
            statement__is_nil_return=False,
        )
        .select_related("criterion__guideline", "statement__ministry")
        .order_by(
            "criterion__guideline__number",
            "criterion__code",
            "statement__ministry__sort_order",
            "statement__ministry__abbreviation",
        )
    )


def _third_parties(check: GuidelineCheck, user: User, day: date) -> Iterable[ThirdPartyView]:
    """Released with the statement beside them, in protocol order."""
    return (
        ThirdPartyView.objects.visible_to(user, day)
        .with_organisation(user)
        .counted()
        .filter(
            statement__guideline_check=check,
            statement__state=StatementState.RELEASED,
            statement__is_nil_return=False,
        )
        .select_related("statement__ministry", "document")
        .order_by("statement__ministry__sort_order", "statement__ministry__abbreviation", "pk")
    )


def _house_rows(check: GuidelineCheck, user: User, day: date) -> list[HouseRow]:
    """All asked houses for the circle; for others those whose statement they may read."""
    readable = set(
        Statement.objects.visible_to(user, day)
        .filter(guideline_check=check)
        .values_list("pk", flat=True)
    )
    statements = (
        Statement.objects.filter(guideline_check=check)
        .select_related("ministry")
        .order_by("ministry__sort_order", "ministry__abbreviation")
    )
    queries = _queries(check, user, day)
    rows = []
    for statement in statements:
        statement.guideline_check = check
        if user.sees_proposals or statement.pk in readable:
            query, is_readable = queries.get(statement.pk), statement.pk in readable
            rows.append(_house_row(statement, query, user, day, is_readable=is_readable))
    return rows


def _queries(check: GuidelineCheck, user: User, day: date) -> dict[int, Query]:
    """The last one of each statement; houses read theirs on its own page."""
    if not user.is_coordinator:
        return {}
    asked = Query.objects.visible_to(user, day).filter(statement__guideline_check=check)
    asked = asked.exclude(state=QueryState.WITHDRAWN).order_by("asked_at", "pk")
    return {query.statement_id: query for query in asked}


def outstanding(check: GuidelineCheck, user: User, day: date) -> list[HouseRow]:
    """The asked houses that have not answered, for the coordination."""
    return [row for row in _house_rows(check, user, day) if row.state.is_outstanding]


def _house_row(
    statement: Statement, query: Query | None, user: User, day: date, *, is_readable: bool
) -> HouseRow:
    check = statement.guideline_check
    state = cell_state(statement, day)
    address = [check.round.slug, check.partnership.slug, statement.ministry.slug]
    is_running = user.is_coordinator and check.round.state == RoundState.OPEN
    is_queried = query is not None and query.is_unanswered
    may_query = user.is_coordinator and statement.is_accepted and not is_queried
    return HouseRow(
        ministry=statement.ministry,
        state=state,
        due_on=statement.deadline,
        statement_id=statement.pk,
        statement=statement if is_readable and statement.state == StatementState.RELEASED else None,
        query=query,
        query_url=reverse("guidelines:statement-query", args=address)
        if may_query and state.is_answered
        else "",
        extend_url=reverse("guidelines:deadline-extend", args=address)
        if is_running and state.is_outstanding
        else "",
        reopen_url=reverse("guidelines:cell-reopen", args=address)
        if user.is_coordinator and state is CellState.NO_STATEMENT and check.may_reopen
        else "",
        taken_out_because=statement.taken_out_because
        if user.sees_proposals and statement.taken_out_on
        else "",
        ask_again_url=asking_again_url(statement)
        if is_running and may_ask_again(statement)
        else "",
        is_collecting=not statement.is_closed,
    )


_ORDER = (CheckState.COLLECTING, CheckState.EVALUATING, CheckState.PROPOSED, CheckState.DECIDED)
_LABELS = ("Zulieferung", "Auswertung", "Entscheidungsvorschlag", "Beschluss")


def _steps(check: GuidelineCheck, rows: list[HouseRow]) -> list[Step]:
    answered = sum(row.state.is_answered for row in rows)
    at = _ORDER.index(CheckState(check.state))
    if check.state == CheckState.PROPOSED:
        # The proposal stands; what is waited for is the decision.
        at += 1
    steps = []
    for position, label in enumerate(_LABELS):
        is_done = position < at or check.state == CheckState.DECIDED
        state = "done" if is_done else "current" if position == at else "open"
        detail = f"{answered} von {_asked(rows)} liegen vor" if position == 0 else ""
        steps.append(Step(label, state, detail))
    return steps


def _asked(rows: list[HouseRow]) -> int:
    return sum(row.state is not CellState.NOT_ASKED for row in rows)


def _waits_for(check: GuidelineCheck, rows: list[HouseRow]) -> str:
    asked = [row for row in rows if row.query and row.query.is_unanswered]
    if not asked or check.state == CheckState.DECIDED:
        return _stands(check, rows)
    names = ", ".join(row.ministry.abbreviation for row in asked)
    return f"{_stands(check, rows)} Offene Rückfragen: {names}."


def _stands(check: GuidelineCheck, rows: list[HouseRow]) -> str:
    missing = [row for row in rows if row.state.is_outstanding]
    if check.is_out:
        return f"Über diese Partnerschaft wird im {check.round} nicht entschieden."
    if check.round.state == RoundState.BROKEN_OFF and check.state != CheckState.DECIDED:
        return "Der Leitlinien-Check ist abgebrochen; über diese Partnerschaft wird darin nicht entschieden."
    match check.state:
        case CheckState.COLLECTING if missing:
            names = ", ".join(row.ministry.abbreviation for row in missing)
            verb = "fehlt" if len(missing) == 1 else "fehlen"
            of = f"{len(missing)} von {_asked(rows)}"
            return f"Es {verb} noch {of} Stellungnahmen: {names}."
        case CheckState.COLLECTING if check.collection_closed_on:
            day = german_date(check.collection_closed_on)
            return f"Die Zulieferung ist seit {day} geschlossen. Die Auswertung kann beginnen."
        case CheckState.COLLECTING:
            return "Alle Stellungnahmen liegen vor. Die Auswertung kann beginnen."
        case CheckState.EVALUATING:
            return "Die Koordinierung wertet aus und schreibt den Entscheidungsvorschlag."
        case CheckState.PROPOSED:
            return "Der Entscheidungsvorschlag liegt vor. Es fehlt der Beschluss."
    return "Über diese Partnerschaft ist entschieden."

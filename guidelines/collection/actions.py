"""The end of the collection: it closes for partnerships, and opens again with a reason."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from guidelines.collection.models import Reopening
from guidelines.queries.actions import withdraw_queries
from guidelines.rounds.conditions import (
    PROPOSED,
    locked_checks,
    require_asked,
    require_future,
    require_in,
)
from guidelines.rounds.letters import send_closing, send_reopening
from guidelines.rounds.models import GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.tables import CheckState, RoundState, StatementState
from guidelines.states.transitions import perform, require_opened, require_unbroken
from ministries.models import User
from ui.dates import german_date
from ui.errors import Refusal

OPEN_AGAIN = {"collection_closed_on": None, "collection_closed_by": None}


@transaction.atomic
def close_collections(
    *, checks: Collection[GuidelineCheck], by: User, now: datetime
) -> list[Statement]:
    """Nothing can be filed or withdrawn from now on; it says nothing of a decision.

    Gives back what is missing: each house hears of it once, however many partnerships there are.
    What was reopened for a single house is closed again, and Rückfragen still open are taken back:
    nobody could answer them.
    """
    rows = _locked(checks, by)
    keys = [row.pk for row in rows]
    open_ones = GuidelineCheck.objects.collecting().filter(pk__in=keys)
    collecting = set(open_ones.values_list("pk", flat=True))
    for row in rows:
        _require_running(row)
        if row.pk not in collecting:
            raise Refusal(f"Die Zulieferung zu {row.partnership} ist schon geschlossen.")
    missing = [found for found in _statements(rows) if found.is_outstanding]
    GuidelineCheck.objects.filter(pk__in=keys).update(
        collection_closed_on=timezone.localdate(now),
        collection_closed_by=by,
        version=F("version") + 1,
    )
    _end_single_ones(rows)
    withdraw_queries(checks=keys, by=by, now=now)
    send_closing(missing)
    return missing


@transaction.atomic
def resume_collection(*, check: GuidelineCheck, by: User, now: datetime) -> None:
    """Back from the evaluation; a collection that was closed is reopened with a reason instead."""
    (row,) = _locked([check], by)
    require_opened(row.round)
    if row.collection_closed_on:
        raise Refusal("Nennen Sie den Grund, aus dem die Zulieferung wieder geöffnet wird.")
    perform(row, "resume_collection", by=by, now=now)


@transaction.atomic
def reopen_collection(
    *, check: GuidelineCheck, reason: str, due_on: date, by: User, now: datetime
) -> Reopening:
    """For all houses asked; what was released stays as it is, the others get the deadline."""
    (row,) = _locked([check], by)
    reopening = _record(row, None, reason=reason, due_on=due_on, by=by, now=now)
    missing = [
        found
        for found in _statements([row])
        if found.state != StatementState.RELEASED and not found.is_out
    ]
    if row.state == CheckState.EVALUATING:
        perform(row, "resume_collection", by=by, now=now, **OPEN_AGAIN)
    else:
        row.collection_closed_on = row.collection_closed_by = None
        row.save_versioned(expected=row.version, fields=OPEN_AGAIN)
    _end_single_ones([row])
    _ask_again(missing, due_on)
    return reopening


@transaction.atomic
def reopen_cell(
    *, statement: Statement, reason: str, due_on: date, by: User, now: datetime
) -> Reopening:
    """For one house alone: the collection stays closed for the others."""
    (check,) = _locked([statement.guideline_check], by)
    (row,) = [found for found in _statements([check]) if found.pk == statement.pk]
    if row.state == StatementState.RELEASED:
        raise Refusal(f"Die {row} liegt schon vor. Laden Sie die Seite neu.")
    require_asked(row)
    if check.collection_closed_on and row.is_reopened:
        raise Refusal(f"Die Zulieferung ist für {row.ministry} schon wieder geöffnet.")
    reopening = _record(check, row, reason=reason, due_on=due_on, by=by, now=now)
    Statement.objects.filter(pk=row.pk).update(is_reopened=True)
    _ask_again([row], due_on)
    return reopening


def _record(
    check: GuidelineCheck,
    statement: Statement | None,
    *,
    reason: str,
    due_on: date,
    by: User,
    now: datetime,
) -> Reopening:
    _require_running(check)
    if check.state == CheckState.PROPOSED:
        raise Refusal(PROPOSED)
    closed_on, closed_by = check.collection_closed_on, check.collection_closed_by
    if closed_on is None or closed_by is None:
        raise Refusal(f"Die Zulieferung zu {check.partnership} ist nicht geschlossen.")
    if not reason.strip():
        raise Refusal("Nennen Sie den Grund, aus dem die Zulieferung wieder geöffnet wird.")
    require_future(due_on, now)
    if due_on < check.round.due_on:
        end = german_date(check.round.due_on)
        raise Refusal(f"Die Frist des Checks ist der {end}. Früher kann sie nicht enden.")
    return Reopening.objects.create(
        guideline_check=check,
        statement=statement,
        reason=reason,
        due_on=due_on,
        reopened_at=now,
        reopened_by=by,
        closed_on=closed_on,
        closed_by=closed_by,
    )


def _ask_again(missing: Collection[Statement], due_on: date) -> None:
    """Whoever had longer keeps that; the version is left alone, as by any other deadline."""
    sooner = [found for found in missing if found.deadline < due_on]
    Statement.objects.filter(pk__in=[found.pk for found in sooner]).update(due_on=due_on)
    for found in sooner:
        found.due_on = due_on
    send_reopening(missing)


def _require_running(check: GuidelineCheck) -> None:
    require_opened(check.round)
    require_in(check)
    if check.round.state != RoundState.OPEN or check.state == CheckState.DECIDED:
        raise Refusal(
            f"Über {check.partnership} ist schon entschieden. Bitte laden Sie die Seite neu."
        )


def _locked(checks: Collection[GuidelineCheck], by: User) -> list[GuidelineCheck]:
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    rows = locked_checks([check.pk for check in checks])
    for row in rows:
        require_unbroken(row.round)
    return rows


def _statements(checks: Iterable[GuidelineCheck]) -> list[Statement]:
    """All of them, locked: whoever releases or withdraws at this moment is waited for."""
    return list(
        Statement.objects.select_for_update(of=["self"])
        .filter(guideline_check__in=list(checks))
        .select_related("ministry", "guideline_check__round", "guideline_check__partnership")
        .order_by("pk")
    )


def _end_single_ones(checks: Iterable[GuidelineCheck]) -> None:
    rows = Statement.objects.filter(guideline_check__in=list(checks), is_reopened=True)
    rows.update(is_reopened=False)

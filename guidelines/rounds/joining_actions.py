"""Houses and partnerships that come to a running round later."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from guidelines.asking.plans import round_plan
from guidelines.rounds.actions import propose_houses
from guidelines.rounds.asking_actions import ask
from guidelines.rounds.conditions import (
    PROPOSED,
    locked_checks,
    require_future,
    require_in,
)
from guidelines.rounds.letters import joining
from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.tables import CheckState, RoundState
from ministries.models import Ministry, User
from partnerships.models import Partnership
from ui.dates import german_date
from ui.errors import Refusal

ADDED_LATER = "von der Koordinierung nachträglich beteiligt"
ON_ITS_OWN = "auf eigenen Wunsch"


@transaction.atomic
def add_house_later(
    *,
    checks: Collection[GuidelineCheck],
    ministry: Ministry,
    due_on: date | None = None,
    by: User,
    now: datetime,
) -> list[Statement]:
    """The coordination asks one more house, in checks of one running round; it is written to.

    One that was taken out is asked again: what it had written is there.
    """
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    rows = locked_checks([check.pk for check in checks])
    reopened = Statement.objects.out_of_reopened().filter(
        guideline_check__in=rows, ministry=ministry
    )
    back = set(reopened.values_list("guideline_check", flat=True))
    for row in rows:
        _require_running(row.round)
        require_in(row)
        if not row.is_collecting and row.pk not in back:
            raise Refusal(
                f"Die Zulieferung zu {row.partnership} ist geschlossen. Öffnen Sie sie zuerst wieder."
            )
        if row.state == CheckState.PROPOSED:
            raise Refusal(PROPOSED)
    due_on = _deadline(rows[0].round, due_on, now) if rows else None
    return _ask(rows, ministry, ADDED_LATER, due_on, now)


@transaction.atomic
def join_round(
    *, checks: Collection[GuidelineCheck], ministry: Ministry, by: User, now: datetime
) -> list[Statement]:
    """A house asks itself, until the deadline: by then nothing is decided of what is not closed."""
    if not by.has_perm("guidelines.join_round", ministry):
        raise PermissionDenied
    rows = locked_checks([check.pk for check in checks])
    for row in rows:
        is_closed = row.collection_closed_on or row.is_out
        is_over = is_closed or row.round.due_on < timezone.localdate(now)
        if is_over or row.round.state != RoundState.OPEN:
            raise Refusal(
                f"Die Zulieferung zu {row.partnership} ist beendet. Wenden Sie sich bitte an die "
                "Staatskanzlei."
            )
    return _ask(rows, ministry, ON_ITS_OWN, None, now)


@transaction.atomic
def add_partnerships(
    *,
    check_round: CheckRound,
    partnerships: Iterable[Partnership],
    due_on: date | None = None,
    by: User,
    now: datetime,
) -> list[GuidelineCheck]:
    """More partnerships for a running round, each with the houses that the register suggests."""
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    row = CheckRound.objects.select_for_update().get(pk=check_round.pk)
    _require_running(row)
    present = set(row.checks.values_list("partnership", flat=True))
    added = GuidelineCheck.objects.bulk_create(
        GuidelineCheck(round=row, partnership=found)
        for found in partnerships
        if found.pk not in present
    )
    if not added:
        raise Refusal("Wählen Sie mindestens eine Partnerschaft, die noch nicht dabei ist.")
    due_on = _deadline(row, due_on, now)
    plan = propose_houses(check_round=row, checks=added, due_on=due_on, now=now)
    found = [check_plan for check_plan in plan.checks if check_plan.check in added]
    if gaps := [str(gap) for check_plan in found for gap in check_plan.gaps]:
        raise Refusal(" ".join(gaps))
    new = {row.pk for check_plan in found for row in check_plan.statements}
    ask(row, plan, only=new, now=now)
    return added


def _ask(
    checks: Collection[GuidelineCheck],
    ministry: Ministry,
    because: str,
    due_on: date | None,
    now: datetime,
) -> list[Statement]:
    present = Statement.objects.filter(guideline_check__in=checks, ministry=ministry)
    by_check = {row.guideline_check_id: row for row in present.select_for_update()}
    new = [check for check in checks if check.pk not in by_check]
    again = [row for row in by_check.values() if row.taken_out_on]
    if not new and not again:
        raise Refusal("Wählen Sie mindestens eine Partnerschaft, an der das Ressort noch fehlt.")
    later = {"due_on": due_on} if due_on else {}
    Statement.objects.filter(pk__in=[row.pk for row in again]).update(
        taken_out_on=None,
        taken_out_because="",
        asked_because=because,
        **later,
    )
    statements = again + Statement.objects.bulk_create(
        Statement(guideline_check=check, ministry=ministry, asked_because=because, due_on=due_on)
        for check in new
    )
    held = {check.pk: check for check in checks}
    for statement in statements:
        statement.guideline_check = held[statement.guideline_check_id]
    check_round = statements[0].guideline_check.round
    plan = round_plan(check_round, timezone.localdate(now))
    further = []
    if because == ON_ITS_OWN:
        further = [joining(statements, one) for one in plan.ministries if one.is_chancellery]
    asked = {statement.pk for statement in statements}
    ask(check_round, plan, only=asked, further=further, now=now)
    return statements


def _deadline(check_round: CheckRound, due_on: date | None, now: datetime) -> date | None:
    """One of its own only where it differs from that of the round, and never before that."""
    if due_on is None or due_on == check_round.due_on:
        require_future(check_round.due_on, now)
        return None
    require_future(due_on, now)
    if due_on < check_round.due_on:
        end = german_date(check_round.due_on)
        raise Refusal(f"Die Frist des Checks ist der {end}. Früher kann sie nicht enden.")
    return due_on


def _require_running(check_round: CheckRound) -> None:
    if check_round.state != RoundState.OPEN:
        raise Refusal("Beteiligen lässt sich nur in einem laufenden Leitlinien-Check.")

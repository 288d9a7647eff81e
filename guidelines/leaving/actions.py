"""A partnership leaves a running round, and may come back; what was written of it stays."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from guidelines.queries.actions import withdraw_queries
from guidelines.rounds.conditions import PROPOSED, locked_checks, locked_statements, require_future
from guidelines.rounds.letters import send_taken_in, send_taken_out
from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.tables import CheckState, RoundState
from guidelines.states.transitions import perform
from ministries.models import User
from ui.dates import german_date
from ui.errors import Refusal

IN_AGAIN = {"taken_out_on": None, "taken_out_by": None, "taken_out_because": ""}


@transaction.atomic
def take_out(*, check: GuidelineCheck, reason: str, by: User, now: datetime) -> GuidelineCheck:
    """Nothing is owed or decided there any more. The round ends where nothing else is open."""
    check_round, row = _held(check, by)
    if row.is_out:
        raise Refusal(f"{row.partnership} ist schon herausgenommen. Laden Sie die Seite neu.")
    if row.state == CheckState.PROPOSED:
        raise Refusal(PROPOSED)
    if row.state == CheckState.DECIDED:
        raise Refusal(f"Über {row.partnership} ist schon entschieden.")
    if not reason.strip():
        raise Refusal("Nennen Sie den Grund, aus dem die Partnerschaft herausgenommen wird.")
    others = check_round.checks.exclude(pk=row.pk).filter(taken_out_on=None)
    if not others.exists():
        raise Refusal("Es bliebe keine Partnerschaft. Brechen Sie den Leitlinien-Check ab.")
    statements = locked_statements(row.statements.filter(taken_out_on=None))
    withdraw_queries(checks=[row.pk], by=by, now=now)
    if row.state == CheckState.EVALUATING:
        perform(row, "resume_collection", by=by, now=now)
    row.taken_out_on, row.taken_out_by = timezone.localdate(now), by
    row.taken_out_because = reason
    row.save_versioned(expected=row.version, fields=IN_AGAIN)
    send_taken_out(check_round, statements)
    if not others.undecided().exists():
        perform(check_round, "close_round", by=by, now=now)
    return row


@transaction.atomic
def take_in(
    *, check: GuidelineCheck, due_on: date | None = None, by: User, now: datetime
) -> GuidelineCheck:
    """The houses that have released nothing are asked again, at least until the deadline."""
    check_round, row = _held(check, by)
    if not row.is_out:
        raise Refusal(f"{row.partnership} ist schon wieder dabei. Laden Sie die Seite neu.")
    if due_on and due_on < check_round.due_on:
        end = german_date(check_round.due_on)
        raise Refusal(f"Die Frist des Checks ist der {end}. Früher kann sie nicht enden.")
    require_future(due_on or check_round.due_on, now)
    for name, value in IN_AGAIN.items():
        setattr(row, name, value)
    row.save_versioned(expected=row.version, fields=IN_AGAIN)
    statements = locked_statements(row.statements.filter(taken_out_on=None))
    if due_on:
        owed = [found for found in statements if found.is_outstanding]
        sooner = [found for found in owed if found.deadline < due_on]
        for found in sooner:
            found.due_on = due_on
        Statement.objects.bulk_update(sooner, ["due_on"])
    send_taken_in(check_round, statements)
    return row


def _held(check: GuidelineCheck, by: User) -> tuple[CheckRound, GuidelineCheck]:
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    check_round = CheckRound.objects.select_for_update().get(pk=check.round_id)
    if check_round.state != RoundState.OPEN:
        raise Refusal(f"Der {check_round} läuft nicht. Die Partnerschaften bleiben, wie sie sind.")
    (row,) = locked_checks([check.pk])
    return check_round, row

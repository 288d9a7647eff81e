"""Ends a round that nobody decides: discarded before, or broken off after it opened."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from guidelines.catalogue.naming import free_slug
from guidelines.rounds.conditions import lock_preparing, locked_checks
from guidelines.rounds.letters import send_break_off
from guidelines.rounds.models import BROKEN_OFF, CheckRound
from guidelines.statements.models import Statement
from guidelines.states.transitions import perform
from ministries.models import User


@transaction.atomic
def discard_round(
    *, check_round: CheckRound, expected_version: int | None = None, by: User
) -> None:
    """Nothing was sent: it goes with its statements; only the history keeps that it was there."""
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    lock_preparing(check_round)
    if expected_version is not None:
        check_round.save_versioned(expected=expected_version, fields=[])
    Statement.objects.filter(guideline_check__round=check_round).delete()
    check_round.checks.all().delete()
    check_round.delete()


@transaction.atomic
def break_off_round(
    *,
    check_round: CheckRound,
    reason: str,
    expected_version: int | None = None,
    by: User,
    now: datetime,
) -> CheckRound:
    """Nothing is owed any more; what was released or decided stays. Every asked house is told."""
    row = CheckRound.objects.select_for_update().get(pk=check_round.pk)
    locked_checks(row.checks.values("pk"))
    known_as = str(row)
    perform(
        row,
        "break_off_round",
        by=by,
        now=now,
        expected_version=expected_version,
        slug=free_slug(CheckRound.objects.all(), f"{row.slug}{BROKEN_OFF}"),
        broken_off_reason=reason,
    )
    send_break_off(row, known_as)
    return row

"""Ends a round that nobody decides: discarded before, or broken off after it opened."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from guidelines.rounds.actions import lock_preparing
from guidelines.rounds.models import CheckRound
from guidelines.statements.models import Statement
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
    CheckRound.objects.filter(pk=check_round.pk).delete()

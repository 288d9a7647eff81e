"""Wiedervorlagen: made, done, moved, and handed on to a colleague."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from ministries.clock import in_a_month
from ministries.models import User
from partnerships.permissions import KEEPERS
from partnerships.records.follow_ups.models import FollowUp
from ui.errors import Refusal

STEPS = {"week": "+ 1 Woche", "month": "+ 1 Monat"}


@transaction.atomic
def create_follow_up(*, follow_up: FollowUp, by: User) -> FollowUp:
    """In a house of one's own, for oneself as well."""
    is_own = follow_up.ministry_id in by.ministry_ids(*KEEPERS)
    if not is_own or not by.has_perm("partnerships.add_follow_up"):
        raise PermissionDenied
    follow_up.full_clean(validate_constraints=True)
    follow_up.save()
    return follow_up


@transaction.atomic
def change_follow_up(
    *, follow_up: FollowUp, fields: Iterable[str], expected_version: int, by: User
) -> FollowUp:
    """By whoever had it until now; `follow_up` may name somebody else already."""
    stored = FollowUp.objects.get(pk=follow_up.pk)
    _require(stored, by)
    if stored.done_at:
        raise Refusal("Diese Wiedervorlage ist erledigt. Öffnen Sie sie wieder, um sie zu ändern.")
    follow_up.full_clean(validate_constraints=True)
    follow_up.save_versioned(expected=expected_version, fields=fields)
    return follow_up


@transaction.atomic
def finish_follow_up(
    *, follow_up: FollowUp, expected_version: int, by: User, now: datetime
) -> None:
    _require(follow_up, by)
    if follow_up.done_at:
        raise Refusal(f"„{follow_up.text}“ ist schon erledigt.")
    follow_up.done_at, follow_up.done_by = now, by
    follow_up.save_versioned(expected=expected_version, fields=["done_at", "done_by"])


@transaction.atomic
def reopen_follow_up(*, follow_up: FollowUp, expected_version: int, by: User) -> None:
    _require(follow_up, by)
    if follow_up.done_at is None:
        raise Refusal(f"„{follow_up.text}“ ist noch offen.")
    follow_up.done_at = follow_up.done_by = None
    follow_up.save_versioned(expected=expected_version, fields=["done_at", "done_by"])


@transaction.atomic
def move_follow_up(
    *, follow_up: FollowUp, step: str, expected_version: int, by: User, today: date
) -> None:
    """On from its day, or from today if that is past."""
    _require(follow_up, by)
    if follow_up.done_at:
        raise Refusal(f"„{follow_up.text}“ ist schon erledigt.")
    start = max(follow_up.due_on, today)
    follow_up.due_on = in_a_month(start) if step == "month" else start + timedelta(weeks=1)
    follow_up.save_versioned(expected=expected_version, fields=["due_on"])


@transaction.atomic
def hand_over_follow_ups(*, to: User, reason: str, by: User) -> int:
    """All that is open and meant for `by`, where the other person works in the same house."""
    if not by.has_perm("partnerships.add_follow_up"):
        raise PermissionDenied
    houses = to.ministry_ids(*KEEPERS)
    own = FollowUp.objects.visible_to(by).open().filter(assigned_to=by, ministry__in=houses)
    keys = list(own.select_for_update(of=("self",)).values_list("pk", flat=True))
    if not keys:
        raise Refusal(f"Sie haben keine offene Wiedervorlage, die {to} übernehmen kann.")
    with pghistory.context(reason=reason):
        FollowUp.objects.filter(pk__in=keys).update(assigned_to=to, version=F("version") + 1)
    return len(keys)


def _require(follow_up: FollowUp, by: User) -> None:
    if not by.has_perm("partnerships.write_follow_up", follow_up):
        raise PermissionDenied

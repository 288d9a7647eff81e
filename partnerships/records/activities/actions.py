"""What an activity goes through, and the parts it is made of."""

from collections.abc import Iterable
from datetime import date

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ministries.models import User
from partnerships.records.activities.models import Activity
from partnerships.records.activities.parts import ActivityOrganisation, ActivityPart
from partnerships.records.activities.states import (
    ACTIVITY_TRANSITIONS,
    ActivityState,
    ActivityTransition,
)
from partnerships.records.shared.actions import refuse_archived
from ui.errors import Conflict, Refusal


def moves_of(activity: Activity) -> list[ActivityTransition]:
    return [move for move in ACTIVITY_TRANSITIONS if move.source == activity.state]


@transaction.atomic
def move_activity(
    *, activity: Activity, target: str, reason: str = "", expected_version: int, by: User
) -> None:
    """Along the table of states; only what is called off needs a reason."""
    _check(activity, by)
    if target not in {move.target for move in moves_of(activity)}:
        raise Refusal(
            f"Die Aktivität ist „{activity.get_state_display()}“. Laden Sie die Seite neu, "
            "um zu sehen, was von dort möglich ist."
        )
    is_cancelled = target == ActivityState.CANCELLED
    if is_cancelled and not reason:
        raise Refusal("Nennen Sie den Grund der Absage.")
    activity.state, activity.cancel_reason = target, reason if is_cancelled else ""
    with pghistory.context(reason=reason):
        activity.save_versioned(expected=expected_version, fields=["state", "cancel_reason"])


@transaction.atomic
def report_activity(
    *, activity: Activity, results: str, expected_version: int, by: User, today: date
) -> None:
    """Durchgeführt, with its results; these may be added or changed later."""
    _check(activity, by)
    if activity.starts_on > today:
        raise Refusal("Die Aktivität hat noch nicht begonnen. Ändern Sie zuerst den Zeitraum.")
    if activity.state == ActivityState.CANCELLED:
        raise Refusal("Die Aktivität ist abgesagt. Planen Sie sie wieder, wenn sie stattfand.")
    activity.state, activity.results = ActivityState.DONE, results
    activity.save_versioned(expected=expected_version, fields=["state", "results"])


@transaction.atomic
def add_part(*, part: ActivityPart, by: User) -> ActivityPart:
    _check(part.activity, by)
    _enter_organisation(part)
    part.full_clean()
    part.save()
    return part


@transaction.atomic
def change_part(
    *, part: ActivityPart, fields: Iterable[str], expected_version: int, by: User
) -> ActivityPart:
    _check(part.activity, by)
    _enter_organisation(part)
    part.full_clean()
    part.save_versioned(expected=expected_version, fields=fields)
    return part


@transaction.atomic
def remove_part(*, part: ActivityPart, expected_version: int, by: User) -> None:
    """Out of the activity; the history keeps it."""
    _check(part.activity, by)
    rows = type(part)._base_manager.filter(pk=part.pk, version=expected_version)
    if not rows.delete()[0]:
        raise Conflict(current=type(part)._base_manager.get(pk=part.pk))


def _enter_organisation(part: ActivityPart) -> None:
    """One that nobody has entered before is entered with its part, as the house's own."""
    if isinstance(part, ActivityOrganisation) and part.organisation.pk is None:
        part.organisation.ministry = part.activity.ministry
        part.organisation.full_clean()
        part.organisation.save()
        part.organisation = part.organisation  # takes over the key


def _check(activity: Activity, by: User) -> None:
    if not by.has_perm("partnerships.write_record", activity):
        raise PermissionDenied
    refuse_archived(activity)

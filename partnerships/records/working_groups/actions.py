"""Sessions of a working group are planned, recorded, corrected and struck by its house."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ministries.models import User
from partnerships.records.commitments.models import Commitment
from partnerships.records.working_groups.models import Meeting, WorkingGroup
from ui.errors import Conflict, Refusal


@transaction.atomic
def add_meeting(*, meeting: Meeting, by: User) -> Meeting:
    _lock(meeting, by)
    meeting.full_clean()
    meeting.save()
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, fields: Iterable[str], expected_version: int, by: User
) -> Meeting:
    _lock(meeting, by)
    meeting.full_clean()
    meeting.save_versioned(expected=expected_version, fields=fields)
    return meeting


@transaction.atomic
def remove_meeting(*, meeting: Meeting, expected_version: int, by: User) -> None:
    """One that does not take place, or was entered by mistake; the history keeps it."""
    _lock(meeting, by)
    if Commitment.objects.filter(meeting=meeting).exists():
        raise Refusal(
            "In dieser Sitzung wurde etwas zugesagt. Ändern Sie zuerst die Fundstelle der Zusagen."
        )
    rows = Meeting.objects.filter(pk=meeting.pk, version=expected_version)
    if not rows.delete()[0]:
        raise Conflict(current=Meeting.objects.get(pk=meeting.pk))


def _lock(meeting: Meeting, by: User) -> None:
    """Two sessions of one group are written one after the other."""
    if not by.has_perm("partnerships.write_record", meeting.working_group):
        raise PermissionDenied
    groups = WorkingGroup.objects.select_for_update(of=["self"])
    if groups.get(pk=meeting.working_group_id).archived_on:
        raise Refusal("Diese Arbeitsgruppe ist archiviert. Holen Sie sie zurück, um sie zu ändern.")

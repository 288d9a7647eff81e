"""A note is written, released, and from then on superseded instead of edited."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ministries.models import User
from partnerships.records.notes.models import Note
from partnerships.records.shared.actions import change_record, create_record
from ui.errors import Refusal


@transaction.atomic
def change_note(
    *,
    note: Note,
    fields: Iterable[str],
    links: Mapping[str, Any],
    expected_version: int,
    by: User,
) -> Note:
    refuse_if_released(note)
    return change_record(
        record=note, fields=fields, links=links, expected_version=expected_version, by=by
    )


def refuse_if_released(note: Note) -> None:
    if Note.objects.filter(pk=note.pk, released_at__isnull=False).exists():
        raise Refusal("Dieser Vermerk ist freigegeben. Ersetzen Sie ihn durch einen neuen.")


@transaction.atomic
def release_note(*, note: Note, expected_version: int, by: User, now: datetime) -> None:
    if not by.has_perm("partnerships.write_record", note):
        raise PermissionDenied
    refuse_if_released(note)
    _refuse_archived(note, "freizugeben")
    note.released_at, note.released_by = now, by
    note.save_versioned(expected=expected_version, fields=["released_at", "released_by"])


@transaction.atomic
def supersede_note(*, former: Note, note: Note, links: Mapping[str, Any], by: User) -> Note:
    """The new note takes the place of the former, which stays readable."""
    if not by.has_perm("partnerships.write_record", former):
        raise PermissionDenied
    if former.released_at is None:
        raise Refusal("Dieser Vermerk ist noch nicht freigegeben. Bearbeiten Sie ihn.")
    if Note.objects.filter(supersedes=former).exists():
        raise Refusal("Dieser Vermerk ist schon ersetzt.")
    _refuse_archived(former, "zu ersetzen")
    note.supersedes = former
    return create_record(record=note, links=links, by=by)


def _refuse_archived(note: Note, act: str) -> None:
    if note.archived_on:
        raise Refusal(f"Dieser Vermerk ist archiviert. Holen Sie ihn zurück, um ihn {act}.")

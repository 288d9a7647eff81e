"""A Sachstand is written in the house, released to all, and confirmed once a year."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ministries.models import User
from partnerships.records.subject_records.models import SubjectRecord
from ui.errors import Refusal

TEXTS = ("situation", "aims", "next_steps", "source")


@transaction.atomic
def release_subject_record(
    *, record: SubjectRecord, expected_version: int, by: User, today: date
) -> None:
    """What the house wrote is what everybody reads from now on; releasing confirms it too."""
    _refuse_others(record, by)
    if not record.situation.strip():
        raise Refusal("Der Sachstand ist leer. Schreiben Sie erst einen Text.")
    if record.released_on and not record.has_draft:
        raise Refusal("Alle lesen schon diesen Text. Ist er noch aktuell, bestätigen Sie ihn.")
    for name in TEXTS:
        setattr(record, f"released_{name}", getattr(record, name))
    record.released_on, record.released_by = today, by
    record.confirmed_on, record.confirmed_by = today, by
    record.save_versioned(
        expected=expected_version,
        fields=[
            *(f"released_{name}" for name in TEXTS),
            *("released_on", "released_by", "confirmed_on", "confirmed_by"),
        ],
    )


@transaction.atomic
def confirm_subject_record(
    *, record: SubjectRecord, expected_version: int, by: User, today: date
) -> None:
    """Noch aktuell."""
    _refuse_others(record, by)
    if record.released_on is None:
        raise Refusal("Bestätigt wird ein freigegebener Sachstand. Geben Sie ihn erst frei.")
    record.confirmed_on, record.confirmed_by = today, by
    record.save_versioned(expected=expected_version, fields=["confirmed_on", "confirmed_by"])


def _refuse_others(record: SubjectRecord, by: User) -> None:
    if not by.has_perm("partnerships.write_record", record):
        raise PermissionDenied
    if record.archived_on:
        raise Refusal("Dieser Sachstand ist archiviert. Holen Sie ihn zurück, um ihn zu ändern.")

"""What every record of a house can go through: written, archived, taken back, handed over."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ministries.models import Ministry, User
from partnerships.records.shared.models import Owned
from ui.errors import Refusal

Record = TypeVar("Record", bound=Owned)


@transaction.atomic
def create_record(
    *, record: Record, links: Mapping[str, Iterable[Any]] | None = None, by: User
) -> Record:
    """Writes a new record of a house the person works in; `links` are its many-to-many fields."""
    if not by.has_perm("partnerships.write_record", record):
        raise PermissionDenied
    check_texts(record)
    record.save()
    for name, rows in (links or {}).items():
        getattr(record, name).add(*rows)
    return record


@transaction.atomic
def change_record(
    *,
    record: Record,
    fields: Iterable[str],
    links: Mapping[str, Iterable[Any]] | None = None,
    expected_version: int,
    by: User,
) -> Record:
    """Writes `fields` as they stand on `record`; Conflict if somebody else was quicker."""
    if not by.has_perm("partnerships.write_record", record):
        raise PermissionDenied
    refuse_archived(record)
    check_texts(record)
    record.save_versioned(expected=expected_version, fields=fields)
    _link(record, links)
    return record


def refuse_archived(record: Owned) -> None:
    if record.archived_on:
        raise Refusal("Dieser Eintrag ist archiviert. Holen Sie ihn zurück, um ihn zu ändern.")


def check_texts(record: Owned) -> None:
    """Lengths, numbers, choices; what the database holds by itself is not asked a second time."""
    record.clean_fields(exclude={f.name for f in record._meta.fields if f.is_relation})


@transaction.atomic
def archive_record(
    *, record: Owned, reason: str, expected_version: int, by: User, today: date
) -> None:
    if not by.has_perm("partnerships.write_record", record):
        raise PermissionDenied
    if record.archived_on:
        raise Refusal("Dieser Eintrag ist schon archiviert.")
    record.archived_on, record.archived_by, record.archive_reason = today, by, reason
    _save_archive(record, expected_version, reason)


@transaction.atomic
def restore_record(*, record: Owned, reason: str, expected_version: int, by: User) -> None:
    if not by.has_perm("partnerships.write_record", record):
        raise PermissionDenied
    if not record.archived_on:
        raise Refusal("Dieser Eintrag ist nicht archiviert.")
    record.archived_on, record.archived_by, record.archive_reason = None, None, ""
    _save_archive(record, expected_version, reason)


def _save_archive(record: Owned, expected_version: int, reason: str) -> None:
    with pghistory.context(reason=reason):
        record.save_versioned(
            expected=expected_version, fields=["archived_on", "archived_by", "archive_reason"]
        )


@transaction.atomic
def offer_record(
    *, record: Owned, to: Ministry, reason: str, expected_version: int, by: User
) -> None:
    """The record stays with its house until the other one confirms."""
    if not by.has_perm("partnerships.write_record", record):
        raise PermissionDenied
    if to.pk == record.ministry_id:
        raise Refusal(f"Der Eintrag gehört schon zu {to}. Wählen Sie ein anderes Ressort.")
    if record.archived_on:
        raise Refusal("Dieser Eintrag ist archiviert. Holen Sie ihn zurück, um ihn abzugeben.")
    record.offered_to, record.offer_reason = to, reason
    with pghistory.context(reason=reason):
        record.save_versioned(expected=expected_version, fields=["offered_to", "offer_reason"])


@transaction.atomic
def withdraw_offer(*, record: Owned, expected_version: int, by: User) -> None:
    """By the house that offered, or as a refusal by the one it was offered to."""
    may = by.has_perm("partnerships.write_record", record)
    if not may and not by.has_perm("partnerships.accept_record", record):
        raise PermissionDenied
    if record.offered_to_id is None:
        raise Refusal("Dieser Eintrag ist keinem Ressort angeboten.")
    record.offered_to, record.offer_reason = None, ""
    record.save_versioned(expected=expected_version, fields=["offered_to", "offer_reason"])


@transaction.atomic
def accept_record(*, record: Owned, expected_version: int, by: User) -> None:
    """Übernahme bestätigen: from now on the record belongs to the house it was offered to."""
    if not by.has_perm("partnerships.accept_record", record):
        raise PermissionDenied
    if record.archived_on:
        raise Refusal("Dieser Eintrag ist archiviert. Das andere Ressort holt ihn erst zurück.")
    with pghistory.context(reason=f"Übernahme bestätigt: {record.offer_reason}"):
        assert record.offered_to is not None  # the permission asks for it
        record.ministry, record.offered_to, record.offer_reason = record.offered_to, None, ""
        record.save_versioned(
            expected=expected_version, fields=["ministry", "offered_to", "offer_reason"]
        )


def _link(record: Owned, links: Mapping[str, Iterable[Any]] | None) -> None:
    for name, rows in (links or {}).items():
        getattr(record, name).set(rows)

"""Rows of the register, written by the coordination outside the admin."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ministries.history.versioned import Versioned
from ministries.models import User
from partnerships.register.partners.partnerships import Participation, Partnership
from partnerships.register.partners.periods import Lead, StatusPeriod

Record = TypeVar("Record", bound=Versioned)
REGISTER = "partnerships.maintain_register"


@transaction.atomic
def create_register_row(*, record: Record, by: User) -> Record:
    if not by.has_perm(REGISTER):
        raise PermissionDenied
    record.save()
    return record


@transaction.atomic
def change_register_row(
    *, record: Record, fields: Iterable[str], expected_version: int, by: User
) -> Record:
    if not by.has_perm(REGISTER):
        raise PermissionDenied
    record.save_versioned(expected=expected_version, fields=fields)
    return record


@transaction.atomic
def create_partnership(
    *, record: Partnership, links: Mapping[str, Any], standing: Mapping[str, Any], by: User
) -> Partnership:
    """`standing`: status, since (a period), reason, lead (a house), lead_since; what is not known is left out.

    Told by a file, so nothing of it counts as confirmed, and no house is asked to take over.
    """
    create_register_row(record=record, by=by)
    origin = {"source": record.source, "as_of": record.as_of}
    _link(record, links, origin)
    told = {"partnership": record, **origin}
    if status := standing.get("status"):
        since = standing["since"]
        StatusPeriod.objects.create(
            status=status,
            valid_from=since.first,
            valid_from_precision=since.precision,
            reason=standing.get("reason", ""),
            **told,
        )
    if house := standing.get("lead"):
        begun = standing.get("lead_since") or standing["since"]
        Lead.objects.create(ministry=house, valid_from=begun.first, **told)
    return record


@transaction.atomic
def extend_partnership(
    *,
    record: Partnership,
    fields: Iterable[str],
    links: Mapping[str, Any],
    origin: Mapping[str, Any],
    expected_version: int,
    by: User,
) -> Partnership:
    """Regions and subject areas are added; to take one off is an act in the admin.

    `origin`: source and as_of of what is added.
    """
    change_register_row(record=record, fields=fields, expected_version=expected_version, by=by)
    _link(record, links, origin)
    return record


def _link(record: Partnership, links: Mapping[str, Any], origin: Mapping[str, Any]) -> None:
    record.regions.add(*links.get("regions", ()))
    for area in links.get("areas", ()):
        Participation.objects.create(partnership=record, subject_area_id=area, **origin)

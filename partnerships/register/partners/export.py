"""All rows of the list for a file: what belongs to a partnership is read once for all, not row by row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, Model, QuerySet, TextField
from django.db.models.expressions import OrderBy
from django.db.models.functions import Cast

from ministries.models import SubjectArea, User
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Participation, PartnershipQuerySet
from partnerships.register.partners.periods import Lead, StatusPeriod
from partnerships.register.partners.regions import Region

Row = TypeVar("Row", bound=Model)


@dataclass(slots=True)
class ExportRow:
    """Has what the columns of the list read, under the names of the annotated partnership."""

    pk: int
    name: str
    kind: str
    source: str
    confirmed_on: date | None
    is_under_scrutiny: bool
    status: str | None
    status_since: date | None
    status_since_precision: str | None
    lead_abbreviation: str | None
    agreement_title: str | None
    agreement_signed_on: date | None
    agreement_precision: str | None
    lapsed_on: date | None
    region_names: list[str]
    country_codes: list[str]
    area_names: list[str]

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_on is not None


def export_rows(found: PartnershipQuerySet, user: User, day: date) -> Iterator[ExportRow]:
    """`found`: the partnerships of the list with their filters and in their order."""
    own = ("pk", "name", "kind", "source", "confirmed_on", "is_under_scrutiny")
    rows = found.with_scrutiny(user, day).values_list(*own)
    parts: list[tuple[dict[int, list[Any]], list[Any]]] = [
        (_by_partnership(_standing(user, day)), [None, None, None]),
        (_by_partnership(_leads(day)), [None]),
        (_by_partnership(_latest_agreements()), [None, None, None]),
        (_by_partnership(_lapsed(day)), [None]),
        (_by_partnership(_places()), [[], []]),
        (_by_partnership(_areas()), [[]]),
    ]
    for values in rows:
        told = list(values)
        for known, nothing in parts:
            told += known.get(values[0], nothing)
        yield ExportRow(*told)


def _by_partnership(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    return {pk: values for pk, *values in rows}


def _first_of_each(rows: QuerySet[Row], *order: str | OrderBy) -> QuerySet[Row]:
    return rows.order_by("partnership_id", *order).distinct("partnership_id")


def _standing(user: User, day: date) -> QuerySet[Any]:
    told = StatusPeriod.objects.told_to(user, day).current(day)
    first = _first_of_each(told, F("valid_from").desc(nulls_last=True))
    return first.values_list("partnership_id", "status", "valid_from", "valid_from_precision")


def _leads(day: date) -> QuerySet[Any]:
    leads = Lead.objects.on(day).order_by()
    return leads.values_list("partnership_id", "ministry__abbreviation")


def _latest_agreements() -> QuerySet[Any]:
    latest = _first_of_each(Agreement.objects.all(), F("signed_on").desc(nulls_last=True), "-pk")
    return latest.values_list("partnership_id", "title", "signed_on", "signed_on_precision")


def _lapsed(day: date) -> QuerySet[Any]:
    lapsed = _first_of_each(Agreement.objects.lapsed(day), "-valid_until")
    return lapsed.values_list("partnership_id", "valid_until")


def _places() -> Iterator[tuple[int, list[str], list[str]]]:
    """Put together here: most have one region, and arrays of one are dearer than rows."""
    links = Region.partnerships.through.objects.order_by("region__sort_key")
    regions: dict[int, tuple[list[str], list[str]]] = {}
    for pk, name, code in links.values_list("partnership_id", "region__name", "region__country"):
        names, codes = regions.setdefault(pk, ([], []))
        names.append(name)
        codes.append(code)
    for pk, (names, codes) in regions.items():
        yield pk, names, codes


def _areas() -> Iterator[tuple[int, list[str]]]:
    """The names are few: they are put in order here, once, and not for every partnership."""
    ordered = SubjectArea.objects.values_list("pk", "name").order_by("sort_order", "name")
    areas = [(str(pk), name) for pk, name in ordered]
    by_partnership = Participation.objects.order_by().values("partnership_id")
    touched = by_partnership.annotate(areas=StringAgg(Cast("subject_area_id", TextField()), " "))
    for pk, found in touched.values_list("partnership_id", "areas"):
        own = set(found.split())
        yield pk, [name for key, name in areas if key in own]

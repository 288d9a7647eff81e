"""All rows of the list for a file: what belongs to a partnership is read once for all, not row by row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F

from ministries.models import SubjectArea, User
from partnerships.models import Agreement, Lead, Participation, Region, StatusPeriod


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


def export_rows(found: Any, user: User, day: date) -> Iterator[ExportRow]:
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


def _first_of_each(rows: Any, *order: Any) -> Any:
    return rows.order_by("partnership_id", *order).distinct("partnership_id")


def _standing(user: User, day: date) -> Any:
    told = StatusPeriod.objects.told_to(user, day).current(day)
    first = _first_of_each(told, F("valid_from").desc(nulls_last=True))
    return first.values_list("partnership_id", "status", "valid_from", "valid_from_precision")


def _leads(day: date) -> Any:
    leads = Lead.objects.on(day).order_by()
    return leads.values_list("partnership_id", "ministry__abbreviation")


def _latest_agreements() -> Any:
    latest = _first_of_each(Agreement.objects.all(), F("signed_on").desc(nulls_last=True), "-pk")
    return latest.values_list("partnership_id", "title", "signed_on", "signed_on_precision")


def _lapsed(day: date) -> Any:
    lapsed = _first_of_each(Agreement.objects.lapsed(day), "-valid_until")
    return lapsed.values_list("partnership_id", "valid_until")


def _places() -> Iterator[tuple[int, list[str], list[str]]]:
    """Most have one region: a sort in the database would be one of all of them."""
    links: Any = Region.partnerships.through.objects.order_by()
    columns = ("partnership_id", "region__sort_key", "region__name", "region__country")
    regions: dict[int, list[tuple[str, str, str]]] = {}
    for pk, *place in links.values_list(*columns):
        regions.setdefault(pk, []).append((place[0], place[1], place[2]))
    for pk, found in regions.items():
        found.sort()
        yield pk, [name for _, name, _ in found], [code for _, _, code in found]


def _areas() -> Iterator[tuple[int, list[str]]]:
    """The names are few: they are put in order here, once, and not for every partnership."""
    areas = list(SubjectArea.objects.values_list("pk", "name").order_by("sort_order"))
    place = {pk: number for number, (pk, _) in enumerate(areas)}
    by_partnership = Participation.objects.order_by().values("partnership_id")
    touched = by_partnership.annotate(areas=ArrayAgg("subject_area_id"))
    for pk, found in touched.values_list("partnership_id", "areas"):
        yield pk, [areas[number][1] for number in sorted(place[area] for area in found)]

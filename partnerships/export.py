"""All rows of the list for a file: what belongs to a partnership is read once for all, not row by row."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, TextField
from django.db.models.functions import Cast

from ministries.models import User
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
    status: str | None = None
    status_since: date | None = None
    status_since_precision: str | None = None
    lead_abbreviation: str | None = None
    agreement_title: str | None = None
    agreement_signed_on: date | None = None
    agreement_precision: str | None = None
    lapsed_on: date | None = None
    region_names: list[str] = field(default_factory=list)
    country_codes: list[str] = field(default_factory=list)
    area_names: list[str] = field(default_factory=list)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_on is not None


def export_rows(found: Any, user: User, day: date) -> Iterator[ExportRow]:
    """`found`: the partnerships of the list with their filters and in their order."""
    own = ("pk", "name", "kind", "source", "confirmed_on", "is_under_scrutiny")
    rows = [ExportRow(*values) for values in found.with_scrutiny(user, day).values_list(*own)]
    parts = (
        (_standing(user, day), ("status", "status_since", "status_since_precision")),
        (_leads(day), ("lead_abbreviation",)),
        (_latest_agreements(), ("agreement_title", "agreement_signed_on", "agreement_precision")),
        (_lapsed(day), ("lapsed_on",)),
        (_places(), ("region_names", "country_codes")),
        (_areas(), ("area_names",)),
    )
    by_pk = {row.pk: row for row in rows}
    for known, names in parts:
        for pk, *values in known:
            if row := by_pk.get(pk):
                for name, value in zip(names, values, strict=True):
                    setattr(row, name, value)
    yield from rows


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


def _places() -> Any:
    links: Any = Region.partnerships.through.objects.values("partnership_id")
    arrays = {
        "names": ArrayAgg("region__name", order_by="region__sort_key"),
        "codes": ArrayAgg(Cast("region__country", TextField()), order_by="region__sort_key"),
    }
    return links.annotate(**arrays).values_list("partnership_id", *arrays)


def _areas() -> Any:
    names = ArrayAgg("subject_area__name", order_by="subject_area__sort_order")
    by_partnership = Participation.objects.order_by().values("partnership_id")
    return by_partnership.annotate(names=names).values_list("partnership_id", "names")

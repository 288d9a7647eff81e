"""What one house keeps in a partnership, as facts beside what it writes about it.

A fact sheet travels with the statement: only what every house may read is on it.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from ministries.models import Ministry
from partnerships.records.activities.facts import activity_facts
from partnerships.records.activities.models import Activity
from partnerships.records.commitments.models import Commitment
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.records.working_groups.models import WorkingGroup
from partnerships.register.partners.facts import Fact, FactGroup, Origin
from partnerships.register.partners.partnerships import Partnership
from ui.dates import german_date


class Told(NamedTuple):
    """A record of any kind, in the columns all of them share for one query."""

    kind: str
    pk: int
    place: int
    label: str
    text: str
    aims: str
    next_steps: str
    first: date | None
    second: date | None
    source: str
    as_of: date | None
    confirmed_on: date | None


def own_facts(partnership: Partnership, house: Ministry, day: date) -> list[FactGroup]:
    """The house's Sachstände, aims, activities, Zusagen and groups; two queries."""
    own = {"partnership": partnership, "ministry": house}
    records, promises, groups = (
        _subject_records(own),
        _commitments(own, partnership),
        _working_groups(own, day),
    )
    rows = [Told(*row) for row in records.union(promises, groups, all=True)]
    rows.sort(key=lambda row: (row.place, row.first or date.max, row.label, row.text, row.pk))
    sachstand, zusage, gruppe = ([r for r in rows if r.kind == kind] for kind in KINDS)
    aims = [row for row in sachstand if row.aims or row.next_steps]
    return [
        _group("Sachstände", house, sachstand, _situation),
        _group("Ziele", house, aims, _aims),
        *activity_facts(partnership, house),
        _group("Offene Zusagen", house, zusage, lambda row: _promise(row, day)),
        _group("Arbeitsgruppen", house, gruppe, lambda row: _working_group(row, day)),
    ]


KINDS = ("sachstand", "zusage", "arbeitsgruppe")
NO_DAY = Cast(Value(None), DateField())
NO_TEXT = Value("", TextField())


def _subject_records(own: dict[str, Any]) -> QuerySet[Any]:
    released = SubjectRecord.objects.in_use().filter(released_on__isnull=False, **own)
    return released.order_by().values_list(
        *_begin("sachstand", F("subject_area__sort_order"), "subject_area__name"),
        Cast("released_situation", TextField()),
        Cast("released_aims", TextField()),
        Cast("released_next_steps", TextField()),
        NO_DAY,
        NO_DAY,
        Cast("released_source", TextField()),
        "as_of",
        "confirmed_on",
    )


def _commitments(own: dict[str, Any], partnership: Partnership) -> QuerySet[Any]:
    """What was promised at an activity that others may not know is left out."""
    known = Activity.objects.open_to_all(besides=partnership)
    rows = Commitment.objects.open().filter(Q(activity__isnull=True) | Q(activity__in=known), **own)
    return rows.order_by().values_list(
        *_begin("zusage", Value(0), "owed_by_side"),
        Cast("title", TextField()),
        NO_TEXT,
        NO_TEXT,
        F("due_on"),
        NO_DAY,
        Cast("source", TextField()),
        "as_of",
        "confirmed_on",
    )


def _working_groups(own: dict[str, Any], day: date) -> QuerySet[Any]:
    rows = WorkingGroup.objects.in_use().filter(**own).with_sessions(day)
    return rows.order_by().values_list(
        *_begin("arbeitsgruppe", Value(0), "name"),
        *(NO_TEXT, NO_TEXT, NO_TEXT),
        F("next_on"),
        F("last_held_on"),
        NO_TEXT,
        NO_DAY,
        NO_DAY,
    )


def _begin(kind: str, place: Combinable, label: str) -> tuple[Any, ...]:
    return (
        Value(kind, CharField()),
        F("pk"),
        Cast(place, IntegerField()),
        Cast(label, TextField()),
    )


def _group(
    title: str, house: Ministry, rows: Iterable[Told], fact: Callable[[Told], Fact]
) -> FactGroup:
    return FactGroup(f"{title} ({house.abbreviation})", [fact(row) for row in rows])


def _situation(row: Told) -> Fact:
    origin = Origin(SubjectRecord, row.pk, row.source, row.as_of, row.confirmed_on)
    return Fact(row.label, row.text, origin)


def _aims(row: Told) -> Fact:
    steps = f"Nächste Schritte: {row.next_steps}" if row.next_steps else ""
    return Fact(row.label, row.aims, detail=steps)


def _promise(row: Told, day: date) -> Fact:
    due = f"fällig am {german_date(row.first)}" if row.first else "ohne Frist"
    late = ", überfällig" if row.first and row.first < day else ""
    origin = Origin(Commitment, row.pk, row.source, row.as_of, row.confirmed_on)
    return Fact(str(Commitment.Side(row.label).label), row.text, origin, detail=due + late)


def _working_group(row: Told, day: date) -> Fact:
    held = f"letzte Sitzung {german_date(row.second)}" if row.second else ""
    word = "fällig" if row.first and row.first < day else "nächste"
    following = f"{word} {german_date(row.first)}" if row.first else ""
    return Fact("Arbeitsgruppe", row.label, detail=", ".join(filter(None, (held, following))))

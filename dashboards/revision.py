"""That something was changed: where, by whom, when. What it said stays with the records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import BigIntegerField, CharField, F, Model, Q, QuerySet, Value
from django.db.models.fields.json import KT, KeyTransform
from django.db.models.functions import Cast

from dashboards.embargo import disclosed
from ministries.accounts.roles import functions_in
from ministries.clock import today
from ministries.history.changes import KINDS, functions_of
from ministries.history.tracking import Event, event_fields, tracked_models
from ministries.models import Role, User

Told = tuple[str, datetime, str, int | None, str | None, list[str] | None, str, int]
PER_PAGE = 50
FURTHEST_PAGE = 200
MOST_EXPORTED = 10_000  # as far as the pages reach


@dataclass(frozen=True)
class Asked:
    """`kind` as in `kinds`, `act` as in `KINDS`, `record` a number, `house` an abbreviation.

    `person` is the key of an account; whatever is empty asks for everything. `own` are the houses
    whose inside the reader may be told, as in `audited_by`.
    """

    kind: str = ""
    act: str = ""
    record: int | None = None
    house: str = ""
    person: int | None = None
    since: date | None = None
    until: date | None = None
    own: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    moment: datetime
    kind: str
    act: str
    record: int | None
    person: str
    roles: str
    # Where its content can be asked for: label of the model and number of the event.
    label: str
    event: int


def kinds() -> dict[str, str]:
    """Label of a model → its German name, of all whose changes are written down."""
    names = {model._meta.label: str(model._meta.verbose_name) for model in tracked_models()}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def entries(asked: Asked, page: int, size: int = PER_PAGE) -> tuple[list[Entry], bool]:
    """The newest first, and whether there are older ones. Two queries."""
    end = page * size + 1
    labels = [asked.kind] if asked.kind else list(kinds())
    first, *others = [_events(apps.get_model(label), asked) for label in labels]
    rows = first[:end].union(*(rows[:end] for rows in others), all=True) if others else first
    found: list[Told] = list(
        rows.order_by("-told_at", "told_kind", "told_record")[end - size - 1 : end]
    )
    people = User.objects.in_bulk({int(row[4]) for row in found if row[4]})
    return list(_entries(found[:size], people)), len(found) > size


def _events(model: type[Model], asked: Asked) -> QuerySet[Any]:
    events = disclosed(model, today(), asked.own).order_by("-pgh_created_at", "-pgh_id")
    names = {field.name for field in event_fields(model)}
    if asked.act:
        events = events.filter(pgh_label=asked.act)
    if asked.record is not None:
        has_number = Q(pgh_obj_id=asked.record) if "pgh_obj" in names else Q(pgh_id__isnull=True)
        events = events.filter(has_number)
    if asked.house:
        events = events.filter(_in_the_name_of(asked.house))
    if asked.person:
        events = events.filter(pgh_context__user=asked.person)
    if asked.since:
        events = events.filter(pgh_created_at__date__gte=asked.since)
    if asked.until:
        events = events.filter(pgh_created_at__date__lt=asked.until + timedelta(days=1))
    record = F("pgh_obj_id") if "pgh_obj" in names else Value(None)
    told = {
        "told_kind": Value(str(model._meta.verbose_name), CharField()),
        "told_at": F("pgh_created_at"),
        "told_act": F("pgh_label"),
        "told_record": Cast(record, BigIntegerField()),
        "told_person": KT("pgh_context__user"),
        "told_roles": KeyTransform("role", "pgh_context"),
        "told_label": Value(model._meta.label, CharField()),
        "told_event": F("pgh_id"),
    }
    return events.annotate(**told).values_list(*told)


def _in_the_name_of(house: str) -> Q:
    held = [Q(pgh_context__role__contains=[function]) for function in functions_in(house)]
    return reduce(or_, held)


def audited_by(user: User) -> dict[int, str]:
    """The houses whose Revision this person is: number → abbreviation."""
    held = [capacity for capacity in user.capacities if capacity.role == Role.AUDITOR]
    return {capacity.ministry_id: capacity.ministry_abbreviation for capacity in held}


def event_of(label: str, number: int, own: Mapping[int, str]) -> Event | None:
    """The event itself; None if there is none of that kind and number that may be listed."""
    if label not in kinds():
        return None
    return disclosed(apps.get_model(label), today(), own).filter(pgh_id=number).first()


def _entries(rows: list[Told], people: dict[int, User]) -> Iterator[Entry]:
    for kind, moment, act, record, person, roles, label, event in rows:
        known = people.get(int(person)) if person else None
        yield Entry(
            moment=moment,
            kind=kind,
            act=KINDS.get(act, act),
            record=record,
            person=known.name if known else "ohne Anmeldung",
            roles=functions_of(roles or []),
            label=label,
            event=event,
        )

"""Changes of a partnership and of everything that hangs on it, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django.db.models import Field, Model

from ministries.history.changes import (
    EMPTY,
    Change,
    FieldChange,
    change_of,
    named,
    people_of,
    shown,
)
from ministries.models import Ministry, User
from partnerships.history.event_rows import EventRow, fields_of, name_rows
from partnerships.records.follow_ups.models import FollowUp
from partnerships.records.shared.kinds import KINDS
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Participation, Partnership
from partnerships.register.partners.periods import Lead, StatusPeriod
from partnerships.register.partners.regions import PartnerAuthority, Region
from ui.dates import partial_date

REGISTER = (Partnership, StatusPeriod, Lead, Participation, Agreement, Region, PartnerAuthority)
# Which of its kind a row is, where a partnership has several; the first that it has.
TOLD_BY = (
    *("title", "name", "subject_area", "function", "text", "organisation", "purpose"),
    *("held_on", "partnership", "ministry", "subjectarea", "user"),
)
Names = dict[type[Model], dict[int, str]]


@cache
def models() -> dict[str, type[Model]]:
    """Everything whose changes are told, by the name its events bear."""
    told: list[type[Model]] = [*REGISTER, FollowUp]
    for kind in KINDS.values():
        told += [kind.model, *kind.parts, *kind.open_parts, *kind.links]
    return {str(model._meta.model_name): model for model in told}


def is_link(model: type[Model]) -> bool:
    return hasattr(model, "told_as")


@dataclass(frozen=True)
class RegisterChange:
    """`title` says which record: 'Vereinbarung „Memorandum“ angelegt'."""

    title: str
    change: Change


@dataclass(frozen=True)
class Act:
    """What one person did in one go."""

    rows: list[RegisterChange]

    @property
    def change(self) -> Change:
        return self.rows[0].change


def acts_of(changes: Iterable[RegisterChange]) -> list[Act]:
    """Changes of the same transaction together: the database gives them the same time."""
    grouped = groupby(changes, key=lambda row: (row.change.at, row.change.actor))
    return [Act(list(rows)) for _, rows in grouped]


def describe(rows: Iterable[dict[str, Any]], viewer: User) -> list[RegisterChange]:
    """The rows of a page in words; the number of queries does not depend on their number."""
    events = [EventRow(**row) for row in rows]
    names = names_in(events, viewer)
    people = people_of(events)
    changes = []
    for event in events:
        model = models()[event.what]
        fields = tuple(_differences(model, event, names))
        change = change_of(model, event, fields, people, viewer)
        if fields or change.reason or event.pgh_label != "update":
            changes.append(RegisterChange(_title(model, event, change, names), change))
    return changes


def _title(model: type[Model], event: EventRow, change: Change, names: Names) -> str:
    about = _about(model, event.record, names)
    which = f" „{about}“" if about else ""
    if hasattr(model, "told_as"):
        verb = "hinzugefügt" if change.is_new else "entfernt"
        return f"{model.told_as}{which} {verb}"
    return f"{model._meta.verbose_name}{which} {change.kind}"


def _differences(model: type[Model], event: EventRow, names: Names) -> Iterable[FieldChange]:
    """Of what is seen for the first time there is no state before."""
    before = event.before or {}
    is_new = event.pgh_label == "insert"
    if event.pgh_label == "delete" or is_link(model):
        return
    for field in told_fields(model, event.record):
        old, new = (words_of(field, record, names) for record in (before, event.record))
        is_empty = new == EMPTY or event.record[field.attname] in (None, "", False)
        if is_empty if is_new else old == new:
            continue
        yield FieldChange(str(field.verbose_name), "" if is_new else old, new)


def told_fields(model: type[Model], record: dict[str, Any]) -> list[Field]:
    """Those of a row in the order of the model; a precision is told with its date."""
    return [
        field
        for field in fields_of(model)
        if field.attname in record and not field.name.endswith("_precision")
    ]


def words_of(field: Field, record: dict[str, Any], names: Names) -> str:
    value: Any = record.get(field.attname)
    if field.related_model:
        return named(field, value, names.get(field.related_model, {}))
    value = None if value is None else field.to_python(value)
    precision = record.get(f"{field.name}_precision")
    if precision and value:
        return partial_date(value, precision)
    return shown(field, value, {})


def _about(model: type[Model], record: dict[str, Any], names: Names) -> str:
    """Which one of its kind, where a partnership has several."""
    if model is StatusPeriod:
        return str(Partnership.Status(record["status"]).label)
    if model is Partnership:
        return ""
    fields = {field.name: field for field in _named_fields(model)}
    owner = getattr(model, "owner", None)
    for name in TOLD_BY:
        if name in fields and getattr(fields[name].remote_field, "model", "") is not owner:
            value = words_of(fields[name], record, names)
            if value != EMPTY:
                return value
    return ""


def _named_fields(model: type[Model]) -> Sequence[Field]:
    return model._meta.concrete_fields if is_link(model) else fields_of(model)


def names_in(events: Iterable[EventRow], viewer: User) -> Names:
    """One query for the names of all records that foreign keys point at."""
    wanted: dict[type[Model], set[int]] = {}
    for event in events:
        for field in _named_fields(models()[event.what]):
            if field.related_model:
                values: set[Any] = {
                    (row or {}).get(field.attname) for row in (event.before, event.record)
                }
                wanted.setdefault(field.related_model, set()).update(values - {None})
    named: list[type[Model]] = [Ministry, *(model for model, keys in wanted.items() if keys)]
    parts = [name_rows(model, wanted.get(model, set()), viewer) for model in dict.fromkeys(named)]
    labels = {model._meta.label: model for model in named}
    names: Names = {model: {} for model in named}
    for label, pk, name in parts[0].union(*parts[1:], all=True):
        names[labels[label]][pk] = name
    return names

"""What was changed on a partnership and on everything that hangs on it, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    F,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    Window,
)
from django.db.models.functions import Cast, JSONObject, Lag

from ministries.changes import Change, FieldChange, change_of, people_of, shown
from ministries.models import Ministry, SubjectArea, User
from partnerships.models import (
    Agreement,
    Lead,
    Participation,
    PartnerAuthority,
    Partnership,
    Region,
    StatusPeriod,
)
from ui.dates import partial_date

# Not worth a line: keys, what the database computes, what every row repeats.
LEFT_OUT = {
    *("id", "slug", "version", "sort_key", "search_text", "partnership"),
    *("confirmed_by", "acknowledged_by"),
}
MODELS = {
    model._meta.model_name: model
    for model in (
        Partnership,
        StatusPeriod,
        Lead,
        Participation,
        Agreement,
        Region,
        PartnerAuthority,
    )
}
# What a foreign key of the register points at, and the column that names it.
NAMED_BY: dict[type[Any], str] = {
    Ministry: "abbreviation",
    SubjectArea: "name",
    Region: "name",
    Agreement: "title",
}
Names = dict[type[Any], dict[int, str]]


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


def events_of(partnership: Partnership, user: User, day: date) -> QuerySet[Any]:
    """One query over all event tables, each row with the one before it of the same record."""
    regions = partnership.regions.values("pk")
    own = Q(partnership=partnership.pk)
    parts = [
        _events(Partnership, _open_partnership_events(partnership, user, day)),
        _events(StatusPeriod, own & _open_status_events(partnership, user, day)),
        *(_events(model, own) for model in (Lead, Participation, Agreement)),
        _events(Region, Q(pgh_obj_id__in=regions)),
        _events(PartnerAuthority, Q(region__in=regions)),
    ]
    everything = parts[0].union(*parts[1:], all=True)
    return everything.order_by("-pgh_created_at", "what", "-pgh_id")


def _events(model: Any, condition: Q) -> QuerySet[Any]:
    record = JSONObject(**{field.attname: F(field.attname) for field in _fields(model)})
    before = Window(Lag(record), partition_by="pgh_obj_id", order_by="pgh_id")
    return (
        model.pgh_event_model.objects.filter(condition)
        .annotate(what=Value(model._meta.model_name, CharField()), record=record, before=before)
        .values("what", "pgh_id", "pgh_created_at", "pgh_label", "pgh_context", "record", "before")
    )


def _fields(model: Any) -> list[Any]:
    tracked = {field.attname for field in model.pgh_event_model._meta.concrete_fields}
    return [
        field
        for field in model._meta.concrete_fields
        if field.attname in tracked and field.name not in LEFT_OUT
    ]


def _open_partnership_events(partnership: Partnership, user: User, day: date) -> Q:
    """The end of a scrutiny that is not to be seen yet leaves no trace."""
    own = Q(pgh_obj_id=partnership.pk)
    if user.sees_proposals:
        return own
    return own & (Q(scrutiny_end_visible_from=None) | Q(scrutiny_end_visible_from__lte=day))


def _open_status_events(partnership: Partnership, user: User, day: date) -> Q:
    """Nor does a decided status: neither itself nor the end it gave to the one before.

    A period that was taken back has no row any more; its events stay for all who saw it.
    """
    if user.sees_proposals:
        return Q()
    events: Any = StatusPeriod.pgh_event_model.objects  # type: ignore[attr-defined]
    seen = StatusPeriod.objects.visible_to(user, day).filter(partnership=partnership)
    hidden = StatusPeriod.objects.filter(partnership=partnership).exclude(pk__in=seen.values("pk"))
    first = events.filter(pgh_obj_id__in=hidden.values("pk")).order_by("pgh_created_at")
    before_it = Q(pgh_created_at__lt=Subquery(first.values("pgh_created_at")[:1]))
    was_open = Q(visible_from=None) | Q(visible_from__lte=day)
    return was_open & ~Q(pgh_obj_id__in=hidden.values("pk")) & (~Q(Exists(hidden)) | before_it)


def describe(rows: Iterable[dict[str, Any]], viewer: User) -> list[RegisterChange]:
    """The rows of a page in words; the number of queries does not depend on their number."""
    events = [SimpleNamespace(**row) for row in rows]
    names = _names(events)
    people = people_of(events)
    changes = []
    for event in events:
        model = MODELS[event.what]
        fields = tuple(_differences(model, event, names))
        change = change_of(model, event, fields, people, viewer)
        if fields or change.reason or event.pgh_label != "update":
            about = _about(model, event.record, names)
            which = f" „{about}“" if about else ""
            title = f"{model._meta.verbose_name}{which} {change.kind}"
            changes.append(RegisterChange(title, change))
    return changes


def _differences(model: Any, event: Any, names: Names) -> Iterable[FieldChange]:
    before = event.before or {}
    is_new = event.pgh_label == "insert"
    if event.pgh_label == "delete":
        return
    for field in _fields(model):
        if field.name.endswith("_precision"):
            continue
        old, new = (_words(field, record, names) for record in (before, event.record))
        if (event.record[field.attname] in (None, "", False)) if is_new else old == new:
            continue
        yield FieldChange(str(field.verbose_name), "" if is_new else old, new)


def _words(field: Any, record: dict[str, Any], names: Names) -> str:
    value: Any = record.get(field.attname)
    if field.is_relation:
        known = names.get(field.remote_field.model, {})
        return known.get(value, "nichts erfasst" if value is None else "nicht einsehbar")
    value = None if value is None else field.to_python(value)
    precision = record.get(f"{field.name}_precision")
    if precision and value:
        return partial_date(value, precision)
    return shown(field, value, {})


def _about(model: Any, record: dict[str, Any], names: Names) -> str:
    """Which one of its kind, where a partnership has several."""
    if model is StatusPeriod:
        return str(Partnership.Status(record["status"]).label)
    for field in _fields(model):
        if field.name in ("title", "name", "ministry", "subject_area"):
            return "" if model is Partnership else _words(field, record, names)
    return ""


def _names(events: list[Any]) -> Names:
    """One query for the names of all records that foreign keys point at."""
    wanted: dict[type[Any], set[int]] = {model: set() for model in NAMED_BY}
    for event in events:
        for field in _fields(MODELS[event.what]):
            if field.is_relation:
                values: set[Any] = {
                    (row or {}).get(field.attname) for row in (event.before, event.record)
                }
                wanted[field.remote_field.model] |= values - {None}
    parts = [_named(model, name, wanted[model]) for model, name in NAMED_BY.items()]
    labels = {model._meta.label: model for model in NAMED_BY}
    names: Names = {model: {} for model in NAMED_BY}
    for label, pk, name in parts[0].union(*parts[1:], all=True):
        names[labels[label]][pk] = name
    return names


def _named(model: Any, name: str, ids: set[int]) -> Any:
    rows = model._base_manager.filter(pk__in=ids or {0}).order_by()
    return rows.values_list(Value(model._meta.label, CharField()), "pk", Cast(name, TextField()))

"""Rows of event tables in one shape, so that one query can read many of them in their order."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    F,
    Field,
    JSONField,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, JSONObject, Lag

from ministries.history.references import visible
from ministries.history.tracking import Context, event_fields, events_of
from ministries.models import Ministry, SubjectArea, User
from partnerships.records.shared.models import Owned

# Not worth a line: keys, what the database computes, what every row repeats, who did it.
LEFT_OUT = {
    *("id", "slug", "version", "sort_key", "search_text", "partnership", "partnership_ptr"),
    *("storage_name", "checksum", "media_type", "activity_ptr"),
    "is_to_be_acknowledged",
}
# Everybody who signs in may know these names.
OPEN_NAMES = (Ministry, SubjectArea)


@dataclass
class EventRow:
    """`record` and `before` by column: what a change made of a record, and what it was."""

    what: str
    pgh_id: int
    pgh_created_at: datetime
    pgh_label: str
    pgh_context: Context | None
    record: dict[str, Any]
    before: dict[str, Any] | None


def fields_of(model: type[Model]) -> list[Field]:
    """Those that are tracked and worth telling."""
    tracked = {field.attname for field in event_fields(model)}
    return [
        field
        for field in model._meta.concrete_fields
        if field.attname in tracked
        and field.name not in LEFT_OUT
        and not field.name.endswith("_by")
    ]


def event_rows(model: type[Model], condition: Q) -> QuerySet[Any]:
    """Each row with the one before it of the same record, among those that fulfil the condition."""
    record = JSONObject(**{field.attname: F(field.attname) for field in fields_of(model)})
    before = Window(Lag(record), partition_by="pgh_obj_id", order_by="pgh_id")
    return _shaped(model, condition, record, before)


def guarded_rows(model: type[Owned], condition: Q, *, inside: Q) -> QuerySet[Any]:
    """For records with texts that stay in the house: `inside` tells which events show them.

    What changes nothing that may be seen is left out, so that it does not even show as a gap.
    """
    every = fields_of(model)
    opened = [field for field in every if field.name not in model.kept_inside]
    whole, part = (
        JSONObject(**{f.attname: F(f.attname) for f in some}) for some in (every, opened)
    )
    record = Case(When(inside, then=whole), default=part) if model.kept_inside else whole
    before = Window(Lag(record), partition_by="pgh_obj_id", order_by="pgh_id")
    rows = _shaped(model, condition, record, before)
    return rows.filter(Q(before__isnull=True) | ~Q(before=F("record")) | Q(pgh_label="delete"))


def link_rows(model: type[Model], condition: Q) -> QuerySet[Any]:
    """Links made and cut; `model` is the proxy of a join table."""
    names = [field.attname for field in event_fields(model)]
    ends = [name for name in names if not name.startswith("pgh_") and name != "id"]
    record = JSONObject(**{name: F(name) for name in ends})
    return _shaped(model, condition, record, Value(None, JSONField()))


def _shaped(
    model: type[Model], condition: Q, record: Combinable, before: Combinable
) -> QuerySet[Any]:
    return (
        events_of(model)
        .filter(condition)
        .annotate(what=Value(model._meta.model_name, CharField()), record=record, before=before)
        .values(*(column.name for column in fields(EventRow)))
    )


def name_rows(model: Any, ids: set[int], viewer: User) -> QuerySet[Any]:
    """(label, key, name) of what a foreign key points at, as far as the viewer may know it."""
    known: QuerySet[Any]
    if model in OPEN_NAMES:
        known = model._base_manager.all()
    else:
        known = User.objects.named_to(viewer) if model is User else visible(model, viewer)
    rows = known.filter(pk__in=ids or {0}).order_by()
    label = Value(model._meta.label, CharField())
    return rows.values_list(label, "pk", Cast(model.named_by, TextField()))

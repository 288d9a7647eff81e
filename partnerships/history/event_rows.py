"""Rows of event tables in one shape, so that one query can read many of them in their order."""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    F,
    JSONField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Concat, JSONObject, Lag

from ministries.models import Ministry, SubjectArea, User
from partnerships.records.activities.models import Activity
from partnerships.records.commitments.models import Commitment
from partnerships.records.contacts.models import Contact
from partnerships.records.documents.models import Document
from partnerships.records.gifts.models import Gift
from partnerships.records.notes.models import Note
from partnerships.records.organisations.models import Organisation
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.records.working_groups.models import Meeting, WorkingGroup
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.regions import PartnerAuthority, Region

# Not worth a line: keys, what the database computes, what every row repeats, who did it.
LEFT_OUT = {
    *("id", "slug", "version", "sort_key", "search_text", "partnership", "partnership_ptr"),
    *("storage_name", "checksum", "media_type", "activity_ptr"),
    "is_to_be_acknowledged",
}
COLUMNS = ("what", "pgh_id", "pgh_created_at", "pgh_label", "pgh_context", "record", "before")
# What a foreign key points at, and the column that names it.
NAMED_BY: dict[type[Any], Any] = {
    Ministry: "abbreviation",
    SubjectArea: "name",
    Region: "name",
    Agreement: "title",
    User: "name",
    Partnership: "name",
    PartnerAuthority: "name",
    Organisation: "name",
    Activity: "title",
    WorkingGroup: "name",
    Meeting: "held_on",
    Commitment: "title",
    Note: "title",
    Document: "title",
    Gift: "title",
    Contact: Concat("name", Value(" "), "function"),
    SubjectRecord: "subject_area__name",
}
# Everybody who signs in may know these names.
OPEN_NAMES = (Ministry, SubjectArea)


def fields_of(model: Any) -> list[Any]:
    """Those that are tracked and worth telling."""
    tracked = {field.attname for field in model.pgh_event_model._meta.concrete_fields}
    return [
        field
        for field in model._meta.concrete_fields
        if field.attname in tracked
        and field.name not in LEFT_OUT
        and not field.name.endswith("_by")
    ]


def event_rows(model: Any, condition: Q) -> QuerySet[Any]:
    """Each row with the one before it of the same record, among those that fulfil the condition."""
    record = JSONObject(**{field.attname: F(field.attname) for field in fields_of(model)})
    before = Window(Lag(record), partition_by="pgh_obj_id", order_by="pgh_id")
    return _shaped(model, condition, record, before)


def guarded_rows(model: Any, condition: Q, *, inside: Q, kept_inside: set[str]) -> QuerySet[Any]:
    """For records with texts that stay in the house: `inside` tells which events show them.

    What changes nothing that may be seen is left out, so that it does not even show as a gap.
    """
    every = fields_of(model)
    opened = [field for field in every if field.name not in kept_inside]
    whole, part = (
        JSONObject(**{f.attname: F(f.attname) for f in some}) for some in (every, opened)
    )
    record: Any = Case(When(inside, then=whole), default=part) if kept_inside else whole
    before = Window(Lag(record), partition_by="pgh_obj_id", order_by="pgh_id")
    rows = _shaped(model, condition, record, before)
    return rows.filter(Q(before__isnull=True) | ~Q(before=F("record")) | Q(pgh_label="delete"))


def link_rows(model: Any, condition: Q) -> QuerySet[Any]:
    """Links made and cut; `model` is the proxy of a join table."""
    fields = model.pgh_event_model._meta.concrete_fields
    ends = [field for field in fields if not field.name.startswith("pgh_") and field.name != "id"]
    record = JSONObject(**{field.attname: F(field.attname) for field in ends})
    return _shaped(model, condition, record, Value(None, JSONField()))


def _shaped(model: Any, condition: Q, record: Any, before: Any) -> QuerySet[Any]:
    return (
        model.pgh_event_model.objects.filter(condition)
        .annotate(what=Value(model._meta.model_name, CharField()), record=record, before=before)
        .values(*COLUMNS)
    )


def name_rows(model: Any, ids: set[int], viewer: User) -> QuerySet[Any]:
    """(label, key, name) of what a foreign key points at, as far as the viewer may know it."""
    if model in OPEN_NAMES:
        known = model._base_manager
    else:
        known = (
            model.objects.named_to(viewer) if model is User else model.objects.visible_to(viewer)
        )
    rows = known.filter(pk__in=ids or {0}).order_by()
    label = Value(model._meta.label, CharField())
    return rows.values_list(label, "pk", Cast(NAMED_BY[model], TextField()))

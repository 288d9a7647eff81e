"""Alle Daten unseres Hauses: a sheet for each kind of record, with every field it has.

What a house keeps is its own, so it can take it along on any day, drafts and internal notes
included. What is confidential goes along for those of its circle.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import (
    Exists,
    Field,
    JSONField,
    ManyToManyField,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)
from django_countries.fields import CountryField

from guidelines.evidence.forms import PREFIX
from guidelines.models import (
    Delegation,
    Evidence,
    ExtensionRequest,
    Query,
    ReviewNote,
    Statement,
    ThirdPartyView,
)
from ministries.history.references import visible
from ministries.models import Appointment, User
from partnerships.models import FollowUp
from partnerships.records.shared.kinds import KINDS
from ui.columns import Column
from ui.exports import Sheet

# What the machine needs and nobody asks for.
MACHINERY = {"search_text", "sort_key", "return_note"}
LONGEST_NAME = 31


def house_of() -> dict[type[Model], str]:
    """What a house keeps, in the order of the sheets, and the path to the house."""
    records: dict[type[Model], str] = {kind.model: "ministry" for kind in KINDS.values()}
    parts = {
        part: f"{kind.owner_in(part)}__ministry"
        for kind in KINDS.values()
        for part in (*kind.parts, *kind.open_parts)
    }
    of_statements = "statement__ministry"
    further = {
        FollowUp: "ministry",
        Statement: "ministry",
        ReviewNote: of_statements,
        Evidence: f"review_note__{of_statements}",
        Query: of_statements,
        ThirdPartyView: of_statements,
        Delegation: of_statements,
        ExtensionRequest: of_statements,
    }
    return records | parts | further


def sheets_of(user: User) -> Iterator[Sheet]:
    for model, house in house_of().items():
        fields = fields_of(model)
        name = str(model._meta.verbose_name_plural)[:LONGEST_NAME]
        yield Sheet(name, [_column(field) for field in fields], rows_of(model, house, user, fields))


def fields_of(model: type[Model]) -> list[Field]:
    own = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [field for field in own if field.name not in MACHINERY]


def rows_of(model: type[Model], house: str, user: User, fields: list[Field]) -> QuerySet[Any]:
    named = [field.name for field in fields if field.is_relation and not field.many_to_many]
    linked = [Prefetch(field.name, _known(field, user)) for field in fields if field.many_to_many]
    told = {_told(name): _is_known(model, name, user) for name in named}
    words = [
        f"{name}__{path}"
        for name in named
        for path in getattr(model._meta.get_field(name).related_model, "told_with", ())
    ]
    seen = visible(model, user).filter(**{f"{house}__in": user.ministry_ids()})
    related = seen.order_by("pk").select_related(*named, *words).prefetch_related(*linked)
    return related.annotate(**told)


def _told(name: str) -> str:
    return f"is_{name}_told"


def _is_known(model: type[Model], name: str, user: User) -> Exists:
    return Exists(_known(model._meta.get_field(name), user).filter(pk=OuterRef(name)))


def _known(field: Any, user: User) -> QuerySet[Any]:
    """What a field may name to this person; of people also those who left the house."""
    seen = visible(field.related_model, user)
    if field.related_model is not User:
        return seen
    colleagues = Appointment.objects.filter(ministry__in=user.ministry_ids())
    return User.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=colleagues.values("user")))


def _column(field: Field) -> Column:
    label = "Nr." if field.primary_key else str(field.verbose_name)
    return Column(field.name, label[:1].upper() + label[1:], partial(_value, field))


def _value(field: Field, record: Model) -> Any:
    if isinstance(field, ManyToManyField):
        return ", ".join(str(linked) for linked in getattr(record, field.name).all())
    if field.is_relation and not getattr(record, _told(field.name)):
        return None
    value = getattr(record, field.name)
    if isinstance(field, CountryField):
        return ", ".join(country.name for country in (value if field.multiple else [value]))
    if isinstance(field, JSONField) and isinstance(value, dict):
        return "\n".join(text for name, text in value.items() if text and _is_told(name))
    if isinstance(field, JSONField):
        return "\n".join(_facts_in_words(value or []))
    if field.choices:
        return getattr(record, f"get_{field.name}_display")()
    return value if value is None or not field.is_relation else str(value)


def _is_told(name: str) -> bool:
    """Keys of records are no words, and not everybody may know of each."""
    return not name.startswith(PREFIX)


def _facts_in_words(groups: list[dict[str, Any]]) -> Iterator[str]:
    """A fact sheet as it stood beside the statement, a line for each fact."""
    for group in groups:
        for row in group["rows"]:
            words = "; ".join(filter(None, (row["value"] or "nichts erfasst", row.get("detail"))))
            mark = " (unbestätigt)" if row.get("unconfirmed") and row["value"] else ""
            yield f"{group['title']}, {row['label']}: {words}{mark}"

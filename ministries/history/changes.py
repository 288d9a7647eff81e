"""What was changed on a record, by whom and when, read from its event table."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.forms import BaseModelForm
from django.utils import timezone

from ministries.accounts.roles import DEPUTY, Role
from ministries.accounts.users import User
from ministries.history.references import visible
from ministries.history.tracking import Context, Event, LinkChange, events_of

KINDS = {"insert": "angelegt", "update": "geändert", "delete": "gelöscht"}
TECHNICAL = {"id", "version", "sort_key", "search_text"}
EMPTY = "nichts erfasst"
NOBODY = "Brücke (ohne Anmeldung)"
ON_SERVER = "Technik auf dem Server"
BY_COMMAND = {
    "load_register": "Laden des Registers",
    "reset_second_factor": ON_SERVER,
    "create_coordinator": ON_SERVER,
    "create_administrator": ON_SERVER,
    "erase_person": ON_SERVER,
    "clean_texts": ON_SERVER,
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """`at` is a clock time for the owning house and the auditor, a day for all others."""

    at: datetime
    shows_time: bool
    kind: str
    actor: str
    reason: str
    fields: tuple[FieldChange, ...]
    is_new: bool


def changes_of(
    obj: models.Model, *, viewer: User, since_version: int | None = None, limit: int = 100
) -> list[Change]:
    """The newest changes first; with `since_version` only those made after it.

    The number of queries depends on the number of foreign keys, not of changes.
    """
    model = type(obj)
    events = events_of(model).filter(pgh_obj_id=obj.pk).order_by("-pgh_id")
    if since_version is not None:
        events = events.filter(version__gte=since_version)
    rows: list[Event] = list(events[: limit + 1])
    fields = _told_fields(model, rows)
    names = _related_names(fields, rows, viewer)
    people = people_of(rows)
    changes = []
    for row, previous in zip(rows, [*rows[1:], None], strict=False):
        if previous is None and row.pgh_label != "insert":
            break  # nothing to compare with: the limit, or the version the viewer has seen
        changed = tuple(_differences(fields, previous, row, names))
        change = change_of(model, row, changed, people, viewer)
        if row.pgh_label != "update" or change.fields or change.reason:
            changes.append(change)
    return changes[:limit]


def change_in(event: Any, *, viewer: User) -> Change:
    """One event alone, compared with the one before it of the same record."""
    model: type[models.Model] = event.pgh_tracked_model
    rows: list[Event] = [event]
    if hasattr(event, "pgh_obj_id"):
        earlier = events_of(model).filter(pgh_obj_id=event.pgh_obj_id, pgh_id__lt=event.pgh_id)
        rows += earlier.order_by("-pgh_id")[:1]
    fields = _told_fields(model, rows)
    names = _related_names(fields, rows, viewer)
    previous = rows[1] if len(rows) > 1 else None
    changed = tuple(_differences(fields, previous, event, names))
    return change_of(model, event, changed, people_of([event]), viewer)


def _told_fields(model: type[models.Model], rows: Sequence[Event]) -> list[models.Field]:
    return [f for f in model._meta.concrete_fields if f.name not in TECHNICAL and in_event(rows, f)]


def in_event(rows: Sequence[Event], field: models.Field) -> bool:
    return bool(rows) and hasattr(rows[0], field.attname)


def _differences(
    fields: Iterable[models.Field],
    before: Event | None,
    after: Event,
    names: dict[str, dict[int, str]],
) -> Iterable[FieldChange]:
    for field in fields:
        old = getattr(before, field.attname) if before is not None else None
        new = getattr(after, field.attname)
        if (old or "") == (new or "") or (before is None and new in (None, "")):
            continue
        label = str(field.verbose_name)
        change = FieldChange(label, shown(field, old, names), shown(field, new, names))
        if change.before != change.after or not field.is_relation:
            yield change


def shown(field: models.Field, value: object, names: dict[str, dict[int, str]]) -> str:
    if value is None or value == "":
        return EMPTY
    if field.is_relation:
        return named(field, value, names[field.name])
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d.%m.%Y}"  # the clock is not for everybody
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value)


def named(field: models.Field, value: object, known: Mapping[Any, str]) -> str:
    """A record that may not be seen is told like none; that somebody acted is no secret."""
    is_hidden_person = value is not None and field.related_model is User
    return known.get(value, "nicht einsehbar" if is_hidden_person else EMPTY)


def _related_names(
    fields: Iterable[models.Field], rows: Iterable[Event], viewer: User
) -> dict[str, dict[int, str]]:
    names = {}
    for field in fields:
        if not field.related_model:
            continue
        ids = {value for row in rows if (value := getattr(row, field.attname)) is not None}
        model = field.related_model
        seen = User.objects.named_to(viewer) if model is User else visible(model, viewer)
        names[field.name] = {obj.pk: str(obj) for obj in seen.filter(pk__in=ids)} if ids else {}
    return names


def people_of(rows: Iterable[Event]) -> dict[int, User]:
    ids = {user for row in rows if (user := (row.pgh_context or {}).get("user"))}
    return User.objects.in_bulk(ids) if ids else {}


def change_of(
    model: type[models.Model],
    row: Event,
    fields: tuple[FieldChange, ...],
    people: dict[int, User],
    viewer: User,
) -> Change:
    """One event in words; what it says of links to other records stands with the reason."""
    context: Context = row.pgh_context or {}
    roles = context.get("role", [])
    houses = {text.rpartition(" ")[2] for text in roles}
    own = {capacity.ministry_abbreviation for capacity in viewer.capacities}
    is_named = viewer.is_auditor or bool(houses & own)
    person = people.get(context.get("user", 0))
    if person is None:
        actor = BY_COMMAND.get(context.get("command", ""), NOBODY)
    else:
        actor = functions_of(roles) or person.unit or "ohne Funktion"
        actor = f"{person.name} ({actor})" if is_named else actor
    return Change(
        at=timezone.localtime(row.pgh_created_at),
        shows_time=is_named or person is None,
        kind=KINDS.get(row.pgh_label, row.pgh_label),
        actor=actor,
        reason="; ".join(_reasons(context, model._meta.label_lower, is_named)),
        fields=fields,
        is_new=row.pgh_label == "insert",
    )


def _reasons(context: Context, label: str, is_named: bool) -> Iterator[str]:
    if context.get("reason"):
        yield context["reason"]
    for link in context.get("links", {}).get(label, []):
        is_open = is_named or not link["is_personal"]
        yield f"{link['label']}: {link['words']}" if is_open else f"{link['label']} geändert"


def link_context(form: BaseModelForm) -> Context:
    """For `pghistory.context`: which links a model form changes, as event tables hold columns only."""
    links: list[LinkChange] = []
    for name in form.changed_data:
        field = form._meta.model._meta.get_field(name)
        if not isinstance(field, models.ManyToManyField):
            continue
        before, after = (
            set(map(str, rows)) for rows in (form.initial.get(name) or (), form.cleaned_data[name])
        )
        words = [f"+ {text}" for text in sorted(after - before)]
        words += [f"− {text}" for text in sorted(before - after)]
        is_personal = field.remote_field.model is User
        links.append(
            {
                "label": str(field.verbose_name),
                "words": ", ".join(words),
                "is_personal": is_personal,
            }
        )
    return {"links": {form._meta.model._meta.label_lower: links}} if links else {}


def functions_of(roles: Iterable[str]) -> str:
    """ "Bearbeitung (Ressort), SMWK; Leitung, SK" from the codes kept in the event."""
    by_house: dict[str, list[str]] = defaultdict(list)
    for role, _, house in (text.rpartition(" ") for text in roles):
        held = role.removesuffix(DEPUTY)
        words = str(Role(held).label) if held in Role.values else held
        by_house[house].append(f"{words} (i. V.)" if held != role else words)
    return "; ".join(f"{', '.join(roles)}, {house}" for house, roles in by_house.items())

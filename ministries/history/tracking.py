"""Every change leaves a row in an event table, written by the database itself."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypedDict, TypeVar

import pghistory
from django.apps import apps
from django.db.models import Field, Model, QuerySet

Tracked = TypeVar("Tracked", bound=type[Model])


class LinkChange(TypedDict):
    label: str
    words: str
    is_personal: bool


class Context(TypedDict, total=False):
    """Who changed something, as what, and why; `links` by the label of the record's model."""

    user: int
    role: list[str]
    command: str
    reason: str
    links: dict[str, list[LinkChange]]


class Event(Protocol):
    """A row of an event table; beside this it holds the columns of the record."""

    pgh_id: int
    pgh_created_at: datetime
    pgh_label: str
    pgh_context: Context | None


def track(*, exclude: list[str] | None = None) -> Callable[[Tracked], Tracked]:
    """Class decorator: insert, update and delete of the model are recorded field by field.

    Personal fields of people outside the house belong into `exclude`.
    """
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=exclude,
    )


def track_links() -> Callable[[Tracked], Tracked]:
    """For a proxy of the join table of a many-to-many field: links made and cut are recorded."""
    return pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)


def tracked_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if hasattr(model, "pgh_event_model")]


def events_of(model: type[Model]) -> QuerySet[Any]:
    """The event table of a tracked model."""
    return model.pgh_event_model.objects.all()  # type: ignore[attr-defined]


def event_fields(model: type[Model]) -> Sequence[Field]:
    """The columns of its event table."""
    return model.pgh_event_model._meta.concrete_fields  # type: ignore[attr-defined]

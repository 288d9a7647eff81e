"""What is offered to a house waits on its desk until somebody takes over or declines."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse

from ministries.models import User
from ministries.registry import DeskItem
from partnerships.models import Activity
from partnerships.permissions import WRITERS
from partnerships.record_kinds import RECORDS

# Where a record of that kind says what it is about.
NAMED_BY: Mapping[str, str] = {
    "sachstand": "subject_area__name",
    "aktivitaet": "title",
    "zusage": "title",
    "vermerk": "title",
    "dokument": "title",
    "arbeitsgruppe": "name",
    "gastgeschenk": "title",
}


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    houses = user.ministry_ids(*WRITERS)
    if not houses:
        return []
    return [
        model.objects.visible_to(user).in_use().filter(offered_to__in=houses)  # type: ignore[attr-defined]
        for model in RECORDS.values()
    ]


def desk_items(user: User, today: date) -> list[DeskItem]:
    """One query for all kinds."""
    parts = [
        _words(kind, rows) for kind, rows in zip(RECORDS, desk_rows(user, today), strict=False)
    ]
    if not parts:
        return []
    return [_item(*row) for row in sorted(parts[0].union(*parts[1:], all=True))]


def _words(kind: str, rows: QuerySet[Any]) -> Any:
    name = NAMED_BY.get(kind)
    words = F(name) if name else Concat("name", Value(" "), "function")
    partnership: Any = Value("") if rows.model is Activity else F("partnership__name")
    return rows.order_by().values_list(
        Value(kind, CharField()),
        "pk",
        Cast(words, TextField()),
        Cast(Coalesce(partnership, Value("")), TextField()),
        Cast("ministry__abbreviation", TextField()),
    )


def _item(kind: str, pk: int, words: str, partnership: str, house: str) -> DeskItem:
    noun = str(RECORDS[kind]._meta.verbose_name)
    return DeskItem(
        verb="Übernahme bestätigen",
        object_label=f"{noun}: {words}",
        partnership_name=partnership,
        due_on=None,
        asked_by=house,
        url=reverse("partnerships:record-accept", args=[kind, pk]),
    )

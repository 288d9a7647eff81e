"""What is given to a house waits on its desk: offered records, and the Federführung."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse

from ministries.models import User
from ministries.registry import DeskItem
from partnerships.models import Activity, Lead
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
    return [*offered(user, houses), given_leads(user, houses, today)]


def offered(user: User, houses: set[int]) -> list[QuerySet[Any]]:
    return [
        model.objects.visible_to(user).in_use().filter(offered_to__in=houses)  # type: ignore[attr-defined]
        for model in RECORDS.values()
    ]


def given_leads(user: User, houses: set[int], today: date) -> QuerySet[Any]:
    return Lead.objects.visible_to(user).unacknowledged(today).filter(ministry__in=houses)


def desk_items(user: User, today: date) -> list[DeskItem]:
    """One query for all kinds of records, one for the leads."""
    houses = user.ministry_ids(*WRITERS)
    if not houses:
        return []
    rows = zip(RECORDS, offered(user, houses), strict=True)
    parts = [_words(kind, found) for kind, found in rows]
    leads = given_leads(user, houses, today).select_related("partnership")
    return [
        *map(_lead, leads),
        *(_item(*row) for row in sorted(parts[0].union(*parts[1:], all=True))),
    ]


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


def _lead(lead: Lead) -> DeskItem:
    slug = lead.partnership.slug
    return DeskItem(
        verb="Übernahme bestätigen",
        object_label=f"Federführung: {lead.reason}" if lead.reason else "Federführung",
        partnership_name=lead.partnership.name,
        due_on=None,
        asked_by="SK",
        url=reverse("partnerships:lead-acknowledge", args=[slug]),
    )

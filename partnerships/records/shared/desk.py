"""What is given to a house waits on its desk: offered records, and the Federführung."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse

from ministries.models import User
from partnerships.permissions import WRITERS
from partnerships.records.activities.models import Activity
from partnerships.records.shared.kinds import RECORDS
from partnerships.register.partners.periods import Lead
from ui.offers import DeskItem

LEAD = "federfuehrung"
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
    """One query for all of them: the desk has many sources."""
    houses = user.ministry_ids(*WRITERS)
    if not houses:
        return []
    rows = zip(RECORDS, offered(user, houses), strict=True)
    parts = [_words(kind, found, _name(kind), "ministry__abbreviation") for kind, found in rows]
    leads = given_leads(user, houses, today)
    everything = _words(LEAD, leads, F("reason"), None).union(*parts, all=True)
    return [_item(*row) for row in sorted(everything)]


def _name(kind: str) -> Any:
    return F(NAMED_BY[kind]) if kind in NAMED_BY else Concat("name", Value(" "), "function")


def _words(kind: str, rows: QuerySet[Any], words: Any, house: str | None) -> Any:
    """Kind, key, what it is about, partnership (name, short name), who gives it."""
    names = ("partnership__name", "partnership__slug")
    about = [Value("")] * 2 if rows.model is Activity else [Coalesce(n, Value("")) for n in names]
    return rows.order_by().values_list(
        Value(kind, CharField()),
        "pk",
        Cast(words, TextField()),
        *(Cast(one, TextField()) for one in about),
        Cast(house or Value("SK"), TextField()),
    )


def _item(kind: str, pk: int, words: str, partnership: str, slug: str, house: str) -> DeskItem:
    if kind == LEAD:
        noun, url = "Federführung", reverse("partnerships:lead-acknowledge", args=[slug])
    else:
        noun = str(RECORDS[kind]._meta.verbose_name)
        url = reverse("partnerships:record-accept", args=[kind, pk])
    return DeskItem(
        verb="Übernahme bestätigen",
        object_label=f"{noun}: {words}" if words else noun,
        partnership_name=partnership,
        due_on=None,
        asked_by=house,
        url=url,
    )

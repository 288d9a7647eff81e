"""What is given to a house waits on its desk: offered records, and the Federführung."""

from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from ministries.models import User
from partnerships.permissions import WRITERS
from partnerships.records.shared.kinds import KINDS
from partnerships.register.partners.periods import Lead
from ui.offers import DeskItem

LEAD = "federfuehrung"


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    houses = user.ministry_ids(*WRITERS)
    if not houses:
        return []
    return [*offered(user, houses), given_leads(user, houses, today)]


def offered(user: User, houses: set[int]) -> list[QuerySet[Any]]:
    return [
        kind.model.every().visible_to(user).in_use().filter(offered_to__in=houses)
        for kind in KINDS.values()
    ]


def given_leads(user: User, houses: set[int], today: date) -> QuerySet[Any]:
    return Lead.objects.visible_to(user).unacknowledged(today).filter(ministry__in=houses)


def desk_items(user: User, today: date) -> list[DeskItem]:
    """One query for all of them: the desk has many sources."""
    houses = user.ministry_ids(*WRITERS)
    if not houses:
        return []
    leads = _words(LEAD, given_leads(user, houses, today), "reason", "partnership", None)
    parts = [
        _words(kind.slug, rows, kind.model.named_by, kind.about, "ministry__abbreviation")
        for kind, rows in zip(KINDS.values(), offered(user, houses), strict=True)
    ]
    everything = leads.union(*parts, all=True)
    return [_item(*row) for row in sorted(everything)]


def _words(slug: str, rows: QuerySet[Any], words: Any, about: str, house: str | None) -> Any:
    """Kind, key, what it is about, partnership (name, short name), who gives it."""
    names = ("partnership__name", "partnership__slug")
    one = [Coalesce(name, Value("")) for name in names]
    partner = one if about == "partnership" else [Value("")] * 2
    return rows.order_by().values_list(
        Value(slug, CharField()),
        "pk",
        Cast(words, TextField()),
        *(Cast(word, TextField()) for word in partner),
        Cast(house or Value("SK"), TextField()),
    )


def _item(kind: str, pk: int, words: str, partnership: str, slug: str, house: str) -> DeskItem:
    if kind == LEAD:
        noun, url = "Federführung", reverse("partnerships:lead-acknowledge", args=[slug])
    else:
        noun = str(KINDS[kind].model._meta.verbose_name)
        url = reverse("partnerships:record-accept", args=[kind, pk])
    return DeskItem(
        verb="Übernahme bestätigen",
        object_label=f"{noun}: {words}" if words else noun,
        partnership_name=partnership,
        due_on=None,
        asked_by=house,
        url=url,
    )

"""Kinds that are found by their name, in one query for all of them."""

from typing import Any, NamedTuple

from django.db.models import CharField, Count, F, QuerySet, Value, Window
from django.db.models.functions import RowNumber

from ministries.accounts.users import User
from partnerships.records.shared.kinds import KINDS, Kind
from ui.offers import SearchGroup, SearchRow
from ui.search import SHOWN, list_address


class Found(NamedTuple):
    """One record; `rank` is its place among the `hits` of its kind."""

    heading: str
    pk: int
    label: str
    place: str
    rank: int
    hits: int


def search_by_name(user: User, text: str) -> list[SearchGroup]:
    kinds = sorted((k for k in KINDS.values() if k.found_as), key=lambda kind: kind.tab.position)
    first, *others = (_named(kind, user, text) for kind in kinds)
    found = [Found(*row) for row in first.union(*others, all=True)]
    groups = []
    for kind in kinds:
        model: Any = kind.model
        heading, url_name = kind.found_as or ("", "")
        rows = [row for row in found if row.heading == heading]
        told = [
            SearchRow(row.label, model(pk=row.pk).get_absolute_url(), row.place)
            for row in sorted(rows, key=lambda row: row.rank)
        ]
        total = rows[0].hits if rows else 0
        address = list_address(url_name, text) if url_name else ""
        groups.append(SearchGroup(heading, total, told, address))
    return groups


def _named(kind: Kind, user: User, text: str) -> QuerySet[Any]:
    """In the order of the model, with their rank in it and the number of all."""
    seen: Any = kind.model.every().visible_to(user).in_use()
    told = seen.matching(text).annotate(
        heading=Value(kind.found_as[0] if kind.found_as else "", CharField()),
        label=F(str(kind.model.named_by)),
        place=F("partnership__name"),
        rank=Window(RowNumber(), order_by=seen.model._meta.ordering),
        hits=Window(Count("*")),
    )
    first: QuerySet[Any] = told.values_list(*Found._fields).order_by("rank")[:SHOWN]
    return first

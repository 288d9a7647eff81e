"""What the sources of the search share: the first hits and their number in one query."""

from typing import Protocol, TypeVar
from urllib.parse import urlencode

from django.db.models import Count, Model, QuerySet, Window
from django.urls import reverse

SHOWN = 8
Row = TypeVar("Row", bound=Model, covariant=True)


def best_of(found: QuerySet[Row]) -> tuple[list[Row], int]:
    """The first rows and the number of all, in one query."""
    rows = list(found.annotate(hits=Window(Count("*")))[:SHOWN])
    return rows, rows[0].hits if rows else 0  # type: ignore[attr-defined]  # annotated


class Searched(Protocol[Row]):
    def matching(self, text: str) -> QuerySet[Row]: ...
    def resembling(self, text: str) -> QuerySet[Row]: ...


def best_or_alike(seen: Searched[Row], text: str) -> tuple[list[Row], int]:
    """What contains the text; only if there is nothing, what resembles it."""
    rows, total = best_of(seen.matching(text))
    return (rows, total) if rows else best_of(seen.resembling(text))


def list_address(url_name: str, text: str) -> str:
    return f"{reverse(url_name)}?{urlencode({'q': text})}"

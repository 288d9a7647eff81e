"""The main navigation as data: config lists the entries, this module picks what one person sees."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

LARGEST_COUNT = 99


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One link as the templates show it; `children` form the second row of the active item."""

    label: str
    url: str
    active: bool = False
    count: int | None = None
    children: tuple["NavigationItem", ...] = ()

    @property
    def count_words(self) -> str:
        """Empty where nothing waits; a large number is only told to be large."""
        if not self.count:
            return ""
        return str(self.count) if self.count <= LARGEST_COUNT else f"{LARGEST_COUNT}+"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is signed in, in words: shown in the header of every page."""

    name: str
    function: str
    house: str
    on_behalf_of: str = ""


def everyone(user: Any) -> bool:
    return True


def no_count(request: HttpRequest) -> int | None:
    return None


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the navigation before anybody looks at it.

    `prefixes` are the paths that make the entry the active one; its own path always does.
    """

    label: str
    url_name: str
    predicate: Callable[[Any], bool] = everyone
    prefixes: tuple[str, ...] = ()
    count: Callable[[HttpRequest], int | None] = no_count
    children: tuple["Entry", ...] = field(default=())


def navigation_for(request: HttpRequest, entries: Iterable[Entry]) -> list[NavigationItem]:
    """Return the entries this person may use; at most one of a level is active."""
    user = getattr(request, "user", None)
    reachable = [(entry, _path(entry)) for entry in entries if entry.predicate(user)]
    known = [(entry, path) for entry, path in reachable if path]
    chosen = _active(request.path, known)
    return [
        NavigationItem(
            label=entry.label,
            url=path,
            active=entry is chosen,
            count=entry.count(request),
            children=tuple(navigation_for(request, entry.children)) if entry is chosen else (),
        )
        for entry, path in known
    ]


def _path(entry: Entry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _active(path: str, known: list[tuple[Entry, str]]) -> Entry | None:
    """The entry with the longest prefix of the path wins."""
    best: Entry | None = None
    longest = 0
    for entry, own_path in known:
        for prefix in (own_path, *entry.prefixes):
            matches = path == prefix if prefix == "/" else path.startswith(prefix)
            if matches and len(prefix) > longest:
                best, longest = entry, len(prefix)
    return best

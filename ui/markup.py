"""The smallest pieces of a page. A list shows hundreds: as templates they cost more than all the rest.

They follow from their arguments alone, so those that come again and again are kept.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ui import dates
from ui.badges import PLAIN, Badge

NOTHING = "nichts erfasst"
KEPT = 2_000


@lru_cache(maxsize=KEPT)
def icon(name: str) -> SafeString:
    return format_html('<span class="icon icon--{}" aria-hidden="true"></span>', name)


@lru_cache(maxsize=KEPT)
def badge(word: str, tone: str = "plain", icon: str = "") -> SafeString:
    look = PLAIN.get(tone, PLAIN["plain"])
    return badges([Badge(word, icon or look.icon, look.tone)])


def badges(shown: Iterable[Badge]) -> SafeString:
    return format_html_join(
        " ",
        '<span class="badge badge--{} icon--{}">{}</span>',
        ((badge.tone, badge.icon, badge.word) for badge in shown),
    )


def german_date(day: date | None, working_days: int | None = None) -> SafeString:
    distance = "" if working_days is None else dates.distance(working_days)
    return moment(day.isoformat()[:10] if day else "", dates.german_date(day), distance)


def moment(iso: str, words: str, distance: str = "") -> SafeString:
    if not iso:
        return nothing(NOTHING)
    time = format_html('<time datetime="{}">{}</time>', iso, words)
    return (
        format_html('{} <span class="distance">({})</span>', time, distance) if distance else time
    )


@lru_cache(maxsize=KEPT)
def partial_date(day: date | None, precision: str = "day") -> SafeString:
    length = {"year": 4, "month": 7}.get(precision, 10)
    iso = day.isoformat()[:length] if day else ""
    return moment(iso, dates.partial_date(day, precision))


@lru_cache(maxsize=KEPT)
def nothing(words: str) -> SafeString:
    """That something is not recorded, in words: never an empty cell."""
    return format_html('<span class="nothing">{}</span>', words)


def link(url: str, words: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, words)


def row_link(url: str, words: Any) -> SafeString:
    """Where a whole row leads."""
    return format_html('<a class="row-link" href="{}">{}</a>', url, words)


def line(words: Any, url: str = "") -> SafeString:
    """One of several in a cell."""
    if url:
        return format_html('<a class="line" href="{}">{}</a>', url, words)
    return format_html('<span class="line">{}</span>', words)


def lines(shown: Iterable[SafeString], missing: str = NOTHING) -> SafeString:
    return format_html_join("\n", "{}", ((one,) for one in shown)) or nothing(missing)


def noted(words: Any, *notes: Any) -> SafeString:
    """With what is said besides, in small; an empty note falls away."""
    told = format_html_join("", '\n<span class="note">{}</span>', ((one,) for one in notes if one))
    return format_html("{}{}", words or nothing(NOTHING), told)


def house(row: Any) -> SafeString:
    """The house a row belongs to."""
    return abbreviation(row.ministry.abbreviation, row.ministry.name)


@lru_cache(maxsize=KEPT)
def abbreviation(short: str, full: str) -> SafeString:
    if not short:
        return nothing("nicht erfasst")
    if not full or full == short:
        return format_html("<abbr>{}</abbr>", short)
    return format_html('<abbr title="{}">{}</abbr>', full, short)

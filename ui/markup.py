"""The smallest pieces of a page. A list shows hundreds: as templates they cost more than all the rest."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ui.badges import Badge

NOTHING = "nichts erfasst"


def icon(name: str) -> SafeString:
    return format_html('<span class="icon icon--{}" aria-hidden="true"></span>', name)


def badges(shown: Iterable[Badge]) -> SafeString:
    return format_html_join(
        " ",
        '<span class="badge badge--{} icon--{}">{}</span>',
        ((badge.tone, badge.icon, badge.word) for badge in shown),
    )


def moment(iso: str, words: str, distance: str = "") -> SafeString:
    if not iso:
        return nothing(NOTHING)
    time = format_html('<time datetime="{}">{}</time>', iso, words)
    return (
        format_html('{} <span class="distance">({})</span>', time, distance) if distance else time
    )


def nothing(words: str) -> SafeString:
    """That something is not recorded, in words: never an empty cell."""
    return format_html('<span class="nothing">{}</span>', words)


def abbreviation(short: str, full: str) -> SafeString:
    if not short:
        return nothing("nicht erfasst")
    if not full or full == short:
        return format_html("<abbr>{}</abbr>", short)
    return format_html('<abbr title="{}">{}</abbr>', full, short)

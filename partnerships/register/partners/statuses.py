"""The statuses of a partnership: word, icon, colour, shape on the map and order, in one place."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import models
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ui import markup
from ui.badges import Badge


class Status(models.TextChoices):
    """In the order of a life."""

    EXPLORATORY = "exploratory", "in Anbahnung"
    ACTIVE = "active", "aktiv"
    DORMANT = "dormant", "ruhend"
    ENDED = "ended", "beendet"


@dataclass(frozen=True, slots=True)
class Look:
    icon: str
    tone: str
    # Element and attributes.
    marker: tuple[str, dict[str, str]]


# In the order of the overview.
LOOKS = {
    Status.ACTIVE: Look("check", "success", ("circle", {"r": "6.5"})),
    Status.EXPLORATORY: Look("sprout", "info", ("path", {"d": "M0-7.5 7 5.5H-7Z"})),
    Status.DORMANT: Look(
        "pause", "quiet", ("rect", {"x": "-5.5", "y": "-5.5", "width": "11", "height": "11"})
    ),
    Status.ENDED: Look("stop", "plain", ("path", {"d": "M-5.5-5.5 5.5 5.5M5.5-5.5-5.5 5.5"})),
}
NOT_RECORDED = ("path", {"d": "M0-7 7 0 0 7-7 0Z"})
RESTING = (Status.DORMANT, Status.ENDED)
SCRUTINY = Badge("auf dem Prüfstand", "eye", "warning")


def status_word(status: str | None, missing: str) -> str:
    return str(Status(status).label) if status else missing


def standing_words(partnership: Any, missing: str) -> str:
    """ "aktiv, auf dem Prüfstand": status and mark of a partnership with its standing."""
    words = status_word(partnership.status, missing)
    return f"{words}, {SCRUTINY.word}" if partnership.is_under_scrutiny else words


@lru_cache
def status_badge(status: str | None, is_under_scrutiny: bool = False) -> SafeString:
    mark = [SCRUTINY] if is_under_scrutiny else []
    if not status:
        return format_html("{}{}", markup.badges(mark), markup.nothing(markup.NOTHING))
    look = LOOKS[Status(status)]
    return markup.badges([Badge(status_word(status, ""), look.icon, look.tone), *mark])


@lru_cache
def status_marker(status: str | None) -> SafeString:
    element, shape = LOOKS[Status(status)].marker if status else NOT_RECORDED
    name = status or "unknown"
    return format_html('<{} class="marker marker--{}"{}/>', element, name, flatatt(shape))

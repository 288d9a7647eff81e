"""Where the partner regions lie: points on two maps of coast lines, and the same as a table."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.templatetags.static import static

from dashboards.labels import Box, Label, place_labels
from ministries.models import User
from partnerships.models import Partnership, Region
from partnerships.register.partners.statuses import standing_words
from ui.maps import FRAMES, Frame, project

MOST = 300


@dataclass(frozen=True)
class Place:
    """One region of one partnership; `frame` is the map that shows it, empty without a point."""

    partnership: Partnership
    region: Any
    frame: str


@dataclass(frozen=True)
class Point:
    place: Place
    x: float
    y: float
    label: Label

    @property
    def sentence(self) -> str:
        """What the link says: "Latium, Italien: aktiv, auf dem Prüfstand"."""
        partnership = self.place.partnership
        words = standing_words(partnership, "Status nicht erfasst")
        return f"{partnership.name}, {self.place.region.country.name}: {words}"


@dataclass(frozen=True)
class MapView:
    title: str
    frame: Frame
    points: list[Point] = field(default_factory=list)
    # The part of this map that another one shows, and how many points lie there.
    inset: Box | None = None
    inset_number: int = 0

    @property
    def land_url(self) -> str:
        return f"{static(f'maps/{self.frame.name}.svg')}#land"


@dataclass(frozen=True)
class StatusOption:
    """A filter of the map and a line of its legend; an empty code means all."""

    code: str
    label: str
    number: int
    is_current: bool


def places(user: User, today: date) -> list[Place]:
    regions = Region.objects.visible_to(user).order_by("sort_key")
    partnerships = (
        Partnership.objects.visible_to(user)
        .with_standing(user, today)
        .prefetch_related(Prefetch("regions", queryset=regions))
        .order_by("sort_key", "pk")
    )
    return [
        Place(partnership, region, frame_of(region))
        for partnership in partnerships[:MOST]
        for region in partnership.regions.all()
    ]


def frame_of(region: Region) -> str:
    if region.latitude is None or region.longitude is None:
        return ""
    if FRAMES["europe"].contains(float(region.latitude), float(region.longitude)):
        return "europe"
    return "world"


def draw(found: list[Place]) -> list[MapView]:
    """The world without what lies in Europe, and Europe."""
    europe = _points(found, "europe")
    return [
        MapView("Welt", FRAMES["world"], _points(found, "world", _inset()), _inset(), len(europe)),
        MapView("Europa", FRAMES["europe"], europe),
    ]


def status_options(found: list[Place], current: str) -> list[StatusOption]:
    """Only statuses that occur; the numbers are partnerships, not points."""
    status_of = {place.partnership.pk: place.partnership.status for place in found}
    numbers = Counter(status_of.values())
    occurring = [status for status in Partnership.Status if numbers[status]]
    return [
        StatusOption("", "alle", len(status_of), not current),
        *(StatusOption(s, s.label, numbers[s], s == current) for s in occurring),
    ]


def _points(found: list[Place], name: str, keep_clear: Box | None = None) -> list[Point]:
    frame = FRAMES[name]
    here = [place for place in found if place.frame == name]
    spots = [project(p.region.latitude, p.region.longitude, name) for p in here]
    labels = place_labels(
        [(x, y, place.partnership.name) for place, (x, y) in zip(here, spots, strict=True)],
        width=frame.width,
        height=frame.height,
        keep_clear=keep_clear,
    )
    return [
        Point(place, x, y, label) for place, (x, y), label in zip(here, spots, labels, strict=True)
    ]


def _inset() -> Box:
    europe = FRAMES["europe"]
    left, top = project(europe.north, europe.west, "world")
    right, bottom = project(europe.south, europe.east, "world")
    return Box(left, top, right, bottom)

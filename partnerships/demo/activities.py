"""Invented activities: what is planned, and the past where a house has no real ones of that year."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from typing import Any, TypeAlias

from ministries.models import Ministry, SubjectArea, User
from partnerships.demo.texts import EVENTS, EXAMPLE, TEXT, chosen
from partnerships.demo.topics import topic
from partnerships.records.activities.models import Activity
from partnerships.records.activities.parts import CostLine
from partnerships.records.shared.actions import create_record
from partnerships.register.partners.partnerships import Partnership

STEP = timedelta(days=120)
STEPS = 17  # five years back
AHEAD = timedelta(days=150)
LATE, KEPT_BACK = 2, 4  # the latest that is over, and one of which others read the outline only


@dataclass(frozen=True)
class Writer:
    house: Ministry
    officer: User


Charge: TypeAlias = tuple[SubjectArea, Writer]


def invent_activities(
    partnership: Partnership, charges: list[Charge], number: int, today: date
) -> None:
    """One every four months, the areas in turn; `number` sets the partnerships apart."""
    known = Activity.objects.filter(partnerships=partnership)
    real = set(known.values_list("ministry", "starts_on__year"))
    turns = Counter[int]()
    for step, (area, writer) in zip(range(STEPS), cycle(charges), strict=False):
        starts = today + AHEAD + timedelta(days=number) - step * STEP
        is_over = starts < today
        is_before = partnership.established_on and starts < partnership.established_on
        if is_before or (is_over and (writer.house.pk, starts.year) in real):
            continue
        turns[area.pk] += 1
        activity = _activity(partnership, area, number + turns[area.pk], number + turns.total())
        activity.ministry = writer.house
        activity.starts_on, activity.ends_on = starts, starts + timedelta(days=step % 3)
        if step == KEPT_BACK:
            activity.visibility = "outline"
        if is_over and (step != LATE or number % 4):
            activity.state = Activity.State.DONE
        else:
            activity.results = ""
            activity.state = Activity.State.SCHEDULED if step else Activity.State.PLANNED
        links: dict[str, list[Any]] = {"partnerships": [partnership], "subject_areas": [area]}
        create_record(record=activity, links=links, by=writer.officer)
        if activity.kind == Activity.Kind.OUTGOING_TRIP:
            CostLine.objects.create(
                activity=activity,
                bearer=CostLine.Bearer.HOUSE,
                ministry=writer.house,
                planned=1500 + 100 * step,
            )


def _activity(partnership: Partnership, area: SubjectArea, about: int, turn: int) -> Activity:
    event, told = EVENTS[turn % len(EVENTS)], topic(area, about)
    region = partnership.regions.first()
    return Activity(
        title=f"{chosen(event.words, about)}: {told.title} {EXAMPLE}",
        kind=event.kind,
        place=chosen(event.places, about).format(seat=region.seat if region else ""),
        aims=f"{told.aim} {TEXT}",
        results=f"{told.result} {TEXT}",
    )

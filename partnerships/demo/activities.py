"""Invented activities: what is planned, and the past where a house has no real ones of that year."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

from django.conf import settings

from ministries.models import Ministry, SubjectArea, User
from partnerships.demo.texts import EVENTS, EXAMPLE, TEXT, chosen
from partnerships.demo.topics import topic
from partnerships.records.activities.levels import ContactLevel
from partnerships.records.activities.models import Activity
from partnerships.records.activities.parts import CostLine
from partnerships.records.shared.actions import create_record
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.regions import Region

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
    for step in range(STEPS):
        area, writer = charges[(step + number) % len(charges)]
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
    told, region = topic(area, about), partnership.regions.first() or Region()
    is_delicate = region.country in settings.DELICATE_COUNTRIES
    events = [one for one in EVENTS if not (is_delicate and one.is_away)]
    event = events[turn % len(events)]
    return Activity(
        title=f"{chosen(event.words, about)}: {told.title} {EXAMPLE}",
        kind=event.kind,
        level=ContactLevel.WORKING,
        place=chosen(event.places, about).format(seat=region.seat),
        aims=f"{told.aim} {TEXT}",
        results=f"{told.result} {TEXT}",
    )

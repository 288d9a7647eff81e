"""`visible_to` of every model against `readers.csv`: not a row more, not a row less, for every person."""

from collections.abc import Callable
from typing import Any

import pytest

from ministries.models import User
from tests.harness import persons, readers, walk
from tests.harness.crawl import Visitor
from tests.harness.world import World

ASKED = [model for model in walk.models() if hasattr(model._default_manager, "visible_to")]
OUT_OF_OFFICE = [f"Demo {person}" for person in (persons.ENDED, persons.TO_BEGIN)]
COLUMNS = {person.name: person.columns for person in persons.PERSONS}


@pytest.fixture(scope="module")
def visitor(visitor: Visitor) -> Visitor:
    persons.join(visitor)
    return visitor


@pytest.mark.parametrize("model", ASKED, ids=walk.label)
def test_rows_are_those_of_the_table(visitor: Visitor, model: Any) -> None:
    world, rule = visitor.world, BY_ROW.get(walk.label(model), by_table)
    seen = [(row, rule(world, row)) for row in model._default_manager.all()]
    wrong = {}
    for name, user in world.users.items():
        found = set(model._default_manager.visible_to(user))
        expected = {row for row, is_seen in seen if is_seen(name, user)}
        if found != expected:
            wrong[name] = {"too many": found - expected, "missing": expected - found}
    assert wrong == {}


Seen = Callable[[str, User], bool]


def columns_of(name: str) -> set[str]:
    return set(COLUMNS.get(name, (name,)))


def by_table(world: World, row: Any) -> Seen:
    read = readers.readers_by_field(world, row, [])["*"]
    return lambda name, user: bool(read & columns_of(name))


# Where a row is seen and most of what it says is not, or the person decides and not the function


def of_check(world: World, row: Any) -> Seen:
    """That it runs, all readers know; what came of it, the table says."""
    return by_table(world, row if row.round.state == "preparing" else row.partnership)


def of_appointment(world: World, row: Any) -> Seen:
    heads = {"head"} if row.state == "pending" and row.ministry == world.own else set()
    return lambda name, user: (
        row.user == user or bool(columns_of(name) & (heads | {"administrator"}))
    )


def of_disclosure(world: World, row: Any) -> Seen:
    return lambda name, user: name == "auditor" or row.made_by == user


def of_notification(world: World, row: Any) -> Seen:
    return lambda name, user: name == "administrator" or row.recipient == user


def of_person(world: World, row: Any) -> Seen:
    """The coordination invites, Technik keeps, Revision reads; others know their colleagues of today."""
    by_office, houses = {"coordination", "administrator", "auditor"}, houses_of(row)
    return lambda name, user: name in by_office or row == user or bool(houses & houses_of(user))


def houses_of(user: User) -> set[int]:
    held = user.appointments.filter(state="in_force").exclude(user__name__in=OUT_OF_OFFICE)
    return set(held.values_list("ministry", flat=True))


BY_ROW: dict[str, Callable[[World, Any], Seen]] = {
    "guidelines.GuidelineCheck": of_check,
    "ministries.Appointment": of_appointment,
    "ministries.Disclosure": of_disclosure,
    "ministries.Notification": of_notification,
    "ministries.User": of_person,
}

"""A deadline that ends when the house is quiet is asked back once, at every door that sets one."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from guidelines.models import CheckRound, Delegation, Edition, Query, Reopening
from guidelines.rounds.deadlines import deadline_doubts
from ministries.clock import today
from ministries.models import QuietTime, User
from ministries.working_days import add_working_days
from tests.factories import NOW, make_edition, make_partnership, make_quiet_time
from tests.guidelines.conftest import World, closed, fresh, released, signed_in

DAY = add_working_days(today(), 60)
NAMED = f"Der {DAY:%d.%m.%Y} liegt in der Sommerpause"


def quiet(**fields: Any) -> QuietTime:
    around = {"valid_from": DAY - timedelta(days=2), "valid_until": DAY + timedelta(days=2)}
    return make_quiet_time(**(around | fields))


@dataclass
class Door:
    """A page that sets a deadline, what is filled in there, and what came of it."""

    url: str
    data: dict[str, Any]
    saved: Callable[[], Any]
    # Of the house, where it is not the coordination that sets it.
    by: User | None = None


def of_check(name: str, world: World, *more: str) -> str:
    keys = [world.check_round.slug, world.check.partnership.slug, *more]
    return reverse(f"guidelines:{name}", args=keys)


def of_round(name: str, world: World) -> str:
    return reverse(f"guidelines:{name}", args=[world.check_round.slug])


def published() -> Edition:
    edition = make_edition()
    Edition.objects.filter(pk=edition.pk).update(published_at=NOW)
    return edition


def creating(world: World) -> Door:
    chosen = {"year": DAY.year, "edition": published().pk, "partnerships": [make_partnership().pk]}
    return Door(
        reverse("guidelines:round-create"), chosen, CheckRound.objects.filter(due_on=DAY).exists
    )


def changing(world: World) -> Door:
    door = creating(world)
    check_round = CheckRound.objects.create(
        slug="vorher", year=2026, edition_id=door.data["edition"], due_on=DAY - timedelta(days=30)
    )
    url = reverse("guidelines:round-edit", args=["vorher"])
    return Door(url, door.data | {"_version": check_round.version}, door.saved)


def extending(world: World) -> Door:
    url = of_check("deadline-extend", world, world.house.ministry.slug)
    return Door(url, {}, lambda: fresh(world.statement).due_on)


def adding_a_house(world: World) -> Door:
    house = world.stranger.ministry
    data = {"ministry": house.pk, "checks": [world.check.pk]}
    return Door(of_round("round-house-add", world), data, house.statements.exists)


def adding_partnerships(world: World) -> Door:
    partnership = make_partnership(lead=world.house.ministry)
    data = {"partnerships": [partnership.pk]}
    return Door(of_round("round-partnerships-add", world), data, partnership.checks.exists)


def reopening(world: World) -> Door:
    closed(world.check, by=world.coordinator)
    return Door(
        of_check("collection-reopen", world), {"reason": "Anlass"}, Reopening.objects.exists
    )


def reopening_a_cell(world: World) -> Door:
    closed(world.check, by=world.coordinator)
    url = of_check("cell-reopen", world, world.house.ministry.slug)
    return Door(url, {"reason": "Anlass"}, Reopening.objects.exists)


def asking_back(world: World) -> Door:
    released(world.statement, house=world.house)
    url = of_check("statement-query", world, world.house.ministry.slug)
    return Door(url, {"note": "Welche?"}, Query.objects.exists)


def giving_inside(world: World) -> Door:
    CheckRound.objects.update(due_on=DAY + timedelta(days=30))
    keys = [world.statement.pk, world.criteria[0].pk]
    data = {"s": [world.statement.pk], "person": world.house.colleague.pk}
    url = reverse("guidelines:delegation-give", args=keys)
    return Door(url, data, Delegation.objects.exists, by=world.house.officer)


DOORS = [
    creating,
    changing,
    extending,
    adding_a_house,
    adding_partnerships,
    reopening,
    reopening_a_cell,
    asking_back,
    giving_inside,
]


def post(world: World, door: Door, **more: str) -> Any:
    data = {"due_on": f"{DAY:%d.%m.%Y}", "_token": str(uuid.uuid4())}
    return signed_in(door.by or world.coordinator).post(door.url, door.data | data | more)


@pytest.mark.parametrize("opened", DOORS)
def test_quiet_time_is_asked_back_once(world: World, opened: Callable[[World], Door]) -> None:
    quiet()
    door = opened(world)

    first = post(world, door)

    assert (first.status_code, NAMED in first.text) == (422, True)
    assert 'type="checkbox" name="is_meant"' in first.text
    assert not door.saved()
    assert post(world, door, is_meant="on").status_code == 302
    assert door.saved()


@pytest.mark.parametrize(
    "opened", [extending, reopening, reopening_a_cell, asking_back, giving_inside]
)
def test_no_page_proposes_what_it_asks_back(world: World, opened: Callable[[World], Door]) -> None:
    door = opened(world)
    before = proposed(world, door)

    quiet(valid_from=before - timedelta(days=3), valid_until=before + timedelta(days=3))

    after = proposed(world, door)
    assert after != before
    assert not list(deadline_doubts(after))


def proposed(world: World, door: Door) -> date:
    page = signed_in(door.by or world.coordinator).get(door.url).text
    field = re.search(r'<input[^>]*name="due_on"[^>]*>', page)
    assert field
    value = re.search(r'value="([^"]+)"', field[0])
    assert value
    day, month, year = map(int, value[1].split("."))
    return date(year, month, day)


def test_new_round_proposes_no_quiet_time(world: World) -> None:
    quiet(valid_from=today(), valid_until=DAY)

    page = signed_in(world.coordinator).get(reverse("guidelines:round-create")).text

    days = re.search(r'name="working_days" value="(\d+)"', page)
    assert days
    assert int(days[1]) == 61


def test_question_asked_back_does_not_begin_with_its_answer(world: World) -> None:
    quiet()
    page = post(world, extending(world)).text

    summary = page.partition('id="fehler"')[2].partition("</ul>")[0]
    assert NAMED in summary
    assert "Ja, das ist so gemeint" not in summary


@pytest.mark.parametrize("opened", DOORS)
def test_any_other_day_is_saved_at_once(world: World, opened: Callable[[World], Door]) -> None:
    quiet(valid_from=DAY + timedelta(days=1))
    door, more = opened(world), {"is_meant": "on"} if opened is creating else {}

    assert post(world, door, **more).status_code == 302
    assert door.saved()


def test_last_page_before_the_opening_says_it(world: World) -> None:
    quiet()
    CheckRound.objects.create(slug="bald", year=2026, edition=published(), due_on=DAY)

    url = reverse("guidelines:round-open", args=["bald"])
    assert NAMED in signed_in(world.coordinator).get(url).text

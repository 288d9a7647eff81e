"""The day on which a status, a mark, a lead or an activity begins and ends, and for whose eyes."""

from datetime import date, timedelta
from typing import Any

import pytest

from ministries.models import User
from partnerships.models import Partnership, StatusPeriod
from partnerships.resting import rests
from tests.factories import (
    make_partnership,
    make_status_period,
)
from tests.partnerships.conftest import People

DAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
YESTERDAY, TOMORROW = DAY - ONE_DAY, DAY + ONE_DAY


def standing(user: User, day: date = DAY) -> Any:
    return Partnership.objects.visible_to(user).with_standing(user, day).get()


# Status


@pytest.fixture
def resting_from_today(people: People) -> Partnership:
    """Active until yesterday."""
    partnership = make_partnership(status=None)
    make_status_period(partnership=partnership, status="active", valid_until=YESTERDAY)
    make_status_period(partnership=partnership, status="dormant", valid_from=DAY)
    return partnership


@pytest.mark.parametrize(
    ("day", "status"), [(YESTERDAY, "active"), (DAY, "dormant"), (TOMORROW, "dormant")]
)
def test_status_changes_on_its_first_day(
    people: People, resting_from_today: Partnership, day: date, status: str
) -> None:
    periods = StatusPeriod.objects

    assert standing(people.officer, day).status == status
    assert [period.status for period in periods.on(day)] == [status]
    assert periods.current(day)[0].status == status
    seen = Partnership.objects
    assert seen.of_status(status, people.officer, day).exists()
    assert seen.filter(rests(people.officer, day, "pk")).exists() is (status == "dormant")


def test_last_status_counts_on_after_its_end(people: People) -> None:
    """Its end tells of a successor, which not everybody may see yet."""
    partnership = make_partnership(status=None)
    make_status_period(partnership=partnership, valid_from=YESTERDAY, valid_until=YESTERDAY)

    assert standing(people.officer).status == "active"
    assert not StatusPeriod.objects.on(DAY).exists()


@pytest.mark.parametrize(
    ("visible_from", "status"),
    [(None, "ended"), (YESTERDAY, "ended"), (DAY, "ended"), (TOMORROW, "active")],
)
def test_decided_status_shows_from_its_day_on(
    people: People, visible_from: date | None, status: str
) -> None:
    partnership = make_partnership(status=None)
    make_status_period(partnership=partnership, status="active", valid_until=YESTERDAY)
    make_status_period(
        partnership=partnership, status="ended", valid_from=DAY, visible_from=visible_from
    )

    assert standing(people.officer).status == status
    assert standing(people.coordinator).status == standing(people.chief).status == "ended"
    seen = StatusPeriod.objects.visible_to(people.officer, DAY)
    assert seen.filter(status="ended").exists() is (status == "ended")


# On the way out of the scrutiny


@pytest.mark.parametrize(
    ("since", "until", "is_marked"),
    [
        (YESTERDAY, None, True),
        (DAY, None, True),
        (TOMORROW, None, False),
        (YESTERDAY, YESTERDAY, False),
        (YESTERDAY, DAY, True),  # the last day of the mark
        (YESTERDAY, TOMORROW, True),
        (None, None, False),
    ],
)
def test_mark_holds_from_its_first_to_its_last_day(
    people: People, since: date | None, until: date | None, is_marked: bool
) -> None:
    make_partnership(
        scrutiny_since=since, scrutiny_until=until, scrutiny_reason="Leitlinien" if since else ""
    )

    for user in (people.officer, people.coordinator):
        assert standing(user).is_under_scrutiny is is_marked
        assert Partnership.objects.under_scrutiny(user, DAY).exists() is is_marked
        assert Partnership.objects.with_scrutiny(user, DAY).get().is_under_scrutiny is is_marked


@pytest.mark.parametrize(
    ("visible_from", "is_marked"), [(YESTERDAY, False), (DAY, False), (TOMORROW, True)]
)
def test_end_of_a_mark_shows_from_its_day_on(
    people: People, visible_from: date, is_marked: bool
) -> None:
    make_partnership(
        scrutiny_since=date(2026, 2, 12),
        scrutiny_reason="Leitlinien",
        scrutiny_until=YESTERDAY,
        scrutiny_end_visible_from=visible_from,
    )

    assert standing(people.officer).is_under_scrutiny is is_marked
    assert not standing(people.coordinator).is_under_scrutiny
    assert not standing(people.chief).is_under_scrutiny

"""Deadlines in working days of Saxony: counted from the next one, due day included."""

from datetime import date, timedelta

import pytest

from ministries.working_days import add_working_days, is_working_day, working_days_between

DAY_BEFORE_REPENTANCE = date(2026, 11, 17)
REPENTANCE = date(2026, 11, 18)  # Buß- und Bettag, a holiday in Saxony alone


def test_repentance_day_is_no_working_day() -> None:
    assert not is_working_day(REPENTANCE)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (DAY_BEFORE_REPENTANCE, 1, date(2026, 11, 19)),
        (date(2026, 12, 23), 1, date(2026, 12, 24)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 23), 16, date(2026, 12, 15)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 19), -1, DAY_BEFORE_REPENTANCE),
    ],
)
def test_due_day_skips_weekends_and_holidays(start: date, count: int, due: date) -> None:
    assert add_working_days(start, count) == due


def test_distance_is_the_inverse_of_adding() -> None:
    start = date(2026, 3, 27)

    for count in range(40):
        assert working_days_between(start, add_working_days(start, count)) == count


def test_distance_to_a_past_day_is_negative() -> None:
    assert working_days_between(date(2026, 11, 23), date(2026, 11, 19)) == -2


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),  # Friday
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 11, 23), True),
        (date(2026, 10, 31), False),  # Reformation day, a Saturday
        (date(2025, 10, 31), False),  # and a Friday
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
    ],
)
def test_working_days_are_monday_to_friday_without_holidays(day: date, works: bool) -> None:
    assert is_working_day(day) is works


FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, day) for day in (20, 21, 22, 23))


@pytest.mark.parametrize(
    ("today", "due", "distance"),
    [
        (MONDAY, MONDAY, 0),
        (SATURDAY, SATURDAY, 0),
        (FRIDAY, SATURDAY, 1),  # like Monday
        (FRIDAY, SUNDAY, 1),
        (FRIDAY, MONDAY, 1),
        (SATURDAY, SUNDAY, 1),
        (SUNDAY, MONDAY, 1),
        (SATURDAY, FRIDAY, -1),  # over, so not "today"
        (SUNDAY, FRIDAY, -1),
        (MONDAY, FRIDAY, -1),
        (SUNDAY, SATURDAY, -1),
        (MONDAY, SUNDAY, -1),
        (DAY_BEFORE_REPENTANCE, REPENTANCE, 1),  # like Thursday
        (REPENTANCE, DAY_BEFORE_REPENTANCE, -1),
        (date(2026, 11, 24), FRIDAY, -2),
    ],
)
def test_distance_around_days_off(today: date, due: date, distance: int) -> None:
    assert working_days_between(today, due) == distance


@pytest.mark.parametrize("today", [FRIDAY, SATURDAY, SUNDAY, MONDAY, REPENTANCE])
def test_only_today_is_today(today: date) -> None:
    """What is overdue is never said to be due "heute", nor what is still to come."""
    for days in (*range(-9, 0), *range(1, 9)):
        distance = working_days_between(today, today + timedelta(days=days))

        assert (distance > 0) is (days > 0)
        assert distance != 0

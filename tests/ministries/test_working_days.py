"""Deadlines in working days of Saxony: counted from the next one, due day included."""

from datetime import date

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

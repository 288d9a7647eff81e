"""Working days in Saxony: Monday to Friday without public holidays, Buß- und Bettag included."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _holidays(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("DE", subdiv="SN", years=year, language="de"))


def holiday_name(day: date) -> str:
    """ "Buß- und Bettag"; empty on any other day."""
    return _holidays(day.year).get(day, "")


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The day on which a deadline of `count` working days ends.

    Counting begins with the next working day and includes the due day; a negative count goes back.
    """
    step = timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_day_until(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and including `end`; negative if it is past.

    A day that is none counts like the next one (§ 193 BGB): a coming Saturday is never "today",
    and on a Saturday the deadline of Friday is over.
    """
    if end < start:
        return -_counted(end, _working_day_from(start))
    return _counted(start, _working_day_from(end)) if end > start else 0


def _working_day_from(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _counted(start: date, end: date) -> int:
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(1 for day in days if is_working_day(day))

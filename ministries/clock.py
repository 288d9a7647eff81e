"""The day and the moment Brücke reckons with."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """The calendar day in Saxony, whatever zone the server runs in."""
    return timezone.localdate()


def in_a_month(day: date) -> date:
    """The same day of the next month; where that has none, its last."""
    first = day.replace(day=1)
    next_first = (first + timedelta(days=32)).replace(day=1)
    length = ((next_first + timedelta(days=32)).replace(day=1) - next_first).days
    return next_first.replace(day=min(day.day, length))


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or back; where that month has none, its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def in_a_year(day: date) -> date:
    """The same day of the next year; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)

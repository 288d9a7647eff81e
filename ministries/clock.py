"""The day and the moment Brücke reckons with."""

from calendar import monthrange
from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """The calendar day in Saxony, whatever zone the server runs in."""
    return timezone.localdate()


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or back; where that month has none, its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def in_a_month(day: date) -> date:
    return months_later(day, 1)


def in_a_year(day: date) -> date:
    return months_later(day, 12)

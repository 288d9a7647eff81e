"""The day and the moment Brücke reckons with."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """The calendar day in Saxony, whatever zone the server runs in."""
    return timezone.localdate()

"""Dates, distances in working days and numbers in German words."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def german_date(day: date | None) -> str:
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return f"{day.day:02}.{day.month:02}.{day.year:04}"  # thrice as fast as strftime


def german_moment(moment: date) -> str:
    """A day, or a day with its clock time: "03.04.2026, 14:38 Uhr"."""
    if not isinstance(moment, datetime):
        return german_date(moment)
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{german_date(local)}, {local:%H:%M} Uhr"


def partial_date(day: date | None, precision: str = "day") -> str:
    """A date as exactly as it is known: "1990", "Mai 2010", "03.04.2026"."""
    if day is None:
        return ""
    if precision == "year":
        return str(day.year)
    if precision == "month":
        return f"{MONTHS[day.month - 1]} {day.year}"
    return german_date(day)


def distance(working_days: int) -> str:
    """How far a deadline is away: "in 16 Arbeitstagen", "heute", "seit 2 Arbeitstagen vorbei"."""
    if working_days == 0:
        return "heute"
    unit = "Arbeitstag" if abs(working_days) == 1 else "Arbeitstagen"
    return (
        f"in {working_days} {unit}" if working_days > 0 else f"seit {-working_days} {unit} vorbei"
    )


def german_number(value: Any, places: int = 0) -> str:
    """Group by points, decimals after a comma; what is no number comes back as it is."""
    if value is None or value == "":
        return ""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return f"{number:,.{places}f}".translate(str.maketrans(",.", ".,"))


def euro(value: Any) -> str:
    """ "145.000 €"; cents only where there are some."""
    if value is None or value == "":
        return ""
    try:
        places = 0 if Decimal(str(value)) % 1 == 0 else 2
    except InvalidOperation:
        return str(value)
    return f"{german_number(value, places)} €"

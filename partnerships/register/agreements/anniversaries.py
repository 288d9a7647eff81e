"""Round anniversaries of a partnership and of its agreements, known half a year before."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from ministries.clock import months_later
from partnerships.register.partners.date_expressions import InAnySpan
from ui.dates import partial_date

LEAD_MONTHS = 6
ROUND = range(5, 201, 5)


@dataclass(frozen=True)
class Anniversary:
    years: int
    day: date
    # As exactly as the first day is known.
    words: str


def next_anniversary(first: date | None, precision: str, day: date) -> Anniversary | None:
    for years in ROUND if first else ():
        begins, ends = _window(years, day)
        if first and begins <= first <= ends:
            falls_on = months_later(first, 12 * years)
            return Anniversary(years, falls_on, partial_date(falls_on, precision))
    return None


def has_anniversary(field: str, day: date) -> Q:
    """The same as a condition on `field`, which the database looks up in all windows at once."""
    return Q(InAnySpan(F(field), [_window(years, day) for years in ROUND]))


def _window(years: int, day: date) -> tuple[date, date]:
    """First days whose anniversary falls between `day` and the end of the lead time."""
    back = -12 * years
    return months_later(day, back), months_later(months_later(day, LEAD_MONTHS), back)

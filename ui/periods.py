"""Days and periods as people type them: "3.4.26", "April 2026", "3.–5.4.2026", "2026"."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from ui.dates import MONTHS, german_date, partial_date

PERIOD_HELP = "Zum Beispiel 3.4.26, 3.–5.4.2026 oder April 2026"
PERIOD_ERROR = "Geben Sie einen Zeitraum ein, zum Beispiel 3.4.2026, 3.–5.4.2026 oder April 2026."
END_ERROR = "Das Ende liegt vor dem Beginn."
YEARS = range(1900, 2101)
LONGEST = 60

_MONTH_OF = {name.casefold(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH_OF |= {name.casefold()[:3]: number for number, name in enumerate(MONTHS, start=1)}
_NAMED = r"(?P<name>[a-zä]{3,9})\.?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_DAY = re.compile(rf"(?P<day>\d{{1,2}})\. ?(?:(?P<month>\d{{1,2}})\. ?|{_NAMED} ){_YEAR}", re.A)
_MONTH = re.compile(rf"(?:(?P<month>\d{{1,2}})[./]|{_NAMED} )(?P<year>\d{{4}})", re.A)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.A)
_DASH = re.compile(r" ?[-–—−] ?| bis (?:zum )?")
_BEGINNING = re.compile(
    rf"(?P<day>\d{{1,2}})\. ?(?:(?P<month>\d{{1,2}})\.|{_NAMED})?|{_NAMED.replace('name', 'only')}",
    re.A,
)


@dataclass(frozen=True)
class Period:
    """`last` is None where a single day, month or year was named."""

    first: date
    precision: str = "day"
    last: date | None = None

    def __str__(self) -> str:
        return period_words(self.first, self.precision, self.last)


def period_words(first: date, precision: str, last: date | None) -> str:
    """What `parse_period` reads as the same period."""
    begin = partial_date(first, precision)
    return begin if last is None or last == first else f"{begin} bis {german_date(last)}"


def parse_period(text: str) -> Period:
    """ValueError with a German sentence if it is none."""
    plain = _ISO.sub(r"\3.\2.\1", " ".join(text.casefold().split())[:LONGEST])
    begin, *end = _DASH.split(plain.removeprefix("vom ").removeprefix("am ").removeprefix("im "))
    if not end:
        first, precision = _partial(begin)
        return Period(first, precision)
    if len(end) > 1:
        raise ValueError(PERIOD_ERROR)
    closing, its_precision = _partial(end[0])
    first, precision = _completed(begin, closing)
    last = last_day(closing, its_precision)
    if first > last:
        raise ValueError(END_ERROR)
    return Period(first, precision, None if (first, precision) == (last, "day") else last)


def last_day(day: date, precision: str) -> date:
    """The last day that "April 2026" or "2026" means."""
    if precision == "year":
        return date(day.year, 12, 31)
    if precision == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def _partial(text: str) -> tuple[date, str]:
    if found := _DAY.fullmatch(text):
        return _date(found["year"], _month(found), found["day"]), "day"
    if found := _MONTH.fullmatch(text):
        return _date(found["year"], _month(found), "1"), "month"
    if re.fullmatch(r"\d{4}", text, re.A):
        return _date(text, 1, "1"), "year"
    raise ValueError(PERIOD_ERROR)


def _completed(text: str, closing: date) -> tuple[date, str]:
    """ "3." of "3.–5.4.2026" takes month and year from the end; "28.12." takes the year before."""
    found = _BEGINNING.fullmatch(text)
    if not found:
        return _partial(text)
    if found["only"]:
        month, day, precision = _MONTH_OF.get(found["only"], 0), "1", "month"
    else:
        names_month = found["month"] or found["name"]
        month = _month(found) if names_month else closing.month
        day, precision = found["day"], "day"
    year = closing.year - (1 if month > closing.month else 0)
    return _date(str(year), month, day), precision


def _month(found: re.Match[str]) -> int:
    return int(found["month"]) if found["month"] else _MONTH_OF.get(found["name"], 0)


def _date(year: str, month: int, day: str) -> date:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900
    if number not in YEARS:
        raise ValueError(PERIOD_ERROR)
    try:
        return date(number, month, int(day))
    except ValueError:
        raise ValueError(PERIOD_ERROR) from None


class PeriodField(forms.CharField):
    """One field for a day, a month, a year or two days; gives a `Period`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST, **({"help_text": PERIOD_HELP} | options))

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return parse_period(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class DayWordsField(forms.CharField):
    """For filters: a day, month or year, kept in the words in which the address says it."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            if text:
                parse_period(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return text

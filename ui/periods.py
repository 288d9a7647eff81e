"""Days and periods as people type them: "Fr, 3.4.26", "April 2026", "3.–5.4.2026", "Q1/2025"."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils import timezone

from ui.dates import MONTHS, german_date, partial_date
from ui.text import clean_line

PERIOD_ERROR = "Geben Sie einen Zeitraum ein, zum Beispiel 3.4.2026, 3.–5.4.2026 oder April 2026."
DAY_ERROR = "Geben Sie einen Tag ein, zum Beispiel 3.4.2026."
PARTIAL_ERROR = (
    "Geben Sie einen Tag, einen Monat oder ein Jahr ein, zum Beispiel 3.4.2026 oder April 2026."
)
TIME_ERROR = "Geben Sie eine Uhrzeit ein, zum Beispiel 14:30."
END_ERROR = "Das Ende liegt vor dem Beginn."
YEARS = range(1900, 2101)
# So far ahead two digits of a year are understood; beyond it the last century is as likely.
YEARS_AHEAD = 20
LONGEST = 60

WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_WEEKDAY_OF = {word: place for place, name in enumerate(WEEKDAYS) for word in (name, name[:2])}
_WEEKDAY_OF["sonnabend"] = 5
_MONTH_OF = {name.casefold(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH_OF |= {name[:3]: number for name, number in _MONTH_OF.items()}
_MONTH_OF |= {"sept": 9, "mrz": 3, "maerz": 3, "jän": 1, "jänner": 1, "feber": 2}
_SEASONS = {"frühjahr": 3, "frühling": 3, "sommer": 6, "herbst": 9}
_NUMERALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_WEEKDAY = "|".join(sorted(_WEEKDAY_OF, key=len, reverse=True))
_WEEKDAY_BEFORE = re.compile(rf"\b({_WEEKDAY})\b\.?,? ?(?:de[nmr] )?(?=\d)")
_ONE_TO_31, _ONE_TO_12 = r"0?[1-9]|[12]\d|3[01]", r"0?[1-9]|1[0-2]"
_NAMED = r"(?P<name>[a-zä]{3,9})\.?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_DAY = re.compile(
    rf"(?:(?P<weekday>{_WEEKDAY}) )?(?P<day>{_ONE_TO_31})"
    rf"(?:\. ?(?P<month>{_ONE_TO_12})(?:\. ?{_YEAR}?)?|\.? ?{_NAMED} ?{_YEAR.replace('year', 'its')}?|\.)?",
    re.A,
)
_MONTH = re.compile(
    rf"(?:(?P<month>{_ONE_TO_12})[./] ?(?P<year>\d{{4}})|{_NAMED}(?: (?P<its>\d{{4}}))?)|(?P<only>\d{{4}})",
    re.A,
)
_QUARTER = re.compile(
    r"(?:q ?([1-4])|([1-4]|i{1,3}|iv)\.? ?(?:quartal|quart\.?))[ /]+(\d{4})", re.A
)
_HALF = re.compile(r"([12])\. ?(?:halbjahr|hj\.?)[ /]+(\d{4})", re.A)
_SEASON = re.compile(rf"({'|'.join(_SEASONS)}) (\d{{4}})", re.A)
_WINTER = re.compile(r"winter (\d{4})[/–-](\d{4}|\d{2})", re.A)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.A)
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})", re.A)
_MIDNIGHT = re.compile(r"[t, ]+0{1,2}[:.]00(?:[:.]00(?:\.0+)?)?(?: uhr)?z?$")
_DASH = re.compile(r" ?[-–—−] ?| bis (?:zum )?")
_AND = re.compile(r"(?<=[\w.]) ?[/&+,] ?| (?:u\.?|und|sowie) ")
_CLOCK_AFTER = re.compile(r"[t, ]+(?:\d{1,2}:\d{2}(?::\d{2})?z?|\d{1,2}(?:\.\d{2})? ?uhr)", re.A)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?::00)?)?(?: ?(?:uhr|h))?", re.A)


@dataclass(frozen=True)
class Period:
    """`last` is None where a single day, month or year was named."""

    first: date
    precision: str = "day"
    last: date | None = None

    def __str__(self) -> str:
        return period_words(self.first, self.precision, self.last)

    @property
    def end(self) -> date:
        return self.last or last_day(self.first, self.precision)


class Unclear(ValueError):
    """Why a text is not understood, as a sentence; `expected` says it for the cell of a table."""

    def __init__(self, sentence: str, expected: str = "") -> None:
        super().__init__(sentence)
        self.expected = expected


class YearMissing(Unclear):
    """`completed` is what was probably meant."""

    def __init__(self, completed: Period) -> None:
        sentence = f"Das Jahr fehlte und ist ergänzt: {completed}. Prüfen Sie es und senden Sie noch einmal."
        super().__init__(sentence, f"ein Jahr dabei, zum Beispiel {completed}")
        self.completed = completed


def period_words(first: date, precision: str, last: date | None) -> str:
    """What `parse_period` reads as the same period."""
    begin = partial_date(first, precision)
    return begin if last is None or last == first else f"{begin} bis {german_date(last)}"


def last_day(day: date, precision: str) -> date:
    """The last day that "April 2026" or "2026" means."""
    if precision == "year":
        return date(day.year, 12, 31)
    if precision == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def parse_period(text: str, *, is_past: bool = False) -> Period:
    """Unclear, YearMissing if there is no year; `is_past` of what cannot be still to come."""
    plain = _plain(text)
    if span := _span(plain):
        return span
    ends = _DASH.split(plain)
    if len(ends) > 2:
        raise Unclear(PERIOD_ERROR)
    one = _Part.of(plain)
    named = [one] if one else [_Part.of(text) for text in (ends if ends[1:] else _AND.split(plain))]
    parts = [part for part in named if part]
    if len(parts) < len(named):
        raise Unclear(PERIOD_ERROR)
    is_span = len(ends) == 2
    if not parts[-1].year:
        raise YearMissing(_with_year(parts, is_span, is_past))
    return _joined(parts, is_span, is_past)


def parse_day(text: str, *, is_past: bool = False) -> date:
    """Unclear where more than a day was named."""
    try:
        period = parse_period(text, is_past=is_past)
    except YearMissing as error:
        if error.completed.precision != "day" or error.completed.last:
            raise Unclear(DAY_ERROR) from None
        raise
    except Unclear as error:
        if error.expected:
            raise
        raise Unclear(DAY_ERROR) from None
    if period.precision != "day" or period.last:
        raise Unclear(DAY_ERROR)
    return period.first


def parse_partial(text: str, *, is_past: bool = False) -> Period:
    """A day, a month or a year; Unclear where two of them were named."""
    period = parse_period(text, is_past=is_past)
    if period.last:
        raise Unclear(PARTIAL_ERROR, "ein Tag, ein Monat oder ein Jahr")
    return period


def parse_time(text: str) -> time:
    found = _CLOCK.fullmatch(" ".join(text.casefold().split()).removeprefix("um "))
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Unclear(TIME_ERROR)
    return time(int(found[1]), int(found[2] or 0))


@dataclass(frozen=True)
class _Part:
    """A day, month or year as it was written; what is missing comes from the one after it."""

    year: str = ""
    month: int = 0
    day: int = 0
    weekday: str = ""

    @classmethod
    def of(cls, text: str) -> "_Part | None":
        if found := _DAY.fullmatch(text):
            month = int(found["month"] or 0) or _month(found["name"])
            year = found["year"] or found["its"] or ""
            return cls(year, month, int(found["day"]), found["weekday"] or "")
        if found := _MONTH.fullmatch(text):
            year = found["year"] or found["its"] or found["only"] or ""
            return cls(year, int(found["month"] or 0) or _month(found["name"]))
        return None

    def before(self, following: date, is_past: bool) -> tuple[date, str]:
        """ "3." of "3.–5.4.2026" takes month and year from the end; "28.12." the year before."""
        month = self.month or following.month
        year = self.year or str(following.year - (1 if month > following.month else 0))
        return _Part(year, month if self.day or self.month else 0, self.day, self.weekday).resolved(
            is_past
        )

    def resolved(self, is_past: bool) -> tuple[date, str]:
        """A day and how exactly it is meant."""
        day = _date(_year(self.year, is_past), self.month or 1, self.day or 1)
        if self.weekday and day.weekday() != _WEEKDAY_OF[self.weekday]:
            told = f"{german_date(day)} ist ein {WEEKDAYS[day.weekday()].capitalize()}"
            raise Unclear(
                f"Der {told}. Prüfen Sie Tag und Wochentag.",
                f"ein Tag mit seinem Wochentag; der {told}",
            )
        return day, "day" if self.day else "month" if self.month else "year"


def _plain(text: str) -> str:
    cleaned = unicodedata.normalize("NFC", clean_line(text))
    folded = " ".join(cleaned.casefold().split())[:LONGEST]
    folded = _MIDNIGHT.sub("", folded)
    if (clock := _CLOCK_AFTER.search(folded)) and clock.end() == len(folded):
        raise Unclear(
            "Schreiben Sie den Tag ohne Uhrzeit, zum Beispiel 3.4.2026.", "ein Tag ohne Uhrzeit"
        )
    if found := _ISO_MONTH.fullmatch(folded):
        return f"{found[2]}.{found[1]}"
    folded = _WEEKDAY_BEFORE.sub(r"\1 ", _ISO.sub(r"\3.\2.\1", folded))
    return re.sub(r"^(vom|von|am|im) ", "", folded)


def _span(plain: str) -> Period | None:
    """A quarter, half a year or a season: the months it lasts."""
    if found := _QUARTER.fullmatch(plain):
        number = found[1] or found[2]
        quarter = _NUMERALS.get(number) or int(number)
        return _months(int(found[3]), quarter * 3 - 2, 3)
    if found := _HALF.fullmatch(plain):
        return _months(int(found[2]), int(found[1]) * 6 - 5, 6)
    if found := _SEASON.fullmatch(plain):
        return _months(int(found[2]), _SEASONS[found[1]], 3)
    if (found := _WINTER.fullmatch(plain)) and (int(found[1]) + 1) % 100 == int(found[2]) % 100:
        return _months(int(found[1]), 12, 3)
    return None


def _months(year: int, month: int, count: int) -> Period:
    first = _date(year, month, 1)
    following, ending = divmod(month + count - 2, 12)
    last = last_day(_date(year + following, ending + 1, 1), "month")
    return Period(first, "month", last)


def _joined(parts: list[_Part], is_span: bool, is_past: bool) -> Period:
    """What is named one by one must follow one another: "12./13.4.24", "April/Mai 2026"."""
    closing = parts[-1].resolved(is_past)
    first, precision = closing
    for part in reversed(parts[:-1]):
        begin = part.before(first, is_past)
        if not is_span and last_day(*begin) + timedelta(days=1) != first:
            raise Unclear(PERIOD_ERROR)
        first, precision = begin
    last = last_day(*closing)
    if first > last:
        raise Unclear(END_ERROR, "ein Ende, das nicht vor dem Beginn liegt")
    is_one = len(parts) == 1 or (first, precision) == (last, "day")
    return Period(first, precision, None if is_one else last)


def _with_year(parts: list[_Part], is_span: bool, is_past: bool) -> Period:
    """The next time it comes round, or the last time it did."""
    if not parts[-1].month or any(part.year for part in parts):
        raise Unclear(PERIOD_ERROR)
    today = timezone.localdate()
    *before, closing = parts
    nearest: list[Period] = []
    for year in range(today.year - 8, today.year + 9):
        try:
            named = _Part(str(year), closing.month, closing.day, closing.weekday)
            nearest.append(_joined([*before, named], is_span, is_past=False))
        except Unclear:
            continue  # the 29th of February, or another weekday
    past = [period for period in nearest if period.first <= today]
    coming = [period for period in nearest if period.end >= today]
    if not nearest:
        raise Unclear(PERIOD_ERROR)
    if is_past:
        return past[-1] if past else coming[0]
    return coming[0] if coming else past[-1]


def _month(name: str | None) -> int:
    if name and name not in _MONTH_OF:
        raise Unclear(PERIOD_ERROR)
    return _MONTH_OF[name] if name else 0


def _year(written: str, is_past: bool) -> int:
    """Of two digits, the latest year that is not to come where only a past one makes sense."""
    number = int(written)
    if len(written) == 4:
        return number
    this = timezone.localdate().year
    number += this - this % 100
    if is_past:
        return number - 100 if number > this else number
    if number > this + YEARS_AHEAD:
        raise Unclear(
            "Schreiben Sie das Jahr mit vier Ziffern, zum Beispiel 12.5.1965.",
            "das Jahr mit vier Ziffern, zum Beispiel 12.5.1965",
        )
    return number


def _date(year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise Unclear(PERIOD_ERROR)
    try:
        return date(year, month, day)
    except ValueError:
        raise Unclear(PERIOD_ERROR) from None

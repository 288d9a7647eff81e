"""What people type into cells, read as the forms want it; ValueError says what was expected."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import models
from django_countries.fields import CountryField

from ui.amounts import parse_number
from ui.dates import german_date
from ui.day_fields import PastDateField
from ui.periods import Unclear, parse_day, parse_partial, parse_period
from ui.text import clean_line, clean_text, folded

Read = Callable[[str], Any]

DAY = "ein Tag, zum Beispiel 3.4.2026"
PARTIAL = "ein Tag, ein Monat oder ein Jahr, zum Beispiel 3.4.2026 oder April 2026"
PERIOD = "ein Zeitraum, zum Beispiel 3.4.2026, 3.–5.4.2026 oder April 2026"
YES_NO = "ja oder nein"
YES, NO = {"ja", "j", "x", "1", "wahr", "true"}, {"nein", "n", "0", "falsch", "false", "-"}
FIRST_SERIAL = date(1899, 12, 30)
SERIALS = range(10_000, 80_000)  # of the years 1927 to 2118; smaller ones are more likely a year


def unserial(text: str) -> str:
    """46115 is what a spreadsheet keeps of 3.4.2026."""
    if text.isascii() and text.isdigit() and len(text) == 5 and int(text) in SERIALS:
        return (FIRST_SERIAL + timedelta(days=int(text))).isoformat()
    return text


def days_read_by(parse: Callable[[str], Any], expected: str) -> Read:
    def read(text: str) -> Any:
        try:
            return parse(unserial(text))
        except Unclear as error:
            raise ValueError(error.expected or expected) from error

    return read


read_period = days_read_by(parse_period, PERIOD)
read_day = days_read_by(parse_day, DAY)
read_past_day = days_read_by(partial(parse_day, is_past=True), DAY)
read_past_partial = days_read_by(partial(parse_partial, is_past=True), PARTIAL)


def read_yes_no(text: str) -> bool:
    word = folded(text)
    if word in YES or word in NO:
        return word in YES
    raise ValueError(YES_NO)


def text_up_to(length: int) -> Read:
    def read(text: str) -> str:
        line = clean_line(text)
        if len(line) > length:
            raise ValueError(f"ein Text von höchstens {length} Zeichen")
        return line

    return read


@dataclass(frozen=True)
class Words:
    """Names and what they stand for; whoever reads only what may be seen knows nothing else."""

    expected: str
    meanings: Mapping[str, Any]
    # What the file to fill in names as allowed.
    offered: tuple[str, ...] = ()

    def __call__(self, text: str) -> Any:
        try:
            return self.meanings[folded(text)]
        except KeyError:
            raise ValueError(self.expected) from None

    def several(self, text: str) -> list[Any]:
        """Names with ; or , between them; one that has a comma itself is found whole."""
        if folded(text) in self.meanings:
            return [self.meanings[folded(text)]]
        parts = text.replace("\n", ";").split(";")
        if len(parts) == 1:
            parts = text.split(",")
        return [self(part) for part in parts if part.strip()]


def words_of(
    expected: str, pairs: Iterable[tuple[str, Any]], others: Iterable[tuple[str, Any]] = ()
) -> Words:
    """A name that stands for two things stands for none; `others` are asked where no pair has it."""
    found = _meanings(others) | _meanings(pairs)
    return Words(expected, {name: value for name, value in found.items() if value is not None})


def _meanings(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, meaning in pairs:
        key = folded(name)
        if key and found.get(key, meaning) != meaning:
            found[key] = None
        elif key:
            found[key] = meaning
    return found


def choice_words(
    choices: Iterable[tuple[Any, Any]], spellings: Iterable[tuple[str, Any]] = ()
) -> Words:
    """By label, by the code that addresses use, and as people spell them besides."""
    pairs = [(str(code), str(label)) for code, label in choices]
    labels = tuple(label for _, label in pairs)
    words = words_of(
        f"eines von: {', '.join(labels)}",
        [
            *((label, code) for code, label in pairs),
            *((code, code) for code, _ in pairs),
            *spellings,
        ],
    )
    return replace(words, offered=labels)


READERS: tuple[tuple[type[models.Field], Read], ...] = (
    (models.BooleanField, read_yes_no),
    (PastDateField, read_past_day),
    (models.DateField, read_day),
    (models.IntegerField, parse_number),
    (models.TextField, clean_text),
    (models.CharField, clean_line),
)


def reader_of(field: models.Field) -> Read:
    """What turns the text of a cell into a value of this field."""
    if field.choices:
        return choice_words(field.choices)
    return next(read for kind, read in READERS if isinstance(field, kind))


def told_by(field: models.Field, record: Any) -> str:
    """What a record holds in this field, in the words of a cell."""
    value = getattr(record, field.name)
    if isinstance(field, CountryField):
        return ", ".join(str(one.name) for one in (value if field.multiple else [value]))
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return german_date(value) if isinstance(value, date) else str(value or "")

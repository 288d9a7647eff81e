"""Reads the CSV files of the register and says, for every cell that is wrong, what was expected."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from django.db import models

from ministries.history.dated import Precision
from ui.text import clean_line, clean_signs

LARGEST_FILE = 5_000_000
LIST_SEPARATOR = ";"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
Read: TypeAlias = Callable[[str], Any]
Row = TypeVar("Row", bound=models.Model)


def read_number(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,12}", text):
        return int(text)
    raise ValueError("eine ganze Zahl ohne Punkt und Leerzeichen.")


def read_degrees(text: str) -> Decimal:
    with suppress(InvalidOperation):
        number = Decimal(text)
        if number.is_finite() and abs(number) <= 180:
            return number
    raise ValueError("eine Zahl in Grad mit Punkt, zum Beispiel 51.103.")


def read_day(text: str) -> date:
    return _date(text, [10], "ein Tag, zum Beispiel 2024-12-19.")


def read_partial_date(text: str) -> date:
    return _date(text, [*_PRECISIONS], "ein Datum als 2024-12-19, 2024-12 oder 2024.")


def _date(text: str, lengths: Collection[int], expected: str) -> date:
    with suppress(ValueError):
        if _DATE.fullmatch(text) and len(text) in lengths:
            return date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    raise ValueError(expected)


READERS: dict[type[models.Field], Read] = {
    models.IntegerField: read_number,
    models.DecimalField: read_degrees,
    models.DateField: read_day,
}


@dataclass(frozen=True)
class Problem:
    """One wrong cell; line 1 is the header, no column means the whole line or file."""

    file: str
    line: int
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f", Zeile {self.line}"
        if self.column:
            place += f", Spalte „{self.column}“: Wert „{self.value}“"
        return f"{place}. Erwartet: {self.expected}"


class CsvRow:
    """A line of a file; every getter returns None and notes a problem where a cell is wrong."""

    def __init__(
        self, file: str, line: int, cells: Mapping[str, str], problems: list[Problem]
    ) -> None:
        self.file = file
        self.line = line
        self.is_sound = True
        self._cells = cells
        self._problems = problems

    def refuse(self, column: str, expected: str, value: str | None = None) -> None:
        shown = self._cells.get(column, "") if value is None else value
        self._problems.append(Problem(self.file, self.line, column, shown, expected))
        self.is_sound = False

    def text(self, column: str, *, required: bool = False) -> str:
        value = self._cells[column]
        if required and not value:
            self.refuse(column, "ein Eintrag, das Feld darf nicht leer sein.")
        return value

    def read(self, column: str, read: Read, *, required: bool = False) -> Any:
        """None for an empty cell; `read` says in a ValueError what it expected."""
        value = self.text(column, required=required)
        try:
            return read(value) if value else None
        except ValueError as error:
            self.refuse(column, str(error))
            return None

    def partial_date(self, column: str) -> tuple[date | None, Precision]:
        """A day, a month or a year; an empty cell is unknown."""
        precision = _PRECISIONS.get(len(self._cells[column]), Precision.DAY)
        return self.read(column, read_partial_date), precision

    def choice(self, column: str, codes: Collection[str]) -> Any:
        return self._meant(column, {code: code for code in codes}, f"einer von {', '.join(codes)}.")

    def slug(self) -> str | None:
        if _SLUG.fullmatch(self._cells["slug"]):
            return self._cells["slug"]
        self.refuse("slug", "ein Kurzname aus Kleinbuchstaben, Ziffern und Bindestrichen.")
        return None

    def values(self, model: type[models.Model], *, but: Collection[str] = ()) -> dict[str, Any]:
        """What the columns hold that are named like fields, short names and links left out."""
        fields = {field.name: field for field in model._meta.concrete_fields}
        found: dict[str, Any] = {}
        for column in (name for name in self._cells if name in fields and name not in but):
            field, precision = fields[column], f"{column}_precision"
            if precision in fields:
                found[column], found[precision] = self.partial_date(column)
            elif not isinstance(field, models.SlugField | models.ForeignKey):
                found[column] = self._value(column, field)
        return found

    def _value(self, column: str, field: models.Field) -> Any:
        """A fact says where it comes from; else a cell may be empty where the field may."""
        if field.choices:
            return self.choice(column, [code for code, _ in field.flatchoices])
        if isinstance(field, models.BooleanField):
            return self._meant(column, {"yes": True, "no": False}, "yes oder no.")
        required = column == "source" or not (field.blank or field.null)
        for kind, read in READERS.items():
            if isinstance(field, kind):
                return self.read(column, read, required=required)
        return self.text(column, required=required)

    def _meant(self, column: str, meanings: Mapping[str, Any], expected: str) -> Any:
        if self._cells[column] not in meanings:
            self.refuse(column, expected)
        return meanings.get(self._cells[column])

    def items(self, column: str) -> list[str]:
        parts = [part.strip() for part in self._cells[column].split(LIST_SEPARATOR)]
        return [part for part in parts if part]

    def reference(
        self, column: str, known: Mapping[str, Row | None], what: str, *, required: bool = True
    ) -> Row | None:
        """The object of that short name; `known` maps to None where its own line is wrong."""
        value = self.text(column, required=required)
        return self._known(column, value, known, what) if value else None

    def references(
        self, column: str, known: Mapping[str, Row | None], what: str
    ) -> list[Row | None]:
        return [self._known(column, item, known, what) for item in self.items(column)]

    def _known(
        self, column: str, value: str, known: Mapping[str, Row | None], what: str
    ) -> Row | None:
        if value not in known:
            self.refuse(column, f"der Kurzname von {what}; diesen gibt es nicht.", value)
        elif known[value] is None:
            self.is_sound = False  # its own line was refused already, one message is enough
        return known.get(value)


def read_rows(path: Path, columns: Iterable[str], problems: list[Problem]) -> Iterator[CsvRow]:
    """The lines of a UTF-8 file with exactly these columns, in any order."""
    text = _decoded(path, problems)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [clean_line(name) for name in next(reader, [])]
        if not _header_fits(path.name, header, list(columns), problems):
            return
        line = reader.line_num + 1
        for cells in reader:
            first_line, line = line, reader.line_num + 1
            if not any(cells):
                continue
            if len(cells) != len(header):
                expected = f"{len(header)} Spalten, gefunden wurden {len(cells)}."
                problems.append(Problem(path.name, first_line, "", "", expected))
                continue
            clean = {
                name: clean_signs(cell).strip() for name, cell in zip(header, cells, strict=True)
            }
            yield CsvRow(path.name, first_line, clean, problems)
    except csv.Error:
        expected = "vollständige Anführungszeichen und Kommas als Trennzeichen."
        problems.append(Problem(path.name, reader.line_num, "", "", expected))


def _decoded(path: Path, problems: list[Problem]) -> str | None:
    expected = ""
    try:
        if path.stat().st_size > LARGEST_FILE:
            expected = "eine Datei bis 5 MB."
        else:
            text = path.read_bytes().decode("utf-8-sig")
            if "\0" not in text:
                return text
            expected = "Text ohne NUL-Zeichen."
    except OSError:
        expected = f"die lesbare Datei {path}."
    except UnicodeDecodeError as error:
        expected = f"Text in UTF-8; das Byte an Stelle {error.start} ist es nicht."
    problems.append(Problem(path.name, 0, "", "", expected))
    return None


def _header_fits(file: str, header: list[str], columns: list[str], problems: list[Problem]) -> bool:
    for name in columns:
        if name not in header:
            expected = "eine Spalte dieses Namens in der Kopfzeile; sie fehlt."
            problems.append(Problem(file, 1, name, "", expected))
    for name in header:
        if name not in columns or header.count(name) > 1:
            expected = f"nur die Spalten {', '.join(columns)}, jede einmal."
            problems.append(Problem(file, 1, name, name, expected))
    return sorted(header) == sorted(columns)

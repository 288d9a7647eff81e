"""Reads a spreadsheet and says what stands in its cells, or why it is refused.

Runs as a program of its own (`python -m partnerships.imports.reading PATH NAME`), limited in memory
and processor time like `partnerships.files.inspection`. It knows nothing of Django. It prints one line of
JSON: {"sheets": [{"name", "headings", "rows": [[number, cells]]}], "unread": […]} or {"refusal": …};
"doubt" as there.
"""

import csv
import io
import json
import resource
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from partnerships.files.findings import Refused
from partnerships.files.inspection import TEST_VIRUS, check_name
from partnerships.files.markings import refuse_classified
from partnerships.imports.packing import check_archive, margins_of, merged_headings
from ui.text import clean_line, clean_signs

MEMORY = 768 * 1024 * 1024
SECONDS = 20
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5_000, 60, 10_000
MOST_SHEETS, MOST_BLANK = 20, 2_000
SUFFIXES = (".xlsx", ".csv", ".txt")
ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITERS = ";,\t"
HIGHEST_DATE_SERIAL = 1e15  # beyond that a spreadsheet has lost digits
ESCAPED = ("'=", "'+", "'-", "'@", "''", "'|", "'\t", "'＝", "'＋", "'－", "'＠")
TOO_MANY_ROWS = (
    f"Die Tabelle hat mehr als {MOST_ROWS:,} Zeilen. Teilen Sie sie auf mehrere Dateien auf."
).replace(",", ".")
TOO_MANY_COLUMNS = (
    f"Die Tabelle hat mehr als {MOST_COLUMNS} Spalten. Löschen Sie die, die nicht gebraucht werden."
)


@dataclass
class Sheet:
    """A table: its headings, and below them every row that is not empty, with its number."""

    name: str
    headings: list[str] = field(default_factory=list)
    heading_row: int = 1
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    def take(self, number: int, cells: list[str]) -> None:
        cells = [clean_signs(cell).strip() for cell in cells]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise Refused(TOO_MANY_COLUMNS)
        if not cells:
            return
        for position, cell in enumerate(cells, start=1):
            if len(cell) > LONGEST_CELL:
                raise Refused(
                    f"{place(self.name, number, position)}: Der Text ist länger als "
                    f"{LONGEST_CELL} Zeichen. Kürzen Sie ihn."
                )
        if not self.headings:
            self.headings, self.heading_row = cells, number
        elif len(self.rows) >= MOST_ROWS:
            raise Refused(TOO_MANY_ROWS)
        else:
            self.rows.append((number, cells))


def place(sheet: str, row: int, column: int) -> str:
    return f"Tabelle „{sheet}“, Zelle {get_column_letter(column)}{row}"


def read(path: Path, name: str) -> dict[str, Any]:
    """The sheets of an acceptable file; raises Refused."""
    suffix = "." + name.rpartition(".")[2].lower()
    if suffix not in SUFFIXES:
        raise Refused("Importiert werden Dateien der Arten XLSX und CSV. Speichern Sie sie so ab.")
    check_name(name if suffix != ".csv" else f"{name[:-4]}.txt")
    if path.stat().st_size == 0:
        raise Refused("Die Datei ist leer. Prüfen Sie, ob sie vollständig gespeichert ist.")
    sheets, unread = read_xlsx(path) if suffix == ".xlsx" else (read_csv(path), [])
    margins = margins_of(path) if suffix == ".xlsx" else ""
    doubt = refuse_classified(name, "\n".join(_lines(sheets)), margins)
    filled = [sheet for sheet in sheets if sheet.headings]
    if not filled:
        raise Refused("Die Datei enthält keine Angaben: Alle Tabellen sind leer.")
    answer = {"sheets": [vars(sheet) for sheet in filled], "unread": unread}
    return answer | ({"doubt": doubt} if doubt else {})


def _lines(sheets: list[Sheet]) -> Iterator[str]:
    """A cell is a line, and so is the name of a sheet."""
    for sheet in sheets:
        yield from (sheet.name, *sheet.headings)
        for _, cells in sheet.rows:
            yield from cells


# CSV


def read_csv(path: Path) -> list[Sheet]:
    content = path.read_bytes()
    if TEST_VIRUS in content:
        raise Refused("Die Datei enthält Schadsoftware und wird nicht angenommen.")
    text = decoded(content)
    sheet = Sheet("CSV")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    csv.field_size_limit(LONGEST_CELL * 2)
    try:
        for cells in lines:
            sheet.take(lines.line_num, [unescaped(cell.strip()) for cell in cells])
    except csv.Error as error:
        raise Refused(
            f"Zeile {lines.line_num} der CSV-Datei ist nicht lesbar: Prüfen Sie die "
            "Anführungszeichen, oder speichern Sie die Tabelle als XLSX."
        ) from error
    return [sheet]


def decoded(content: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with one, else what Windows wrote for decades."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: Iterable[str] = ("utf-16",)
    else:
        encodings = ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise Refused(
        "Die Datei ist nicht als Text lesbar. Speichern Sie sie als „CSV UTF-8“ oder als XLSX."
    )


def delimiter_of(text: str) -> str:
    """The sign that parts the headings; what stands in quotes does not count."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def unescaped(cell: str) -> str:
    """An apostrophe in front keeps exports from being read as formulas; it is no part of the text."""
    return cell[1:] if cell.startswith(ESCAPED) else cell


# XLSX


def read_xlsx(path: Path) -> tuple[list[Sheet], list[str]]:
    check_archive(path)
    try:
        book = load_workbook(
            io.BytesIO(path.read_bytes()), read_only=True, data_only=False, keep_links=False
        )
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused("Die Datei ist beschädigt. Speichern Sie sie in Excel neu.") from error
    if len(book.worksheets) > MOST_SHEETS:
        raise Refused(f"Die Datei hat mehr als {MOST_SHEETS} Tabellen. Löschen Sie die übrigen.")
    merged = merged_headings(path)
    sheets, unread = [], []
    for number, worksheet in enumerate(book.worksheets, start=1):
        if worksheet.sheet_state != "visible":
            unread.append(f"{worksheet.title} (ausgeblendet)")
            continue
        sheet = Sheet(clean_line(worksheet.title))
        try:
            for row, cells in rows_of(worksheet):
                sheet.take(row, cells)
        except (Refused, MemoryError):
            raise
        except Exception as error:
            raise Refused(
                f"Die Tabelle „{sheet.name}“ ist beschädigt. Speichern Sie die Datei in Excel neu."
            ) from error
        refuse_merged(sheet, merged.get(number, []))
        sheets.append(sheet)
    return sheets, unread


def rows_of(worksheet: Any) -> Iterator[tuple[int, list[str]]]:
    blank = 0
    worksheet.reset_dimensions()
    rows = worksheet.iter_rows(max_col=MOST_COLUMNS + 1)
    for number, cells in enumerate(rows, start=1):
        texts = [
            text_of(cell, worksheet.title, number, position)
            for position, cell in enumerate(cells, start=1)
        ]
        if any(texts):
            blank = 0
            yield number, texts
        elif (blank := blank + 1) > MOST_BLANK:
            return


def text_of(cell: Any, sheet: str, row: int, column: int) -> str:
    """A cell as somebody would have typed it; dates as 2026-04-03."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise Refused(
            f"{place(sheet, row, column)} enthält eine Formel. Fügen Sie statt der Formel ihren "
            "Wert ein (Inhalte einfügen, Werte)."
        )
    if cell.data_type == "e":
        raise Refused(f"{place(sheet, row, column)} enthält den Fehlerwert {value}.")
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < HIGHEST_DATE_SERIAL:
        return str(int(value))
    return str(value).strip()


def refuse_merged(sheet: Sheet, ranges: list[tuple[int, str]]) -> None:
    """Cells put together in the line of headings leave columns without a name."""
    for row, cells in ranges:
        if row <= sheet.heading_row:
            raise Refused(
                f"Tabelle „{sheet.name}“: In der Überschrift sind die Zellen {cells} verbunden. "
                "Heben Sie die Verbindung auf und geben Sie jeder Spalte eine Überschrift."
            )


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    path, name = Path(sys.argv[1]), sys.argv[2]
    try:
        answer = read(path, name)
    except Refused as refused:
        answer = {"refusal": str(refused)}
    except (MemoryError, RecursionError):
        answer = {"refusal": "Die Datei ist zu aufwendig gebaut und wird nicht angenommen."}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

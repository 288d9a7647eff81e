"""Lists as files: CSV for every spreadsheet, XLSX with real dates. No cell is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

from ui.columns import Column
from ui.demo import demo_mark
from ui.text import clean_signs

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "|", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_000
FORMATS = ("csv", "xlsx")
LINES_AT_ONCE = 200  # each piece that is sent costs the server as much as a line
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """`name`: at most 31 characters, none of []:*?/\\."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Any]


class Echo:
    """A file that hands back what the csv writer writes."""

    def write(self, value: str) -> str:
        return value


def marked(columns: Sequence[Column]) -> Sequence[Column]:
    """In a demonstration one more, so that no row is taken out without saying so."""
    mark = demo_mark()
    return [*columns, Column("demo_mark", mark, lambda row: mark)] if mark else columns


def harmless(value: str) -> str:
    """Keep a spreadsheet from reading a text as a formula: an apostrophe in front."""
    return f"'{value}" if value.lstrip(" \u00a0").startswith(DANGEROUS) else value


def plain_cell(value: Any) -> str:
    """A cell as text, in German; numbers keep their sign."""
    if type(value) is str:
        text = clean_signs(value)
        return text if text[:1].isalnum() else harmless(text)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return (
            f"{timezone.localtime(value):%d.%m.%Y %H:%M}"
            if timezone.is_aware(value)
            else f"{value:%d.%m.%Y %H:%M}"
        )
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal | float):
        return str(value).replace(".", ",")
    return harmless(clean_signs(str(value)))


def csv_response(
    *, name: str, columns: Sequence[Column], rows: Iterable[Any]
) -> StreamingHttpResponse:
    """Stream semicolon-separated UTF-8 with a byte order mark, as German spreadsheets expect it."""
    writer = csv.writer(Echo(), delimiter=";", lineterminator="\r\n")
    columns = marked(columns)
    values = [column.read for column in columns]

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow([harmless(column.label) for column in columns])
        written = (writer.writerow([plain_cell(value(row)) for value in values]) for row in rows)
        while together := "".join(islice(written, LINES_AT_ONCE)):
            yield together

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(name, "csv")}"'
    return response


def xlsx_response(
    *,
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Any],
    facts: Sequence[tuple[str, str]],
) -> HttpResponse:
    """One sheet with the list, its header frozen, and one that says what it is and as of when."""
    return workbook_response(
        name=name, title=title, sheets=[Sheet("Liste", columns, rows)], facts=facts
    )


def workbook_response(
    *, name: str, title: str, sheets: Iterable[Sheet], facts: Sequence[tuple[str, str]]
) -> HttpResponse:
    """A sheet for each list, and one that says what it all is and as of when."""
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(
        file, {**options, "remove_timezone": True, "default_date_format": "dd.mm.yyyy"}
    ) as book:
        # The day, not the second: the same list of the same minute is the same file.
        day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        book.set_properties(
            {"title": clean_signs(title), "author": "Brücke", "comments": _as_of(), "created": day}
        )
        for each in sheets:
            _write_rows(book, each)
        sheet = book.add_worksheet("Angaben")
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 80)
        for number, (label, text) in enumerate([("Inhalt", title), ("Stand", _as_of()), *facts]):
            sheet.write_string(number, 0, label)
            sheet.write_string(number, 1, sheet_text(text))
    response = HttpResponse(file.getvalue(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file_name(name, "xlsx")}"'
    return response


def file_name(name: str, extension: str) -> str:
    return f"{name}-{timezone.localdate():%Y-%m-%d}.{extension}"


def _as_of() -> str:
    return f"{timezone.localtime():%d.%m.%Y, %H:%M} Uhr"


def _write_rows(book: Any, each: Sheet) -> None:
    columns = marked(each.columns)
    values = [column.read for column in columns]
    sheet = book.add_worksheet(each.name)
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm", "valign": "top"})
    day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"})
    clock_time = book.add_format({"num_format": "hh:mm", "valign": "top"})
    sheet.freeze_panes(1, 0)
    for position, column in enumerate(columns):
        sheet.set_column(position, position, max(14, min(40, len(column.label) + 4)))
        sheet.write_string(0, position, column.label, bold)
    count = 0
    for count, row in enumerate(each.rows, start=1):
        for position, value in enumerate(values):
            cell = value(row)
            if isinstance(cell, datetime):
                sheet.write_datetime(count, position, _local(cell), moment)
            elif isinstance(cell, date):
                sheet.write_datetime(count, position, cell, day)
            elif isinstance(cell, time):
                sheet.write_datetime(count, position, cell, clock_time)
            elif isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
                sheet.write_number(count, position, cell)
            elif cell not in (None, ""):
                sheet.write_string(count, position, sheet_text(cell), wrapped)
    if values:
        sheet.autofilter(0, 0, count, len(values) - 1)


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(tzinfo=None) if timezone.is_aware(moment) else moment


def sheet_text(cell: Any) -> str:
    """A text for `write_string`, which takes one from <r> to </r> for markup of its own."""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    text = clean_signs(str(cell))[:LONGEST_CELL]
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text

"""The file to fill in: headings, one example, and what each column may hold. No cell is a formula."""

import io
from datetime import UTC, datetime

import xlsxwriter

from partnerships.imports.kinds import ImportKind
from ui.demo import demo_mark
from ui.exports import sheet_text

NOTE = (
    "Die erste Zeile unter den Überschriften ist ein Beispiel; überschreiben Sie sie. Leere Zellen "
    "ändern an vorhandenen Einträgen nichts. Pflichtspalten sind mit * bezeichnet."
)


def template_file(kind: ImportKind) -> bytes:
    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties(
            {"created": datetime(2026, 1, 1, tzinfo=UTC)}
        )  # the same file on any day
        bold = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(kind.title)
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(kind.columns):
            star = "*" if column.is_required else ""
            sheet.set_column(number, number, max(14, len(column.label) + 4))
            sheet.write_string(0, number, f"{column.label}{star}", bold)
            example = column.example or "".join(kind.allowed(column.name)[:1])
            if example:
                sheet.write_string(1, number, sheet_text(example))
        notes = book.add_worksheet("Erläuterung")
        notes.set_column(0, 0, 28)
        notes.set_column(1, 1, 80)
        notes.write_string(0, 0, "Zu dieser Datei", bold)
        notes.write_string(0, 1, NOTE, wrapped)
        notes.write_string(1, 1, demo_mark())
        for row, column in enumerate(kind.columns, start=2):
            words = "; ".join(kind.allowed(column.name))
            text = ". ".join(
                part for part in (column.help, f"Erlaubt: {words}" if words else "") if part
            )
            notes.write_string(row, 0, f"{column.label}{'*' if column.is_required else ''}")
            notes.write_string(row, 1, sheet_text(text), wrapped)
    return file.getvalue()

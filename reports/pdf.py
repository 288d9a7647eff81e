"""A report as accessible PDF (PDF/UA-1, PDF/A-2a), set by typst in this process."""

import json
import re
from pathlib import Path
from typing import Any

import typst

from reports.content import Facts, Part, Report, Table
from ui.markup import NOTHING
from ui.text import blocks

SOURCE = Path(__file__).parent / "documents" / "report.typ"
# What the font holds; a PDF/UA without a glyph would be refused as a whole.
FOREIGN = re.compile(
    "[^\n\u0020-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u203e\u2044-\u2052"
    "\u2054-\u205e\u20a0-\u20bf\u2116\u2122\u2190-\u2193\u2212\u25a0\u25a1\u2713]+"
)
NOT_SHOWN = "[fremde Schrift]"


def report_pdf(report: Report) -> bytes:
    data = {
        "title": report.title,
        "subtitle": report.subtitle,
        "mark": report.mark,
        "footer": report.footer,
        "stamp": report.stamp,
        "year": report.as_of.year,
        "month": report.as_of.month,
        "day": report.as_of.day,
        "sections": [
            {
                "title": section.title,
                "missing": section.missing,
                "parts": [_part(part) for part in section.parts],
            }
            for section in report.sections
        ],
    }
    made = typst.compile(
        str(SOURCE),
        root=str(SOURCE.parent),
        sys_inputs={"data": json.dumps(_printable(data), ensure_ascii=False)},
        pdf_standards=["ua-1", "a-2a"],
        ignore_system_fonts=True,
    )
    return bytes(made)


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Facts):
        rows = [[label, value or NOTHING] for label, value in part.rows]
        return {"kind": "facts", "rows": rows}
    if isinstance(part, Table):
        return {
            "kind": "table",
            "head": list(part.head),
            "rows": part.cells,
            "shares": part.shares,
        }
    prose = [{"lines": list(block.lines), "is_list": block.is_list} for block in blocks(part.text)]
    return {"kind": "text", "heading": part.heading, "note": part.note, "blocks": prose}


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return FOREIGN.sub(NOT_SHOWN, value)
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    return [_printable(inner) for inner in value] if isinstance(value, list) else value

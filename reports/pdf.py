"""A report as accessible PDF (PDF/UA-1, PDF/A-2a), set by typst in this process."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from fontTools.ttLib import TTFont

from reports.content import Facts, Part, Report, Table
from ui.markup import NOTHING
from ui.text import blocks

SOURCE = Path(__file__).parent / "documents" / "report.typ"
PDF_TYPE = "application/pdf"
# Takes over where the font of the text ends; laid there when the assets are built.
FONTS = Path(settings.BASE_DIR) / "build" / "fonts"
NO_GLYPH = ("Cf", "Co", "Zl", "Zp")  # invisible, for private use, breaks
FOREIGN, SIGN = "[fremde Schrift]", "[Zeichen]"
FOREIGN_WORDS = re.compile(rf"{re.escape(FOREIGN)}(?: {re.escape(FOREIGN)})+")


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
    return compile_pdf(SOURCE, data)


def compile_pdf(source: Path, data: dict[str, Any]) -> bytes:
    made = typst.compile(
        str(source),
        root=str(source.parent),
        font_paths=[str(FONTS)],
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


@cache
def _glyphless() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Signs the fonts lack, and words that may hold some: a PDF/UA with one is refused as a whole."""
    held = map(chr, TTFont(FONTS / "DejaVuSans.ttf").getBestCmap())
    visible = "".join(sign for sign in held if unicodedata.category(sign) not in NO_GLYPH)
    lacking = f"[^\n{re.escape(visible)}]"
    return re.compile(f"{lacking}+"), re.compile(rf"(?:\w|{lacking})+")


def set_in_type(text: str) -> str:
    """A word in a script the fonts lack is told as such, any other sign they lack as a sign."""
    lacking, words = _glyphless()
    if not lacking.search(text):
        return text
    return FOREIGN_WORDS.sub(FOREIGN, words.sub(_told, text))


def _told(found: re.Match[str]) -> str:
    lacking, _ = _glyphless()
    word = "".join(sign for sign in found[0] if unicodedata.category(sign) != "Cf")
    if any(map(str.isalpha, "".join(lacking.findall(word)))):
        return FOREIGN
    return lacking.sub(SIGN, word)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return set_in_type(value.replace("\t", " "))
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    return [_printable(inner) for inner in value] if isinstance(value, list) else value

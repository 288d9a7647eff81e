"""No cell of any list that leaves as a file is a formula, and every cell says what the table says.

Every text of the world begins as a formula could. Whatever answers `?format=csv` or `?format=xlsx`
with a file takes part.
"""

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pgtrigger
import pytest
from django.db import models
from django.db.models import Value

from tests.harness import canaries, walk
from tests.harness.bad_input import pages
from tests.harness.crawl import Visitor, thrown_away
from tests.harness.matrix import Row
from ui.text import clean_signs

pytestmark = pytest.mark.long

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    "'=",
    "|",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u00a0=",
    '=HYPERLINK("x";"y")',
)
DANGEROUS = tuple("=+-@\t\r\n'|＝＋－＠")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ENCODED = re.compile(r"_x([0-9A-F]{4})_")
# Shorter columns hold codes; a formula of so few characters does nothing.
SHORTEST = 20


@pytest.fixture(scope="module")
def clerk(visitor: Visitor) -> "Clerk":
    return Clerk(visitor, plant())


def plant() -> set[str]:
    """Each way to begin a formula, in turn, in every text, past the fields that would clean it."""
    written: set[str] = set()
    with pgtrigger.ignore(*canaries.guards()):
        for model in walk.models():
            fields = [field for field in canaries.texts_of(model) if takes_formula(field)]
            for number, row in enumerate(model._base_manager.order_by("pk")):
                texts = {
                    field.name: f"{STARTS[(number * 5 + place * 3) % len(STARTS)]}F{row.pk}.{place}"
                    for place, field in enumerate(fields)
                }
                if texts:
                    raw = {name: Value(text, models.TextField()) for name, text in texts.items()}
                    model._base_manager.filter(pk=row.pk).update(**raw)
                    written |= set(map(clean_signs, texts.values()))
    return written


def takes_formula(field: models.Field) -> bool:
    if isinstance(field, models.SlugField | models.EmailField | models.JSONField):
        return False
    return (field.max_length or SHORTEST) >= SHORTEST


TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats"}


class Clerk:
    """Fetches each list once as both kinds of file."""

    def __init__(self, visitor: Visitor, written: set[str]) -> None:
        self.visitor, self.written = visitor, written
        self.csv_of = cache(self._csv)
        self.xlsx_of = cache(self._xlsx)

    def _file(self, row: Row, role: str, kind: str) -> Any:
        url = self.visitor.url(row).partition("?")[0]
        with thrown_away():
            response = self.visitor.client(role).get(f"{url}?format={kind}")
            body = b"".join(response.streaming_content) if response.streaming else response.content
        return body if response.headers["Content-Type"].startswith(TYPES[kind]) else None

    def _csv(self, row: Row, role: str) -> list[list[str]]:
        body = self._file(row, role, "csv")
        if body is None:
            return []
        text = io.StringIO(body.decode().removeprefix("\ufeff"), newline="")
        return list(csv.reader(text, delimiter=";"))

    def _xlsx(self, row: Row, role: str) -> ET.Element | None:
        body = self._file(row, role, "xlsx")
        if body is None:
            return None
        with ZipFile(io.BytesIO(body)) as archive:
            return ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))


def roles(row: Row) -> list[str]:
    return [role for role, status in row.expected.items() if status == "200" and role in READERS]


READERS = ("coordination", "officer", "auditor", "administrator")
# One's own data leave as CSV and JSON.
NO_LIST = ("accounts:my_data",)
LISTS = [row for row in pages() if "200" in row.expected.values() and row.route not in NO_LIST]


def files(clerk: Clerk) -> Iterator[tuple[Row, str]]:
    for row in LISTS:
        for role in roles(row):
            if not clerk.csv_of(row, role):
                break  # what is no list for one is none for another
            yield row, role


def test_lists_leave_as_files(clerk: Clerk) -> None:
    """Otherwise the tests below would prove nothing; whoever has one format has the other."""
    known = {row.route for row, _ in files(clerk)}
    assert known >= {"partnerships:list", "partnerships:agreements_list", "partnerships:regions"}
    assert [row.route for row, role in files(clerk) if clerk.xlsx_of(row, role) is None] == []
    told = {
        cell.removeprefix("'")
        for row, role in files(clerk)
        for line in clerk.csv_of(row, role)
        for cell in line
    }
    begun = {
        start for start in STARTS for cell in told if cell.startswith(f"{clean_signs(start)}F")
    }
    assert begun == set(STARTS)


def test_no_csv_cell_is_a_formula(clerk: Clerk) -> None:
    formulas = [
        (row.route, cell)
        for row, role in files(clerk)
        for line in clerk.csv_of(row, role)
        for cell in line
        if cell.lstrip(" \u00a0").startswith(DANGEROUS) and not cell.startswith("'")
    ]
    assert formulas == []


def test_no_xlsx_cell_is_a_formula(clerk: Clerk) -> None:
    for row, role in files(clerk):
        sheet = clerk.xlsx_of(row, role)
        assert sheet is not None
        assert list(sheet.iter(f"{SHEET}f")) == []
        assert list(sheet.iter(f"{SHEET}hyperlink")) == []
        assert {cell.get("t") for cell in sheet.iter(f"{SHEET}c")} <= {"inlineStr", "s", None, "n"}


def test_cells_say_what_the_register_says(clerk: Clerk) -> None:
    """Cell by cell the CSV is the XLSX, but for the apostrophe, and both are what was written."""
    whole = 0
    for row, role in files(clerk):
        lines = zip(clerk.csv_of(row, role), texts_of(clerk.xlsx_of(row, role)), strict=True)
        for cells, texts in lines:
            assert {place: plain(cells[place]) for place in texts} == texts, (row.route, role)
            whole += len(clerk.written & set(texts.values()))
    assert whole > len(STARTS)


def plain(cell: str) -> str:
    """What a reader does to have the text back: an apostrophe in front was put there by us."""
    return cell[1:] if cell.startswith("'") else cell


def texts_of(sheet: ET.Element | None) -> Iterator[dict[int, str]]:
    """Each line's texts by column; dates and numbers are no texts."""
    assert sheet is not None
    for line in sheet.iter(f"{SHEET}row"):
        cells = [cell for cell in line.iter(f"{SHEET}c") if cell.get("t") == "inlineStr"]
        yield {
            column(cell.get("r", "")): decoded(
                "".join(t.text or "" for t in cell.iter(f"{SHEET}t"))
            )
            for cell in cells
        }


def decoded(text: str) -> str:
    """Characters that XML does not carry stand as _x000D_ in a sheet."""
    return ENCODED.sub(lambda found: chr(int(found[1], 16)), text)


def column(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1

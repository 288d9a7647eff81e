"""What leaves as a file is read back here cell by cell."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests import factories
from tests.signs import stored_and_told
from ui.columns import Column
from ui.exports import csv_response, plain_cell, xlsx_response
from ui.text import clean_signs

FORMULAS = [
    "=1+1", "+49 351 5640", "-5", "@SUM(A1)", "\t=1", "\r=1", "'=1", "|cmd", "＝1+1", " =1", "\n=1",
]  # fmt: skip
COLUMNS = [Column("a", "Angabe", lambda row: row)]
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_csv(response: Any) -> list[list[str]]:
    text = b"".join(response).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def sheet(response: Any, number: int = 1) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(b"".join(response))) as archive:
        return ET.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_makes_formulas_harmless(text: str) -> None:
    rows = read_csv(csv_response(name="x", columns=COLUMNS, rows=[text]))

    assert rows[1] == [f"'{clean_signs(text)}"]


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_has_no_formula_cell(text: str) -> None:
    root = sheet(xlsx_response(name="x", title="X", columns=COLUMNS, rows=[text], facts=[]))

    assert not list(root.iter(f"{NAMESPACE}f"))
    assert {cell.get("t") for cell in root.iter(f"{NAMESPACE}c")} == {"inlineStr"}


def test_csv_keeps_umlauts_and_semicolons() -> None:
    rows = read_csv(csv_response(name="x", columns=COLUMNS, rows=["Oberösterreich; Linz"]))

    assert rows == [["Angabe"], ["Oberösterreich; Linz"]]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "ja"),
        (-5, "-5"),
        (Decimal("1234.50"), "1234,50"),
        (date(2026, 4, 3), "03.04.2026"),
        (datetime(2026, 4, 3, 8, 5, tzinfo=UTC), "03.04.2026 10:05"),
    ],
)
def test_csv_cell_speaks_german(value: Any, words: str) -> None:
    assert plain_cell(value) == words


def test_xlsx_has_real_dates_and_a_frozen_header() -> None:
    root = sheet(
        xlsx_response(name="x", title="X", columns=COLUMNS, rows=[date(2026, 4, 3)], facts=[])
    )

    assert [cell.get("t") for cell in root.iter(f"{NAMESPACE}c")] == ["inlineStr", None]
    assert next(root.iter(f"{NAMESPACE}pane")).get("state") == "frozen"


def test_xlsx_second_sheet_says_what_and_when() -> None:
    facts = [("Filter", "Staat: Polen")]
    response = xlsx_response(name="x", title="Regionen", columns=COLUMNS, rows=[], facts=facts)

    text = " ".join(cell.text or "" for cell in sheet(response, 2).iter(f"{NAMESPACE}t"))

    assert "Regionen Stand" in text
    assert "Staat: Polen" in text


def test_files_bear_every_stored_text() -> None:
    texts = stored_and_told() | {"markup of a sheet": ("<r>&</r>", "<r>&</r>")}
    rows = [stored for stored, _ in texts.values()]
    told = [kept for _, kept in texts.values()]

    xlsx = xlsx_response(
        name="x",
        title=" ".join(rows),
        columns=COLUMNS,
        rows=rows,
        facts=[("Filter", text) for text in rows],
    )
    book = load_workbook(io.BytesIO(b"".join(xlsx)))
    table = [on_one_line(cell.value) for cell in book["Liste"]["A"][1:]]
    facts = [on_one_line(cell.value) for cell in book["Angaben"]["B"][2:]]
    lines = read_csv(csv_response(name="x", columns=COLUMNS, rows=rows))[1:]

    assert table == facts == told
    assert [on_one_line(line[0].removeprefix("'")) for line in lines] == told


def on_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.urls("tests.ui.pages")
@pytest.mark.django_db
def test_list_exports_all_filtered_rows(client: Client) -> None:
    for index in range(40):
        factories.make_region(name=f"Region {index:02d}", country="FR" if index % 2 else "PL")

    response = client.get("/probe/regionen/?country=FR&sort=-name&format=csv&page=2")
    rows = read_csv(response)

    assert [row[0] for row in rows[1:]] == [f"Region {index:02d}" for index in range(39, 0, -2)]
    assert "attachment; filename=" in response["Content-Disposition"]

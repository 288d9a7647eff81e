"""Every page answers and every file it offers opens in its own reader, whatever signs were stored.

Each text of the world is overwritten past every clean-up, as rows were written before there was one.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import docx
import pgtrigger
import pypdf
import pytest
from django.db import models
from openpyxl import load_workbook

from reports.views.dossier import MAKERS
from tests.harness import canaries, walk
from tests.harness.bad_input import pages, role_of
from tests.harness.crawl import Visitor, thrown_away
from tests.harness.matrix import Row
from tests.signs import store, stored_and_told
from ui.exports import XLSX_TYPE
from ui.text import clean_signs

pytestmark = pytest.mark.long

OFFERED = re.compile(r"[?&;]format=(\w+)")
# The rest of a text that fits into so few characters proves nothing.
SHORTEST = 20
TEXTS = [stored for stored, _ in stored_and_told().values()]
KEPT = {name: kept for name, (_, kept) in stored_and_told().items()}


def plant() -> None:
    """All texts in a long field, in a short one each in its turn."""
    with pgtrigger.ignore(*canaries.guards()):
        for model in walk.models():
            fields = [field for field in canaries.texts_of(model) if takes_any(field)]
            for number, row in enumerate(model._base_manager.order_by("pk")):
                store(row, **{field.name: text(field, number) for field in fields})


def takes_any(field: models.Field) -> bool:
    is_coded = isinstance(field, models.SlugField | models.EmailField | models.JSONField)
    is_address = field.name in ("link", "path", "location")
    return not is_coded and not is_address and (field.max_length or SHORTEST) >= SHORTEST


def text(field: models.Field, number: int) -> str:
    """Its number comes first: names differ from each other."""
    if field.max_length is None:
        return "\n".join([str(number), *TEXTS])
    return f"{number} {TEXTS[number % len(TEXTS)]}"[: field.max_length]


def of_workbook(body: bytes) -> Iterator[Any]:
    for sheet in load_workbook(io.BytesIO(body)):
        for row in sheet.iter_rows(values_only=True):
            yield from row


def of_word_file(body: bytes) -> Iterator[str]:
    made = docx.Document(io.BytesIO(body))
    yield from (paragraph.text for paragraph in made.paragraphs)
    yield from (cell.text for table in made.tables for row in table.rows for cell in row.cells)


def of_lines(body: bytes) -> Iterator[str]:
    lines = csv.reader(
        io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";", strict=True
    )
    return (cell for line in lines for cell in line)


def of_pdf(body: bytes) -> Iterator[str]:
    """Without the places where a word may break."""
    for page in pypdf.PdfReader(io.BytesIO(body)).pages:
        yield re.sub("[\u00ad\u200b]", "", page.extract_text())


def of_data(body: bytes) -> Iterator[str]:
    return (line["value"] for section in json.loads(body)["sections"] for line in section["lines"])


READERS: dict[str, Callable[[bytes], Iterator[Any]]] = {
    "text/csv; charset=utf-8": of_lines,
    "application/json": of_data,
    "application/pdf": of_pdf,
    MAKERS["docx"][1]: of_word_file,
    XLSX_TYPE: of_workbook,
}
# No files of ours: an uploaded document, the state of the server, what a field offers.
AS_THEY_ARE = ("partnerships:document-file", "healthz", "register:autocomplete")


def test_every_page_and_file_bears_every_sign(visitor: Visitor) -> None:
    plant()
    failed, unclean = [], []
    told: dict[str, set[str]] = {kind: set() for kind in READERS}
    for row in pages():
        for url, status, kind, body in answers(visitor, row):
            if status >= 500 or (status >= 400 and "format=" in url):
                failed.append((url, status))
            elif kind in READERS and row.route not in AS_THEY_ARE:
                words = [word for word in READERS[kind](body) if isinstance(word, str)]
                unclean += [(url, word) for word in words if clean_signs(word) != word]
                lines = [" ".join(word.split()) for word in words]
                told[kind] |= {name for name in KEPT if any(KEPT[name] in line for line in lines)}
    assert failed == []
    assert unclean == []
    assert [kind for kind, names in told.items() if not names] == []
    assert told[XLSX_TYPE] == set(KEPT)


def answers(visitor: Visitor, row: Row) -> Iterator[tuple[str, int, str, bytes]]:
    """The page or the file, and the files the page offers."""
    role, url = role_of(row), visitor.url(row)
    page = fetched(visitor, role, url)
    yield page
    if page[2].startswith("text/html"):
        for kind in sorted(set(OFFERED.findall(page[3].decode()))):
            yield fetched(visitor, role, f"{url.partition('?')[0]}?format={kind}")


def fetched(visitor: Visitor, role: str, url: str) -> tuple[str, int, str, bytes]:
    with thrown_away():
        response = visitor.client(role).get(url)
        return (
            url,
            response.status_code,
            response.headers.get("Content-Type", ""),
            b"".join(response),
        )

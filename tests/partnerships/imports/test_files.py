"""Files as they arrive: read however a house saves them, and refused where they are hostile."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from partnerships.files.findings import Refused
from partnerships.imports import reading
from tests.partnerships.files import Content, archive, bomb, built
from tests.partnerships.imports.sheets import xlsx

pytestmark = pytest.mark.long

HEAD = ("Funktion", "Partnerschaft", "E-Mail-Adresse", "im Amt seit", "Dolmetschen nötig")
CSV = {
    "semicolon": "Funktion;Name\nLeitung;Größe\n".encode(),
    "comma": 'Funktion,Name\nLeitung,"Größe"\n'.encode(),
    "tab": "Funktion\tName\nLeitung\tGröße\n".encode(),
    "mark": "\ufeffFunktion;Name\r\nLeitung;Größe\r\n".encode(),
    "windows": "Funktion;Name\r\nLeitung;Größe\r\n".encode("cp1252"),
    "utf-16": "Funktion\tName\nLeitung\tGröße\n".encode("utf-16"),
    "spaces": " Funktion ; Name\n Leitung ; Größe \n;;;\n\n".encode(),
}


@pytest.mark.parametrize("name", CSV)
def test_text_files_are_read_as_houses_write_them(name: str, tmp_path: Path) -> None:
    sheet = read(tmp_path, "liste.csv", CSV[name])["sheets"][0]
    assert sheet["headings"] == ["Funktion", "Name"]
    assert sheet["rows"] == [(2, ["Leitung", "Größe"])]


def read(folder: Path, name: str, content: bytes) -> dict[str, Any]:
    path = folder / "upload"
    path.write_bytes(content)
    return reading.read(path, name)


def spoiled(change: Any) -> bytes:
    return xlsx(HEAD, ("Leitung", "Flandern", "", "", ""), change=change)


def put(cell: str, value: str) -> bytes:
    def change(book: Any) -> None:
        book.active[cell] = value

    return spoiled(change)


def hidden(book: Any) -> None:
    book.create_sheet("Alt").sheet_state = "hidden"
    book.active.column_dimensions["B"].hidden = True


REFUSED: dict[str, tuple[Content, str]] = {
    "formula": (put("B2", "=1+1"), "B2"),
    "error": (put("B2", "#REF!"), "B2"),
    "merged": (spoiled(lambda book: book.active.merge_cells("A1:B1")), "A1:B1"),
    "long cell": (put("C2", "x" * 10_001), "C2"),
    "empty": (xlsx(), "leer"),
    "too many columns": (xlsx(["x"] * 61), "Spalten"),
    "too many rows": (lambda: xlsx(HEAD, *[["x"]] * 5001), "Zeilen"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_workbook_is_refused_with_the_place(name: str, tmp_path: Path) -> None:
    content, words = REFUSED[name]
    with pytest.raises(Refused, match=words):
        read(tmp_path, "liste.xlsx", built(content))


def test_hidden_sheets_are_not_read_and_hidden_columns_are(tmp_path: Path) -> None:
    found = read(tmp_path, "liste.xlsx", spoiled(hidden))
    assert found["unread"] == ["Alt (ausgeblendet)"]
    assert found["sheets"][0]["rows"][0][1] == ["Leitung", "Flandern"]


def test_words_of_a_marking_inside_a_cell_are_asked_about(tmp_path: Path) -> None:
    talk = "Schulung zu VS-NfD am Montag"
    for name, content in (
        ("liste.csv", f"Funktion;Bemerkungen\nLeitung;{talk}\n".encode()),
        ("liste.xlsx", xlsx(("Funktion", "Bemerkungen"), ("Leitung", talk))),
    ):
        found = read(tmp_path, name, content)
        assert talk in found["doubt"]
        assert found["sheets"][0]["rows"]


def test_own_sentence_is_no_marking(tmp_path: Path) -> None:
    own = b"Aussage\nKeine VS-NfD-Inhalte.\n"
    assert "doubt" not in read(tmp_path, "liste.csv", own)


def in_margin(book: Any) -> None:
    book.worksheets[0].oddHeader.center.text = "Staatskanzlei, VS-NfD, Referat 24"


def titled(book: Any) -> None:
    book.worksheets[0].title = "VS-NfD"


BOOK: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
HOSTILE: dict[str, Content] = {
    "bombe.xlsx": lambda: bomb(archive(BOOK), "xl/media/a"),
    "texte.xlsx": lambda: archive(BOOK | {"xl/sharedStrings.xml": b"<si/>" * 4_000_000}),
    "entity.xlsx": archive(BOOK | {"xl/styles.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a/>'}),
    "verweis.xlsx": archive(BOOK | {"xl/externalLinks/externalLink1.xml": "<a/>"}),
    "makro.xlsx": archive(BOOK | {"xl/vbaProject.bin": "x"}),
    "makrotyp.xlsx": archive(BOOK | {"[Content_Types].xml": "macroEnabled"}),
    "makro.xlsm": archive(BOOK),
    "raus.xlsx": archive(BOOK | {"../../etc/cron": "x"}),
    "viele.xlsx": archive(BOOK | {f"xl/{n}.xml": "" for n in range(600)}),
    "kaputt.xlsx": archive(BOOK)[:60],
    "anders.xlsx": b"MZ\x90\x00",
    "leer.xlsx": b"",
    "ohne.xlsx": archive(BOOK),
    "null.csv": b"Funktion;Name\nLei\x00tung;x\n",
    "spalten.csv": b";".join([b"x"] * 100_000),
    "vs.csv": b"Funktion\nVS-NfD\n",
    "vs-zuerst.csv": b"VS-NfD\nFunktion\nLeitung\n",
    "vs-zelle.csv": "Funktion;Bemerkungen\nLeitung;VS – Nur für den Dienstgebrauch\n".encode(),
    "GEHEIM.csv": b"Funktion\nLeitung\n",
    "vs-kopf.xlsx": spoiled(in_margin),
    "vs-blatt.xlsx": spoiled(titled),
    "anfuehrung.csv": b'Funktion;Name\n"Leitung;x\n',
    "a.exe": b"MZ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_two_seconds_and_little_memory(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "floor").write_bytes(xlsx(HEAD, ("Leitung", "x")))
    _, floor_seconds, floor_memory = run(tmp_path / "floor", "liste.xlsx")
    (tmp_path / "upload").write_bytes(built(HOSTILE[name]))
    answer, seconds, memory = run(tmp_path / "upload", name)
    assert answer["refusal"].endswith((".", ")."))
    assert seconds - floor_seconds < 2
    assert memory - floor_memory < 64 * 1024


def run(path: Path, name: str) -> tuple[dict[str, str], float, int]:
    process = subprocess.Popen(
        [sys.executable, "-m", "partnerships.imports.reading", str(path), name],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    return json.loads(said or b"{}"), used.ru_utime + used.ru_stime, used.ru_maxrss

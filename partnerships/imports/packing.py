"""What an XLSX file is packed of, looked at before anybody opens it as a workbook."""

import re
import zipfile
from pathlib import Path

from partnerships.files.findings import Refused
from partnerships.files.inspection import TEST_VIRUS
from partnerships.files.office import ACTIVE_PARTS, sheet_margins

MOST_ENTRIES, MOST_UNPACKED, LARGEST_STRINGS = 500, 48 * 1024 * 1024, 16 * 1024 * 1024
HIGHEST_RATIO, SMALL = 100, 4 * 1024 * 1024  # a small file may be packed as tightly as it likes
PIECE = 256 * 1024
DAMAGED = "Die Datei ist beschädigt. Speichern Sie sie in Excel neu."
NO_WORKBOOK = "Die Datei ist keine XLSX-Datei, auch wenn ihr Name so endet."
TOO_BIG = "Die Datei ist entpackt zu groß und wird nicht angenommen."
ODD = "Die Datei ist keine gewöhnliche Arbeitsmappe und wird nicht angenommen."
MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}(\d{1,7})(?::[A-Z]{1,3}\d{1,7})?)"'
)


def check_archive(path: Path) -> None:
    """Raises Refused."""
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            raise Refused(NO_WORKBOOK)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_sizes(entries)
            _check_names([entry.filename for entry in entries])
            if b"macroEnabled" in archive.read("[Content_Types].xml"):
                raise Refused("Die Datei enthält Makros. Speichern Sie sie ohne Makros.")
            for entry in entries:
                _check_part(archive, entry)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused(DAMAGED) from error


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
        raise Refused(TOO_BIG)
    if unpacked > SMALL and unpacked / packed > HIGHEST_RATIO:
        raise Refused(TOO_BIG)
    for entry in entries:
        if entry.filename.endswith("sharedStrings.xml") and entry.file_size > LARGEST_STRINGS:
            raise Refused(TOO_BIG)


def _check_names(names: list[str]) -> None:
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise Refused(NO_WORKBOOK)
    if len(set(names)) != len(names) or any(
        name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names
    ):
        raise Refused(ODD)
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise Refused(
            "Die Datei verweist auf andere Dateien. Heben Sie die Verknüpfungen auf (Daten, "
            "Verknüpfungen bearbeiten)."
        )
    # Printer settings are the one .bin part that Excel itself leaves behind.
    active = [n for n in names if ACTIVE_PARTS.search(n) and "printerSettings" not in n]
    if active:
        raise Refused(
            "Die Datei enthält Makros oder eingebettete Objekte. Speichern Sie sie ohne diese."
        )


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """No document type, which is where entities come from, and no more than the header promised."""
    is_xml = entry.filename.endswith((".xml", ".rels", ".vml"))
    with archive.open(entry) as part:
        size, tail = 0, b""
        while piece := part.read(PIECE):
            size += len(piece)
            if size > entry.file_size or size > MOST_UNPACKED:
                raise Refused(TOO_BIG)
            text = tail + piece
            if TEST_VIRUS in text:
                raise Refused("Die Datei enthält Schadsoftware und wird nicht angenommen.")
            if is_xml and (b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\x00" in piece):
                raise Refused(ODD)
            tail = piece[-128:]


def margins_of(path: Path) -> str:
    """Headers and footers of all sheets."""
    with zipfile.ZipFile(path) as archive:
        return "\n".join(sheet_margins(archive, name) for name in archive.namelist())


def merged_headings(path: Path) -> dict[int, list[tuple[int, str]]]:
    """By the number of the sheet: first row and name of each range of cells put together."""
    found: dict[int, list[tuple[int, str]]] = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            number = re.fullmatch(r"xl/worksheets/sheet(\d{1,4})\.xml", name)
            if number:
                marks = MERGED.findall(archive.read(name))
                found[int(number[1])] = [(int(row), cells.decode()) for cells, row in marks]
    return found

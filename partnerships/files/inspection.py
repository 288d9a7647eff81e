"""Looks into an uploaded file and says what it is, or why it is refused.

Runs as a program of its own (`python -m partnerships.files.inspection PATH NAME`), limited in memory and
processor time, so that a hostile file can hurt nobody but this process. It knows nothing of Django.
It prints one line of JSON: {"media_type": …} or {"refusal": …}, the latter a German sentence.
"""

import json
import re
import resource
import stat
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import IndirectObject

MEMORY = 768 * 1024 * 1024
SECONDS = 4
MOST_PIXELS = 60_000_000
MOST_ENTRIES, MOST_UNPACKED, HIGHEST_RATIO = 3_000, 200 * 1024 * 1024, 200
LONGEST_NAME = 150
PAGES_READ = 3
LONGEST_TAIL = 1024  # what may follow the end mark of a PDF

OFFICE = {
    ".docx": ("word/document.xml", "wordprocessingml.document"),
    ".xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    ".pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}
OPEN_DOCUMENT = {
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
KNOWN = [".pdf", *OFFICE, *OPEN_DOCUMENT, *PICTURES, ".txt"]
ACTIVE_PARTS = re.compile(
    r"vbaproject|activex|oleobject|\.bin$|\.exe$|\.js$|^scripts/|^basic/", re.I
)
ACTIVE_PDF = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/RichMedia",
    "/XFA",
}
# Where an office file has words besides its main part: headers, cells, slides.
WITH_WORDS = re.compile(
    r"word/(header|footer)\d*\.xml|xl/sharedStrings\.xml|xl/worksheets/sheet\d+\.xml"
    r"|ppt/(slides/slide|slideMasters/slideMaster)\d+\.xml"
)
MOST_PARTS_READ = 12
# A header of a sheet begins with its place, as in &C for the middle.
END_OF_LINE = re.compile(r"</(w:p|text:p|text:h|si|t|is|a:p|odd(Header|Footer))>|&amp;[LCR]")
HIDDEN_PROGRAM = re.compile(
    r"\.(exe|com|bat|cmd|scr|js|vbs|ps1|sh|msi|jar|hta|lnk|dll|html?|svg|php)(\.|$)", re.I
)
TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLASSIFIED = re.compile(
    r"\bVS\s*[-–—]\s*(NfD|NUR\s+F[ÜU]E?R\s+DEN\s+DIENSTGEBRAUCH|VERTRAULICH)\b"
    r"|\bSTRENG\s+GEHEIM\b|\bAMTLICH\s+GEHEIM\s*GEHALTEN\b|^\s*GEHEIM\s*$",
    re.I | re.M,
)


class Refused(Exception):
    """A German sentence for the person who uploads."""


def inspect(path: Path, name: str) -> str:
    """The media type of an acceptable file; raises Refused."""
    suffix = check_name(name)
    content = path.read_bytes()
    if not content:
        raise Refused("Die Datei ist leer. Prüfen Sie, ob sie vollständig gespeichert ist.")
    if TEST_VIRUS in content:
        raise Refused("Die Datei enthält Schadsoftware und wird nicht angenommen.")
    media_type, text = _reader(suffix)(path, content, suffix)
    refuse_classified(name, text)
    return media_type


def check_name(name: str) -> str:
    """The ending, if the name is one a person would give; raises Refused."""
    if len(name) > LONGEST_NAME:
        raise Refused(f"Der Dateiname ist zu lang. Kürzen Sie ihn auf {LONGEST_NAME} Zeichen.")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in name) or "/" in name:
        raise Refused("Der Dateiname enthält unsichtbare Zeichen. Benennen Sie die Datei um.")
    if "\\" in name or HIDDEN_PROGRAM.search(name) or name.startswith("."):
        raise Refused(
            "Dateien mit diesem Namen werden nicht angenommen. Benennen Sie die Datei um."
        )
    suffix = Path(name).suffix.lower()
    if suffix not in KNOWN:
        allowed = ", ".join(ending[1:].upper() for ending in KNOWN)
        raise Refused(f"Diese Dateiart wird nicht angenommen. Möglich sind {allowed}.")
    return suffix


def refuse_classified(name: str, text: str) -> None:
    if CLASSIFIED.search(text) or CLASSIFIED.search(name.replace("_", " ")):
        raise Refused(
            "Die Datei ist als Verschlusssache gekennzeichnet. Brücke nimmt keine VS auf; "
            "sie gehört in das dafür zugelassene System."
        )


def _reader(suffix: str) -> Callable[[Path, bytes, str], tuple[str, str]]:
    if suffix == ".pdf":
        return read_pdf
    if suffix in PICTURES:
        return read_picture
    return read_text if suffix == ".txt" else read_archive


def read_pdf(path: Path, content: bytes, suffix: str) -> tuple[str, str]:
    if not content.startswith(b"%PDF-"):
        raise Refused("Die Datei ist keine PDF-Datei, auch wenn ihr Name so endet.")
    end = content.rfind(b"%%EOF")
    if end < 0 or len(content) - end > LONGEST_TAIL:
        raise Refused("Die PDF-Datei ist unvollständig oder enthält Fremdes nach ihrem Ende.")
    try:
        reader = PdfReader(path)
        if reader.is_encrypted:
            raise Refused("Die PDF-Datei ist verschlüsselt. Speichern Sie sie ohne Kennwort.")
        _refuse_active(reader)
        pages = [reader.pages[number] for number in range(min(PAGES_READ, len(reader.pages)))]
        if not pages:
            raise Refused("Die PDF-Datei hat keine Seite.")
        text = "\n".join(page.extract_text() for page in pages)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused("Die PDF-Datei ist beschädigt. Erzeugen Sie sie neu.") from error
    return "application/pdf", text


def _refuse_active(reader: PdfReader) -> None:
    """Scripts, programs to start, files inside: wherever in the document they hang."""
    seen: set[tuple[int, int]] = set()
    waiting: list[object] = [reader.trailer]
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            key = (item.idnum, item.generation)
            if key in seen:
                continue
            seen.add(key)
            item = item.get_object()
        if isinstance(item, dict):
            names = {*item, *(value for value in item.values() if isinstance(value, str))}
            if ACTIVE_PDF & names:
                raise Refused(
                    "Die PDF-Datei enthält Skripte oder eingebettete Dateien. "
                    "Drucken Sie sie neu als PDF, dann wird sie angenommen."
                )
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item


def read_picture(path: Path, content: bytes, suffix: str) -> tuple[str, str]:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    kind = PICTURES[suffix]
    try:
        with Image.open(path, formats=[kind]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise Refused("Das Bild ist zu groß. Verkleinern Sie es auf 60 Millionen Punkte.")
            picture.verify()
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused(f"Die Datei ist kein gültiges Bild der Art {kind}.") from error
    if re.search(rb"<script|<html|<\?php", content, re.I):
        raise Refused("Das Bild enthält Programmcode und wird nicht angenommen.")
    return f"image/{kind.lower()}", ""


def read_text(path: Path, content: bytes, suffix: str) -> tuple[str, str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("Die Textdatei ist nicht als UTF-8 gespeichert.") from error
    if "\x00" in text or re.search(r"<\s*(script|html|svg|!doctype)", text, re.I):
        raise Refused("Die Textdatei enthält anderes als Text.")
    return "text/plain", text


def read_archive(path: Path, content: bytes, suffix: str) -> tuple[str, str]:
    """Word, Excel, PowerPoint and OpenDocument files are ZIP archives with known parts."""
    if not content.startswith(b"PK\x03\x04"):
        raise Refused(
            f"Die Datei ist keine {suffix[1:].upper()}-Datei, auch wenn ihr Name so endet."
        )
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_hostile(entries)
            return _office_type(archive, {entry.filename for entry in entries}, suffix)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused("Die Datei ist beschädigt. Speichern Sie sie neu.") from error


def _refuse_hostile(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked / packed > HIGHEST_RATIO:
        raise Refused("Die Datei ist ausgepackt zu groß und wird nicht angenommen.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(
            "Die Datei ist mit einem Kennwort geschützt. Speichern Sie sie ohne Kennwort."
        )
    if any(
        name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names
    ) or any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries):
        raise Refused("Die Datei ist kein gewöhnliches Dokument und wird nicht angenommen.")
    if len(set(names)) != len(names):
        raise Refused("Die Datei enthält Teile doppelt und wird nicht angenommen.")
    if any(ACTIVE_PARTS.search(name) for name in names):
        raise Refused(
            "Die Datei enthält Makros oder eingebettete Objekte. Speichern Sie sie ohne diese."
        )


def _office_type(archive: zipfile.ZipFile, names: set[str], suffix: str) -> tuple[str, str]:
    if suffix in OFFICE:
        part, word = OFFICE[suffix]
        if part not in names or "[Content_Types].xml" not in names:
            raise Refused(f"Die Datei ist keine {suffix[1:].upper()}-Datei.")
        if b"macroEnabled" in archive.read("[Content_Types].xml"):
            raise Refused("Die Datei enthält Makros. Speichern Sie sie ohne Makros.")
        more = sorted(name for name in names if WITH_WORDS.fullmatch(name))
        return f"application/vnd.openxmlformats-officedocument.{word}", _words(
            archive, [part, *more[:MOST_PARTS_READ]]
        )
    media_type = OPEN_DOCUMENT[suffix]
    if "mimetype" not in names or archive.read("mimetype").decode("ascii") != media_type:
        raise Refused(f"Die Datei ist keine {suffix[1:].upper()}-Datei.")
    return media_type, _words(archive, [n for n in ("content.xml", "styles.xml") if n in names])


def _words(archive: zipfile.ZipFile, parts: list[str]) -> str:
    """The text without its markup, enough to find a classification mark."""
    texts = []
    for part in parts:
        if archive.getinfo(part).file_size < MOST_UNPACKED // 10:
            markup = archive.read(part).decode("utf-8", "replace")
            if "<!DOCTYPE" in markup or "<!ENTITY" in markup:
                raise Refused("Die Datei ist kein gewöhnliches Dokument und wird nicht angenommen.")
            lines = END_OF_LINE.sub("\n", markup)
            texts.append(re.sub(r"<[^>]*>", "", lines))
    return "\n".join(texts)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    path, name = Path(sys.argv[1]), sys.argv[2]
    try:
        answer = {"media_type": inspect(path, name)}
    except Refused as refused:
        answer = {"refusal": str(refused)}
    except (MemoryError, RecursionError):
        answer = {"refusal": "Die Datei ist zu aufwendig gebaut und wird nicht angenommen."}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

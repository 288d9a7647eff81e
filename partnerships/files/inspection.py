"""Looks into an uploaded file and says what it is, or why it is refused.

Runs as a program of its own (`python -m partnerships.files.inspection PATH NAME`), limited in memory and
processor time, so that a hostile file can hurt nobody but this process. It knows nothing of Django.
It prints one line of JSON: {"media_type": …} or {"refusal": …}, the latter a German sentence. Where
the words of a marking stand inside a sentence, "doubt" is the passage the person is asked about.
"""

import io
import json
import re
import resource
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from partnerships.files.findings import Found, Refused
from partnerships.files.mails import read_eml, read_msg
from partnerships.files.markings import refuse_classified
from partnerships.files.office import OFFICE, OPEN_DOCUMENT, read_archive

MEMORY = 768 * 1024 * 1024
SECONDS, MAIL_SECONDS = 4, 12
MOST_PIXELS = 60_000_000
LONGEST_NAME = 150
PAGES_READ = 3
LONGEST_TAIL = 1024  # what may follow the end mark of a PDF
EDGE = 2  # lines at the top and at the bottom of a page that may be its header and footer
DEEPEST = 4  # mails on mails

PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
MAILS = {".eml": read_eml, ".msg": read_msg}
KNOWN = [".pdf", *OFFICE, *OPEN_DOCUMENT, *PICTURES, ".txt", *MAILS]
ACTIVE_PDF = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/RichMedia",
    "/XFA",
}
HIDDEN_PROGRAM = re.compile(
    r"\.(exe|com|bat|cmd|scr|js|vbs|ps1|sh|msi|jar|hta|lnk|dll|html?|svg|php)(\.|$)", re.I
)
TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def inspect(name: str, content: bytes, depth: int = 0) -> tuple[str, str]:
    """The media type of an acceptable file, and the passage to ask about; raises Refused."""
    suffix = check_name(name)
    if not content:
        raise Refused("Die Datei ist leer. Prüfen Sie, ob sie vollständig gespeichert ist.")
    if TEST_VIRUS in content:
        raise Refused("Die Datei enthält Schadsoftware und wird nicht angenommen.")
    if depth > DEEPEST:
        raise Refused("Die E-Mails sind zu tief ineinander verpackt.")
    found = _reader(suffix)(content, suffix)
    doubts = [refuse_classified(name, found.text, found.margins)]
    for part, held in found.parts:
        try:
            doubts.append(inspect(part, held, depth + 1)[1])
        except Refused as refused:
            raise Refused(f"Anlage „{part[:LONGEST_NAME]}“: {refused}") from refused
    return found.media_type, next(filter(None, doubts), "")


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


def _reader(suffix: str) -> Callable[[bytes, str], Found]:
    if suffix == ".pdf":
        return read_pdf
    if suffix in PICTURES:
        return read_picture
    if suffix in MAILS:
        return MAILS[suffix]
    return read_text if suffix == ".txt" else read_archive


def read_pdf(content: bytes, suffix: str) -> Found:
    if not content.startswith(b"%PDF-"):
        raise Refused("Die Datei ist keine PDF-Datei, auch wenn ihr Name so endet.")
    end = content.rfind(b"%%EOF")
    if end < 0 or len(content) - end > LONGEST_TAIL:
        raise Refused("Die PDF-Datei ist unvollständig oder enthält Fremdes nach ihrem Ende.")
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Refused("Die PDF-Datei ist verschlüsselt. Speichern Sie sie ohne Kennwort.")
        _refuse_active(reader)
        pages = [reader.pages[number] for number in range(min(PAGES_READ, len(reader.pages)))]
        if not pages:
            raise Refused("Die PDF-Datei hat keine Seite.")
        texts = [page.extract_text() for page in pages]
        titles = [str(words) for words in (reader.metadata or {}).values()]
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused("Die PDF-Datei ist beschädigt. Erzeugen Sie sie neu.") from error
    return Found("application/pdf", "\n".join([*titles, *texts]), _repeated_edges(texts))


def _repeated_edges(pages: list[str]) -> str:
    """What stands at the edge of more than one page, numbers of pages aside: headers and footers."""
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [" ".join(re.sub(r"\d+", "", line).split()) for line in page.splitlines()]
        lines = [line for line in lines if line]
        counts.update({*lines[:EDGE], *lines[-EDGE:]})
    return "\n".join(line for line, pages_with in counts.items() if pages_with > 1)


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


def read_picture(content: bytes, suffix: str) -> Found:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    kind = PICTURES[suffix]
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
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
    return Found(f"image/{kind.lower()}")


def read_text(content: bytes, suffix: str) -> Found:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("Die Textdatei ist nicht als UTF-8 gespeichert.") from error
    if "\x00" in text or re.search(r"<\s*(script|html|svg|!doctype)", text, re.I):
        raise Refused("Die Textdatei enthält anderes als Text.")
    return Found("text/plain", text)


def main() -> None:
    path, name = Path(sys.argv[1]), sys.argv[2]
    seconds = MAIL_SECONDS if name.lower().endswith(tuple(MAILS)) else SECONDS
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        media_type, doubt = inspect(name, path.read_bytes())
        answer = {"media_type": media_type, **({"doubt": doubt} if doubt else {})}
    except Refused as refused:
        answer = {"refusal": str(refused)}
    except (MemoryError, RecursionError):
        answer = {"refusal": "Die Datei ist zu aufwendig gebaut und wird nicht angenommen."}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

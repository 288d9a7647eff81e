"""Word, Excel, PowerPoint and OpenDocument files: ZIP archives with known parts."""

import io
import re
import stat
import zipfile

from partnerships.files.findings import Found, Refused

MOST_ENTRIES, MOST_UNPACKED, HIGHEST_RATIO = 3_000, 200 * 1024 * 1024, 200
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
ACTIVE_PARTS = re.compile(
    r"vbaproject|activex|oleobject|\.bin$|\.exe$|\.js$|^scripts/|^basic/", re.I
)
# Where an office file has words besides its main part: headers, cells, slides.
WITH_WORDS = re.compile(
    r"word/(header|footer)\d*\.xml|xl/sharedStrings\.xml|xl/worksheets/sheet\d+\.xml"
    r"|ppt/(slides/slide|slideMasters/slideMaster)\d+\.xml"
)
MOST_PARTS_READ = 12
# A header of a sheet begins with its place, as in &C for the middle.
END_OF_LINE = re.compile(r"</(w:p|text:p|text:h|si|t|is|a:p|odd(Header|Footer))>|&amp;[LCR]")


def read_archive(content: bytes, suffix: str) -> Found:
    if not content.startswith(b"PK\x03\x04"):
        raise Refused(
            f"Die Datei ist keine {suffix[1:].upper()}-Datei, auch wenn ihr Name so endet."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
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


def _office_type(archive: zipfile.ZipFile, names: set[str], suffix: str) -> Found:
    if suffix in OFFICE:
        part, word = OFFICE[suffix]
        if part not in names or "[Content_Types].xml" not in names:
            raise Refused(f"Die Datei ist keine {suffix[1:].upper()}-Datei.")
        if b"macroEnabled" in archive.read("[Content_Types].xml"):
            raise Refused("Die Datei enthält Makros. Speichern Sie sie ohne Makros.")
        more = sorted(name for name in names if WITH_WORDS.fullmatch(name))
        media_type = f"application/vnd.openxmlformats-officedocument.{word}"
        return Found(media_type, _words(archive, [part, *more[:MOST_PARTS_READ]]))
    media_type = OPEN_DOCUMENT[suffix]
    if "mimetype" not in names or archive.read("mimetype").decode("ascii") != media_type:
        raise Refused(f"Die Datei ist keine {suffix[1:].upper()}-Datei.")
    parts = [name for name in ("content.xml", "styles.xml") if name in names]
    return Found(media_type, _words(archive, parts))


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

"""Word, Excel, PowerPoint and OpenDocument files: ZIP archives with known parts."""

import html
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
# Where an office file has words besides its main part: notes, cells, slides, its properties.
WITH_WORDS = re.compile(
    r"word/(footnotes|endnotes|comments)\.xml|xl/sharedStrings\.xml|xl/worksheets/sheet\d+\.xml"
    r"|ppt/slides/slide\d+\.xml|docProps/core\.xml"
)
# Where what stands on every page is kept.
MARGINS = re.compile(
    r"word/(header|footer)\d*\.xml|ppt/slideMasters/slideMaster\d+\.xml|styles\.xml"
)
MOST_PARTS_READ = 12
END_OF_LINE = re.compile(
    r"</(w:p|text:p|text:h|si|t|is|a:p|(dc|cp):\w+)>|<(w:br|w:cr|a:br|text:line-break)\b[^>]*>"
)
BLANK = re.compile(r"<(w:tab|text:tab|text:s)\b[^>]*>")
HYPHEN = re.compile(r"<w:noBreakHyphen\b[^>]*>")
WATERMARK = re.compile(r"<v:textpath\b[^>]*?\bstring=\"([^\"]*)\"[^>]*>")
# Of a sheet, where &C begins what stands in the middle and &12 is a size of letters.
SHEET_MARGINS = re.compile(
    rb"<(?:\w+:)?((?:odd|even|first)(?:Header|Footer))>(.{0,2000}?)</(?:\w+:)?\1>", re.S
)
LAYOUT = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[A-Z])')


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
        media_type = f"application/vnd.openxmlformats-officedocument.{word}"
    else:
        part, media_type = "content.xml", OPEN_DOCUMENT[suffix]
        if "mimetype" not in names or archive.read("mimetype").decode("ascii") != media_type:
            raise Refused(f"Die Datei ist keine {suffix[1:].upper()}-Datei.")
    more = sorted(name for name in names if WITH_WORDS.fullmatch(name))
    margins = sorted(name for name in names if MARGINS.fullmatch(name))[:MOST_PARTS_READ]
    read = [part, *more[:MOST_PARTS_READ]]
    return Found(
        media_type,
        _words(archive, [name for name in read if name in names]),
        "\n".join([_words(archive, margins), *(sheet_margins(archive, name) for name in more)]),
    )


def sheet_margins(archive: zipfile.ZipFile, name: str) -> str:
    """Headers and footers of a sheet, a place of the page a line; nothing of other parts."""
    if not name.startswith("xl/worksheets/") or not _is_readable(archive, name):
        return ""
    texts = [
        text.decode("utf-8", "replace") for _, text in SHEET_MARGINS.findall(archive.read(name))
    ]
    return LAYOUT.sub("\n", html.unescape("\n".join(texts)))


def _words(archive: zipfile.ZipFile, parts: list[str]) -> str:
    """The text without its markup, enough to find a classification mark."""
    texts = []
    for part in (part for part in parts if _is_readable(archive, part)):
        markup = archive.read(part).decode("utf-8", "replace")
        if "<!DOCTYPE" in markup or "<!ENTITY" in markup:
            raise Refused("Die Datei ist kein gewöhnliches Dokument und wird nicht angenommen.")
        lines = END_OF_LINE.sub("\n", WATERMARK.sub(r"\n\1\n", markup))
        plain = re.sub(r"<[^>]*>", "", HYPHEN.sub("-", BLANK.sub(" ", lines)))
        texts.append(html.unescape(plain))
    return "\n".join(texts)


def _is_readable(archive: zipfile.ZipFile, part: str) -> bool:
    return archive.getinfo(part).file_size < MOST_UNPACKED // 10

"""Plain text as Brücke keeps it: paragraphs and lists of lines that start with "- "."""

import re
import unicodedata
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

# A dash or star also stands for a thought, for born, for a minus: two in a row make a list of it.
LIST_LINE = re.compile(
    r"[ \t]*(?:[•·∙‣▪▫■□●○◦\uf0b7\uf0a7\uf0d8\u2043-][ \t]+|o\t|(?P<doubtful>[–—*])[ \t]+)"
)
# What a spreadsheet writes for a sign that XML does not carry; _x005F_ stands for the _ itself.
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
MOST_NESTED = 4
# Control codes by what programs of Windows meant with them, where they meant something.
WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffc\U000e0000-\U000e007f"
    + "".join(
        chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
    )
    + "]"
)
BREAKS = re.compile("\r\n|[\r\x0b\x0c\u2028]")
BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0]")
# A joiner says something between letters of Persian or Hindi, and between emoji.
_JOINED = "[\u0590-\u1dff\u2190-\U0010ffff]"
JOINERS = re.compile(f"(?<!{_JOINED})[\u200c\u200d]+|[\u200c\u200d]+(?!{_JOINED})")
ALIKE = {
    **str.maketrans("‐‑‒–—−", "------"),
    **str.maketrans("’‘ʼ´`", "'''''", "\u200c\u200d"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`lines` joined by line breaks) or a list (one line an item)."""

    lines: tuple[str, ...]
    is_list: bool


def clean_signs(value: str) -> str:
    """Composed (NFC), with ordinary blanks and line breaks, and without signs nobody sees."""
    if value.isascii() and value.isprintable() and "_x" not in value:
        return value
    for _ in range(MOST_NESTED):
        value = ESCAPE.sub(lambda found: chr(int(found[1], 16)), value)
        # Halves of a character are joined or dropped.
        value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
        value = BREAKS.sub("\n", value.translate(WINDOWS)).replace("\u2029", "\n\n")
        value = JOINERS.sub("", BLANKS.sub(" ", UNSEEN.sub("", value)))
        if not ESCAPE.search(value):
            break
    return unicodedata.normalize("NFC", value)


def clean_all(value: Any) -> Any:
    """The same with clean signs in every text: what was stored long ago may hold others."""
    if isinstance(value, str):
        return clean_signs(value)
    if isinstance(value, dict):
        return {key: clean_all(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [clean_all(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: clean_all(getattr(value, one.name)) for one in fields(value)}
        )
    return value


def clean_line(value: str) -> str:
    """One line with one blank between words; what a text input may hold."""
    return " ".join(clean_signs(value).split())


def clean_text(value: str) -> str:
    """Reduce pasted text to paragraphs and "- " lists; words stay as they were typed."""
    raws = clean_signs(value).split("\n")
    found = [LIST_LINE.match(raw) for raw in raws]
    doubts = [match["doubtful"] if match else None for match in found]
    lines = []
    for raw, match, doubt, *around in zip(
        raws, found, doubts, [None, *doubts], [*doubts[1:], None], strict=False
    ):
        is_item = match and (doubt is None or doubt in around)
        text = " ".join((raw[match.end() :] if match and is_item else raw).split())
        lines.append(f"- {text}" if is_item and text else text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def folded(text: str) -> str:
    """As two people would write the same name: case, hyphens, blanks and unseen signs aside."""
    plain = unicodedata.normalize("NFKC", clean_line(text).casefold().translate(ALIKE))
    return "".join(plain.split())


def blocks(value: str) -> list[Block]:
    """Split a text into what a template can print without trusting any markup in it."""
    found: list[Block] = []
    for paragraph in re.split(r"\n[ \t]*\n", value.replace("\r\n", "\n").strip()):
        pending: list[str] = []
        was_list = False
        for line in paragraph.split("\n"):
            is_list = line.startswith("- ")
            if pending and is_list != was_list:
                found.append(Block(tuple(pending), was_list))
                pending = []
            pending.append(line[2:] if is_list else line)
            was_list = is_list
        if any(pending):
            found.append(Block(tuple(pending), was_list))
    return found

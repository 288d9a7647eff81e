"""Plain text as Brücke keeps it: paragraphs and lists of lines that start with "- "."""

import re
from dataclasses import dataclass

BULLETS = "•·∙‣▪▫■□●○◦–—*\uf0b7\uf0a7\uf0d8\u2043"
LIST_LINE = re.compile(rf"^[ \t]*(?:[{re.escape(BULLETS)}][ \t]+|o\t|-[ \t]+)")
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"))
CONTROL = {code: None for code in range(32) if chr(code) not in "\n\t"} | {127: None}
SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`lines` joined by line breaks) or a list (one line an item)."""

    lines: tuple[str, ...]
    is_list: bool


def clean_line(value: str) -> str:
    """One line without control characters; what a text input may hold."""
    return " ".join(_printable(value).split("\n")).replace("\t", " ")


def clean_text(value: str) -> str:
    """Reduce pasted text to paragraphs and "- " lists; words stay as they were typed."""
    lines = []
    for raw in _printable(value).split("\n"):
        marker = LIST_LINE.match(raw)
        text = " ".join((raw[marker.end() :] if marker else raw).split())
        lines.append(f"- {text}" if marker and text else text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


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


def _printable(value: str) -> str:
    unified = (
        value.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x0b", "\n")
        .replace("\u2028", "\n")
    )
    unified = (
        unified.replace("\u2029", "\n\n").translate(INVISIBLE).translate(SPACES).translate(CONTROL)
    )
    return unified.encode("utf-8", "replace").decode("utf-8")

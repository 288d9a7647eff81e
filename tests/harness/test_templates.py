"""What every template keeps: short, nothing inline, nothing unescaped, no other host."""

import re
from pathlib import Path

import pytest

from tests.harness import walk

LONGEST = 120
UNESCAPED = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off")
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)|javascript:", re.I)
INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=", re.I)
INLINE_HANDLER = re.compile(r"<[^>{]*\s(on[a-z]+|hx-on[:\w-]*)\s*=", re.I)
# A link may lead elsewhere; nothing may be fetched from or sent to elsewhere.
FETCHED = re.compile(
    r"""<(?:script|img|iframe|link|source|video|audio|use|image|form|object|embed)\b[^>]*?"""
    r"""(?:src|srcset|href|action|data)\s*=\s*["']?(?:https?:)?//""",
    re.I,
)
SENT = re.compile(r"""(?:formaction|hx-(?:get|post|put|delete))\s*=\s*["']?(?:https?:)?//""", re.I)


def text_of(path: Path) -> str:
    """The template without its comments."""
    text = path.read_text()
    text = re.sub(r"\{#.*?#\}", "", text)
    return re.sub(r"\{%\s*comment.*?endcomment\s*%\}", "", text, flags=re.S)


def test_templates_fit_on_two_screens() -> None:
    long = [p for p in walk.templates() if len(p.read_text().splitlines()) > LONGEST]
    assert [walk.short(path) for path in long] == []


@pytest.mark.parametrize(
    "forbidden", [UNESCAPED, INLINE_SCRIPT, INLINE_STYLE, INLINE_HANDLER, FETCHED, SENT]
)
def test_no_template_has(forbidden: re.Pattern[str]) -> None:
    assert [walk.short(p) for p in walk.templates() if forbidden.search(text_of(p))] == []


def test_style_sheets_and_scripts_ask_no_other_host() -> None:
    folders = [walk.ROOT / "ui" / "assets", walk.ROOT / "ui" / "static"]
    files = [p for folder in folders for p in folder.rglob("*") if p.suffix in (".css", ".js")]
    foreign = re.compile(r"""(?:url\(|@import|fetch\(|src=|XMLHttpRequest)\s*["']?(?:https?:)?//""")
    assert [walk.short(path) for path in files if foreign.search(path.read_text())] == []

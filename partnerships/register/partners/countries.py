"""Countries by the names people type: they are no column, so a search asks for their codes."""

import unicodedata
from difflib import SequenceMatcher
from functools import cache

from django.utils.translation import override
from django_countries import countries

from ui.text import clean_line

# What is said beside the name of the country list.
SPOKEN = {
    "AE": ["VAE"],
    "CZ": ["Tschechische Republik"],
    "GB": ["Großbritannien", "UK"],
    "RU": ["Russische Föderation"],
    "US": ["USA"],
}
LIKE = 0.8
SHORTEST = 3


def codes_of(text: str) -> list[str]:
    """Of countries with a word that begins with the text, case and diacritics aside."""
    wanted = f" {_folded(text)}"
    is_word = len(wanted) > SHORTEST
    return [
        code
        for code, names in _names()
        if any(wanted == name or (is_word and wanted in name) for name in names)
    ]


def codes_like(text: str) -> list[str]:
    """Like `codes_of`, for a name with a typing error."""
    matcher = SequenceMatcher(b=f" {_folded(text)}", autojunk=False)
    return [code for code, names in _names() if any(_resemble(matcher, name) for name in names)]


def _resemble(matcher: SequenceMatcher[str], name: str) -> bool:
    matcher.set_seq1(name)
    return (
        matcher.real_quick_ratio() > LIKE
        and matcher.quick_ratio() > LIKE
        and matcher.ratio() > LIKE
    )


@cache
def _names() -> list[tuple[str, list[str]]]:
    """Code and folded names, each with a blank in front of every word."""
    with override("de"):
        named = [(code, [str(name), *SPOKEN.get(code, [])]) for code, name in countries]
    return [(code, [f" {_folded(name)}" for name in names]) for code, names in named]


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", clean_line(text).casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))

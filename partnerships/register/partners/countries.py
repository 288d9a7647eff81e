"""Countries by the names people type: they are no column, so a search asks for their codes."""

import gettext
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

import pycountry
from django.utils.translation import override
from django_countries import countries

from ui.text import clean_line

EXPECTED = "ein Staat, zum Beispiel Polen"
# What is said beside the name of the country list, and no list of ISO names has.
SPOKEN = {
    "AE": ["VAE", "Emirate"],
    "BA": ["Bosnien-Herzegowina", "Bosnien"],
    "BY": ["Weißrussland"],
    "CD": ["DR Kongo", "Kongo-Kinshasa"],
    "CG": ["Kongo-Brazzaville"],
    "CI": ["Elfenbeinküste"],
    "CN": ["VR China"],
    "CZ": ["Tschechische Republik"],
    "DE": ["BRD"],
    "GB": ["Großbritannien", "UK", "England"],
    "IE": ["Republik Irland"],
    "MK": ["Mazedonien"],
    "MM": ["Birma", "Burma"],
    "NL": ["Holland"],
    "RU": ["Russische Föderation"],
    "US": ["USA", "Amerika"],
    "VA": ["Vatikan", "Heiliger Stuhl"],
}
# In which a partner may write its own name, or that of a neighbour.
LANGUAGES = (
    *"bg bs ca cs da el es et eu fi fr ga gl hr hu hy is it ja ka ko lb lt lv mk mt".split(),
    *"nb_NO nl nn oc pl pt pt_BR ro ru sk sl sq sr sr@latin sv tr uk zh_CN".split(),
)
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
LIKE = 0.8
SHORTEST = 3


def country_code(text: str) -> str:
    """Of the country with this name, official name or code; ValueError says what was expected."""
    try:
        return _codes()[_key(text)]
    except KeyError:
        raise ValueError(EXPECTED) from None


def codes_of(text: str) -> list[str]:
    """Of countries with a word that begins with the text, case and diacritics aside."""
    wanted = f" {_folded(text)}"
    is_word = len(wanted) > SHORTEST
    named = [
        code
        for code, names in _names()
        if any(wanted == name or (is_word and wanted in name) for name in names)
    ]
    meant = _codes().get(_key(text)) if is_word else None
    return [*named, meant] if meant and meant not in named else named


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


@cache
def _codes() -> dict[str, str]:
    """By every name: German and English ones first, of foreign ones what most languages mean."""
    found: dict[str, str] = {}
    with override("de"):
        for code, name in countries:
            for own in (str(name), str(code), countries.alpha3(code), *SPOKEN.get(code, [])):
                found |= dict.fromkeys(_keys(own), str(code))
    for language in ("de", "en"):
        for code, name in _iso_names(language):
            for key in _keys(name):
                found.setdefault(key, code)
    meant: dict[str, Counter[str]] = defaultdict(Counter)
    for language in LANGUAGES:
        for code, name in _iso_names(language):
            meant[_key(name)][code] += 1
    for key, votes in meant.items():
        first, *others = votes.most_common(2)
        if not others or first[1] > others[0][1]:
            found.setdefault(key, first[0])
    return found


def _iso_names(language: str) -> Iterator[tuple[str, str]]:
    """The plain one, the official one, and the one in use, as far as there are several."""
    told = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language], fallback=True)
    for country in pycountry.countries:
        for kind in ("name", "official_name", "common_name"):
            if name := getattr(country, kind, ""):
                yield country.alpha_2, told.gettext(name)


def _keys(name: str) -> set[str]:
    """With Tuerkei for Türkei, and Republik Korea for Korea, Republik."""
    last, _, first = name.partition(", ")
    turned = f"{first} {last}" if first else name
    return {_key(way) for one in (name, turned) for way in (one, one.translate(UMLAUTS))}


def _key(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", _folded(text).replace(".", "")).split())


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", clean_line(text).casefold())
    return "".join(sign for sign in parts if unicodedata.category(sign) not in ("Mn", "Cf"))

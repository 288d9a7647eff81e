"""Tells a marking of classified information from talk about it.

A marking stands on a line of its own, in a header, in a footer or in a name. The same words inside
a sentence say nothing yet: the person is asked.
"""

import re
import unicodedata
from pathlib import Path

from partnerships.files.findings import Refused

# Printed by Brücke itself, below its forms.
OWN_SENTENCES = ("Keine VS-NfD-Inhalte.", "Keine VS, auch keine VS-NfD.")
OWN = re.compile("|".join(r"\s+".join(map(re.escape, one.split())) for one in OWN_SENTENCES))
CLASSIFIED = (
    "Die Datei ist als Verschlusssache gekennzeichnet. Brücke nimmt keine VS auf; "
    "sie gehört in das dafür zugelassene System."
)
BREAKS = re.compile("[\r\v\f\x85\u2028\u2029]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
ACCENTS = re.compile("[\u0300-\u036f]")
AROUND = 60

# Letters alone: what stands between them is blank, dash, digit or ornament.
GRADES = (
    r"(?:vs|verschlusssache)?(?:nfd|nurfu(?:e)?rdendienstgebrauch)",
    r"(?:vs|verschlusssache)(?:vertraulich|geheim|strenggeheim)",
    r"(?:streng)?geheim",
    r"amtlichgeheimgehalten",
    r"(?:restreint|confidentiel|secret|tressecret)ue",
    r"(?:eu|nato)(?:restricted|confidential|secret|topsecret)",
    r"cosmictopsecret|topsecret|officialsensitive",
    r"diffusionrestreinte|confidentieldefense|(?:tres)?secretdefense",
    r"zastrzezone|(?:scisle)?tajne|vyhrazene|prisnetajne",
)
BEFORE = (
    r"(?:vs)?einstufung",
    r"geheim(?:haltungs|schutz)grad",
    r"verschlusssache(?:ngrad)?",
    r"classification",
)
AFTER = (r"seite(?:von)?", r"page(?:of)?", r"blatt", r"(?:te)?ausfertigung(?:von)?", r"entwurf")
BETWEEN = r"[^\na-z]*+"


def _spaced(*patterns: str) -> str:
    """One of them, with anything but letters between the letters, as in G E H E I M."""
    return re.sub("[a-z]", lambda letter: BETWEEN + letter[0], f"(?:{'|'.join(patterns)})")


LINE = re.compile(
    rf"^{BETWEEN}{_spaced(*BEFORE)}?{_spaced(*GRADES)}+{_spaced(*AFTER)}?{BETWEEN}$", re.M
)
DASH = r"[\s_]{0,2}[-‐‑‒–—―−]?[\s_]{0,2}"
WORDS = re.compile(
    rf"(?i:\bVS{DASH}(?:NfD|NUR\s+F(?:Ü|UE|U)R\s+DEN\s+DIENSTGEBRAUCH|VERTRAULICH|(?:STRENG\s+)?GEHEIM)\b"
    r"|\bSTRENG\s+GEHEIM\b|\bAMTLICH\s+GEHEIM\s*GEHALTEN\b"
    r"|\b(?:RESTREINT|CONFIDENTIEL|SECRET)\s+UE\b"
    r"|\b(?:EU|NATO)[\s/-](?:RESTRICTED|CONFIDENTIAL|SECRET|TOP\s+SECRET)\b"
    r"|\bCOSMIC\s+TOP\s+SECRET\b)"
    r"|\bGEHEIM\b"
)


def refuse_classified(name: str, text: str, margins: str = "") -> str:
    """The passage to ask about, empty if there is none; raises Refused for a marking."""
    text, margins = _plain(text), _plain(margins)
    title = _plain(Path(name).stem)
    parts = "\n".join([title, *re.split(r"_|\s-\s", title)])
    if any(is_marked(one) for one in (text, margins, parts)):
        raise Refused(CLASSIFIED)
    if WORDS.search(margins) or WORDS.search(title.replace("_", " ")):
        raise Refused(CLASSIFIED)
    found = WORDS.search(text)
    return _passage(text, found) if found else ""


def is_marked(text: str) -> bool:
    folded = ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return LINE.search(folded) is not None


def _plain(text: str) -> str:
    unified = BREAKS.sub("\n", INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
    return OWN.sub("…", unified)


def _passage(text: str, found: re.Match[str]) -> str:
    before, after = max(0, found.start() - AROUND), found.end() + AROUND
    words = " ".join(text[before:after].split())
    return f"{'… ' if before else ''}{words}{' …' if after < len(text) else ''}"

"""What the demonstration's houses say. Of real regions only what judges nobody: they go on or grow.

Whatever is harder is said of Musterland, which exists nowhere.
"""

from guidelines.catalogue.models import Criterion
from guidelines.states.outcomes import Outcome
from partnerships.demo.invented import MUSTERLAND

# By answer; the ends of the scale, Nein and Klärungsbedarf need a reason.
REASONS = {
    "0": (
        "Für das eigene Haus ist derzeit kein Beitrag erkennbar. Beispieltext.",
        "Seit der letzten Prüfung gab es kein gemeinsames Vorhaben. Beispieltext.",
    ),
    "3": (
        "Mehrere Referate arbeiten regelmäßig daran mit. Beispieltext.",
        "Die Vorhaben reichen über mehrere Jahre und haben feste Ansprechstellen. Beispieltext.",
        "Aus dem Fachgebiet kommen jedes Jahr neue Vorschläge dazu. Beispieltext.",
    ),
    "no": ("Das Haus erfährt von Terminen zu spät, um sich vorzubereiten. Beispieltext.",),
    "clarify": (
        "Einzelne Vorhaben müssen vor der Fortführung gesondert geprüft werden. Beispieltext.",
    ),
}
NOT_JUDGED = "Von wirklichen Regionen sagt die Vorführung dazu nichts. Beispieltext."

# Said now and then where no reason is required.
REMARKS = (
    "Die Zusammenarbeit ist im Alltag der Fachreferate angekommen. Beispieltext.",
    "Zwei Vorhaben sind abgeschlossen, eines ist neu. Beispieltext.",
    "Aus Sicht des Hauses ist das Verhältnis seit der letzten Prüfung gleich. Beispieltext.",
    "Die Termine des nächsten Jahres sind im Haus abgestimmt. Beispieltext.",
)

# Answers about Musterland that differ from the usual ones: house, question.
ANSWERS = {
    ("SK", "1.1"): "0",
    ("SK", "12.3"): "clarify",
    ("SMWA", "12.1"): "clarify",
    ("SMK", "11.1"): "no",
    ("SMWK", "10.1"): "3",
}

EXPANDING = {
    "niederschlesien": "SMIL SMWK SMI",
    "flandern": "SMWA",
    "okzitanien": "SMWK",
    "tamil-nadu": "SMWA",
    "quebec": "SMK",
}
OF_MUSTERLAND = {
    "SK": "suspend",
    "SMWA": "end",
    "SMWK": "focus",
    "SMK": "renew_agreement",
    "SMS": "none",
}

KEY_MESSAGES = {
    "continue": (
        "Die Zusammenarbeit sollte im bisherigen Umfang weitergehen.",
        "Die laufenden Vorhaben werden wie geplant fortgesetzt.",
        "Aufwand und Ertrag passen für unser Haus zusammen; es soll so weitergehen.",
    ),
    "expand": (
        "Mehr gemeinsame Vorhaben lohnen sich; unser Haus bringt zwei Vorschläge ein.",
        "Der Nutzen für das Arbeitsfeld ist deutlich. Wir möchten weitere Referate beteiligen.",
    ),
    "focus": ("Wenige Themenfelder mit klarem Ziel versprechen mehr als die bisherige Breite.",),
    "renew_agreement": ("Die Vereinbarung sollte erneuert werden, bevor neue Vorhaben beginnen.",),
    "suspend": ("Ohne Ansprechstelle auf der anderen Seite sollte die Zusammenarbeit ruhen.",),
    "end": ("Aus Sicht des Hauses fehlen Anlass und Gegenüber für eine feste Beziehung.",),
    "none": ("Das Haus ist nur am Rande berührt und gibt kein Votum ab.",),
}

RETURN_NOTE = "Bitte die Einschätzung zu den Zielen genauer begründen."
# Of the coordination to the SMWK: partnership → its Rückfrage.
QUERIES = {
    "oberoesterreich": "Bitte nennen Sie die beteiligten Hochschulen. (Beispiel)",
    "niederschlesien": "Gilt das Votum auch für die Forschungszusammenarbeit? (Beispiel)",
}
REPLY = "Das Votum gilt auch für die Forschungszusammenarbeit. (Beispiel)"

# What third parties told a house: partnership and house → sender and text.
THIRD_PARTIES = {
    ("latium", "SMWK"): (
        "Kulturverband Musterstadt (Beispiel)",
        "Die Mitglieder wünschen, dass der Austausch weitergeht. Beispieltext.",
    ),
    (MUSTERLAND, "SMWA"): (
        "Kammer Musterstadt (Beispiel)",
        "Kein Mitglied hat dort zurzeit ein Vorhaben. Beispieltext.",
    ),
}

# Of the checks that have come as far as a proposal: outcome, evaluation, reasons.
CONTINUING = (
    Outcome.CONTINUE,
    "Die Häuser sprechen sich übereinstimmend für die Fortführung aus.\n\n- Schwerpunkte bleiben "
    "Wissenschaft und Kultur.\n- Neue Vorhaben werden abgestimmt.\n\nBeispieltext.",
    "Die Vorhaben laufen, und kein Haus wünscht eine Änderung. Beispieltext.",
)
PROPOSALS = {
    "okzitanien": CONTINUING,
    MUSTERLAND: (
        Outcome.SUSPEND,
        "Die Häuser schätzen die Zusammenarbeit sehr verschieden ein.\n\n- Nur in der Kultur ist ein "
        "Beitrag erkennbar.\n- Zwei Rahmenbedingungen sind nicht geklärt.\n\nBeispieltext.",
        "Solange eine Ansprechstelle fehlt und die Rahmenbedingungen offen sind, sollte die "
        "Zusammenarbeit ruhen. Beispieltext.",
    ),
}


def plain_answer(criterion: Criterion, slug: str, house: str) -> str:
    """The usual answer, somewhat varied so that no column looks copied."""
    is_invented, spread = slug == MUSTERLAND, _spread(slug, criterion.code)
    if is_invented and (house, criterion.code) in ANSWERS:
        return ANSWERS[house, criterion.code]
    if criterion.scale == Criterion.Scale.FOUR:
        return str(spread % 3) if is_invented else "3" if spread % 4 == 0 else "2"
    is_gate = criterion.scale != Criterion.Scale.YES_NO
    return "not_assessable" if is_gate and not is_invented else "yes"


def reason_for(answer: str, criterion: Criterion, slug: str, house: str) -> str:
    spread = _spread(slug, house, criterion.code)
    if answer == "not_assessable":
        return NOT_JUDGED
    if answer in REASONS:
        return _chosen(REASONS[answer], spread)
    return "" if spread % 3 else _chosen(REMARKS, spread // 3)


def vote_of(slug: str, house: str) -> str:
    if slug == MUSTERLAND:
        return OF_MUSTERLAND.get(house, str(Outcome.SUSPEND))
    is_expanding = house in EXPANDING.get(slug, "").split()
    return str(Outcome.EXPAND if is_expanding else Outcome.CONTINUE)


def key_message(vote: str, slug: str, house: str) -> str:
    return f"{_chosen(KEY_MESSAGES[vote], _spread(slug, house))} Beispieltext."


def _chosen(variants: tuple[str, ...], spread: int) -> str:
    return variants[spread % len(variants)]


def _spread(*words: str) -> int:
    """The same number for the same words, on every machine."""
    return sum(map(ord, "".join(words)))

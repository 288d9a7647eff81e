"""What the demonstration's houses say: judgements in neutral words, no events, no names."""

from guidelines.catalogue.models import Criterion

# By answer; the ends of the scale, Nein and Klärungsbedarf need a reason.
REASONS = {
    "0": "Für das eigene Haus ist derzeit kein Beitrag erkennbar. Beispieltext.",
    "1": "",
    "2": "",
    "3": "Die Zusammenarbeit prägt das Arbeitsfeld und wird von mehreren Stellen getragen. "
    "Beispieltext.",
    "yes": "",
    "no": "Das Haus erfährt von Terminen zu spät, um sich vorzubereiten. Beispieltext.",
    "clarify": "Einzelne Vorhaben müssen vor der Fortführung gesondert geprüft werden. "
    "Beispieltext.",
    "not_assessable": "",
}

# Said now and then where no reason is required.
REMARKS = (
    "Die Zusammenarbeit ist im Alltag der Fachreferate angekommen. Beispieltext.",
    "Der Beitrag hängt von wenigen Vorhaben ab. Beispieltext.",
    "Aus Sicht des Hauses ist das Verhältnis seit der letzten Prüfung gleich. Beispieltext.",
)

# Answers that differ from the usual ones: partnership, house, question.
ANSWERS = {
    ("flandern", "SMS", "1.2"): "0",
    ("flandern", "SMWA", "1.2"): "3",
    ("flandern", "SMWA", "3.1"): "3",
    ("flandern", "SMK", "11.1"): "no",
    ("flandern", "SMWK", "10.1"): "3",
    ("okzitanien", "SMJ", "4.1"): "1",
    ("okzitanien", "SMWK", "4.1"): "3",
    ("okzitanien", "SMS", "3.1"): "0",
    ("niederschlesien", "SMIL", "7.1"): "3",
    ("niederschlesien", "SMWK", "6.1"): "3",
    ("niederschlesien", "SMI", "1.2"): "3",
    ("hubei", "SMWA", "12.1"): "clarify",
    ("hubei", "SK", "12.2"): "clarify",
    ("charkiw", "SK", "12.3"): "clarify",
    ("abu-dhabi", "SMWA", "8.2"): "3",
    ("tamil-nadu", "SMWA", "8.2"): "3",
    ("greater-manchester", "SMWA", "8.1"): "0",
    ("andalusien", "SMJ", "2.1"): "0",
    ("quebec", "SMK", "1.2"): "not_assessable",
}

VOTES = {
    "niederschlesien": {"SMIL": "expand", "SMWK": "expand", "SMI": "expand"},
    "oberoesterreich": {"SMWK": "continue"},
    "latium": {"SK": "renew_agreement", "SMK": "renew_agreement"},
    "hubei": {"SMWA": "focus", "SK": "focus"},
    "okzitanien": {"SMWK": "expand", "SMS": "focus", "SMJ": "focus", "SK": "focus"},
    "flandern": {"SMWA": "expand", "SMS": "none", "SMK": "continue_limited"},
    "greater-manchester": {"SMWA": "drop"},
    "andalusien": {"SK": "establish", "SMJ": "none"},
    "tamil-nadu": {"SMWA": "establish", "SK": "establish"},
}

KEY_MESSAGES = {
    "continue": "Die Zusammenarbeit trägt und sollte im bisherigen Umfang weitergehen.",
    "expand": "Der Nutzen für das Arbeitsfeld ist deutlich; mehr gemeinsame Vorhaben lohnen sich.",
    "focus": "Wenige Themenfelder mit klarem Ziel versprechen mehr als die bisherige Breite.",
    "renew_agreement": "Die Grundlage der Zusammenarbeit sollte erneuert werden, bevor neue "
    "Vorhaben beginnen.",
    "continue_limited": "Fortführung auf Zeit, mit einem festen Tag, an dem neu bewertet wird.",
    "drop": "Aus Sicht des Hauses fehlen Anlass und Gegenüber für eine feste Beziehung.",
    "establish": "Die Voraussetzungen für eine förmliche Partnerschaft sind aus Sicht des Hauses "
    "gegeben.",
    "none": "Das Haus ist nur am Rande berührt und gibt kein Votum ab.",
}

RETURN_NOTE = "Bitte die Einschätzung zu den Zielen genauer begründen."

EVALUATION = (
    "Die Häuser halten die Zusammenarbeit für tragfähig, schätzen ihren Beitrag aber verschieden "
    "ein.\n\n- Am deutlichsten ist der Nutzen in Wissenschaft und Kultur.\n- In den übrigen "
    "Feldern steht der Aufwand nicht in jedem Fall im Verhältnis zum Nutzen."
)

PROPOSAL = (
    "Die Zusammenarbeit sollte sich auf Wissenschaft und Kultur richten. Dort liegen die "
    "Einschätzungen am höchsten, und die Häuser haben sich dafür ausgesprochen. Beispieltext."
)


def plain_answer(criterion: Criterion, slug: str, house: str) -> str:
    """The usual answer, somewhat varied so that no column looks copied."""
    special = ANSWERS.get((slug, house, criterion.code))
    if special:
        return special
    if criterion.scale != Criterion.Scale.FOUR:
        return "yes"
    return "1" if _spread(slug, criterion.code) % 4 == 0 else "2"


def reason_for(answer: str, criterion: Criterion, slug: str, house: str) -> str:
    spread = _spread(slug, house, criterion.code)
    if REASONS[answer] or answer not in ("1", "2") or spread % 3:
        return REASONS[answer]
    return REMARKS[spread // 3 % len(REMARKS)]


def _spread(*words: str) -> int:
    """The same number for the same words, on every machine."""
    return sum(map(ord, "".join(words)))

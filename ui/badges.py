"""One word, one icon and one colour for a state, wherever it is shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Badge:
    word: str
    icon: str
    tone: str


DEADLINE = {
    "open": Badge("offen", "circle", "plain"),
    "received": Badge("liegt vor", "check", "success"),
    "nil_return": Badge("Fehlanzeige", "minus", "quiet"),
    "overdue": Badge("überfällig", "clock", "danger"),
    "extended": Badge("Frist verlängert", "calendar", "info"),
    "no_statement": Badge("keine Stellungnahme", "dash", "warning"),
    "not_involved": Badge("nicht beteiligt", "dash", "faint"),
}

PLAIN = {
    "info": Badge("", "info", "info"),
    "success": Badge("", "check", "success"),
    "warning": Badge("", "warning", "warning"),
    "danger": Badge("", "warning", "danger"),
    "quiet": Badge("", "dash", "quiet"),
    "plain": Badge("", "circle", "plain"),
}


def deadline_badge(state: str) -> Badge | None:
    """Find a state by its code or by its German word."""
    text = str(state)
    return DEADLINE.get(text) or next(
        (badge for badge in DEADLINE.values() if badge.word == text), None
    )

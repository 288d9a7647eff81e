"""Where a searched text stands in a found one, without regard to case and diacritics."""

import unicodedata
from dataclasses import dataclass

# Letters that Unicode does not take apart; the database folds them the same way.
LETTERS = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)


@dataclass(frozen=True)
class Segment:
    text: str
    is_hit: bool


def segments(text: str, wanted: str) -> list[Segment]:
    """The text cut into pieces; put together again they are the text."""
    folded, origins = _fold(text)
    needle, _ = _fold(wanted)
    pieces: list[Segment] = []
    done = start = 0
    while needle and (start := folded.find(needle, start)) >= 0:
        first, last = origins[start], origins[start + len(needle) - 1] + 1
        if first > done:
            pieces.append(Segment(text[done:first], is_hit=False))
        if last > done:
            pieces.append(Segment(text[max(first, done) : last], is_hit=True))
            done = last
        start += len(needle)
    if done < len(text):
        pieces.append(Segment(text[done:], is_hit=False))
    return pieces


def _fold(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters the position it came from."""
    letters: list[str] = []
    origins: list[int] = []
    for position, letter in enumerate(text):
        plain = unicodedata.normalize("NFKD", letter.lower().translate(LETTERS))
        for part in plain:
            if not unicodedata.combining(part):
                letters.append(part)
                origins.append(position)
    return "".join(letters), origins

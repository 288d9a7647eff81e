"""Which column of a file is which field: proposed from the headings, kept for the next time."""

import hashlib
from collections.abc import Mapping, Sequence

from partnerships.imports.kinds import Column, ImportKind
from ui.text import clean_line, folded


def propose(kind: type[ImportKind], headings: Sequence[str]) -> dict[str, str]:
    """Position of a heading → name of a column; each column once, own labels before variants."""
    found: dict[str, str] = {}
    for is_label in (True, False):
        for position, heading in enumerate(headings):
            column = _column_of(kind, str(heading), is_label=is_label)
            taken = set(found.values())
            if column and column.name not in taken and str(position) not in found:
                found[str(position)] = column.name
    return found


def _column_of(kind: type[ImportKind], heading: str, *, is_label: bool) -> Column | None:
    word = folded(heading.rstrip("*: "))
    for column in kind.columns:
        words = {folded(column.label)} if is_label else column.headings | {folded(column.name)}
        if word in words:
            return column
    return None


def fits(kind: type[ImportKind], headings: Sequence[str]) -> int:
    """How many headings are known; of several sheets the best is read."""
    return len(propose(kind, headings))


def fingerprint(headings: Sequence[str]) -> str:
    """The same headings in the same order are the same form of file."""
    words = "\n".join(clean_line(str(heading)).casefold() for heading in headings)
    return hashlib.sha256(words.encode()).hexdigest()


def missing(kind: type[ImportKind], mapping: Mapping[str, str]) -> list[Column]:
    """What a file of this kind cannot do without."""
    named = set(mapping.values())
    return [column for column in kind.columns if column.is_required and column.name not in named]


def is_complete(
    kind: type[ImportKind], headings: Sequence[str], mapping: Mapping[str, str]
) -> bool:
    """Nothing to ask: every heading is known and nothing is missing."""
    filled = {str(n) for n, heading in enumerate(headings) if str(heading).strip()}
    return filled <= set(mapping) and not missing(kind, mapping)

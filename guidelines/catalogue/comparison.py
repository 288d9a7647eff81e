"""Two editions side by side: what was added, dropped or reworded, with the words that differ."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from guidelines.catalogue.matching import Row, matched, pairs_of, questions_of
from guidelines.catalogue.models import Criterion, Edition, Guideline
from ui.conflicts import Part, marked


class Mark(StrEnum):
    SAME = "unverändert"
    REWORDED = "umformuliert"
    CHANGED = "sonst geändert"
    NEW = "neu"
    DROPPED = "entfällt"

    @property
    def tone(self) -> str:
        return {Mark.NEW: "success", Mark.DROPPED: "warning", Mark.SAME: "quiet"}.get(self, "info")


# What a change of makes it another wording; a change of all else is one of numbers and duties.
WORDING = {"Art", "Titel", "Text", "Frage", "Hinweis", "Antworten"}


@dataclass(frozen=True)
class Line:
    label: str
    older: tuple[Part, ...]
    newer: tuple[Part, ...]


@dataclass(frozen=True)
class Compared:
    """One guideline or question in both editions, or in one of them."""

    row: Guideline | Criterion
    mark: Mark
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Comparison:
    guidelines: list[Compared]
    criteria: list[Compared]

    @property
    def numbers(self) -> list[tuple[Mark, int]]:
        return counted(found.mark for found in self.criteria)


def counted(marks: Iterable[Mark]) -> list[tuple[Mark, int]]:
    numbers = Counter(marks)
    return [(mark, numbers[mark]) for mark in Mark if numbers[mark]]


def marks_of(criteria: Sequence[Criterion]) -> dict[int, Mark]:
    """Of the questions of an edition; none as long as no question goes on from an earlier one."""
    if not any(row.predecessor_id for row in criteria):
        return {}
    return {row.pk: compared(row.predecessor, row).mark for row in criteria}


def compare_editions(older: Edition, newer: Edition) -> Comparison:
    old, new = (questions_of(edition) for edition in (older, newer))
    pairs = pairs_of(old, new)
    old_aims, new_aims = (list(edition.guidelines.order_by("number")) for edition in (older, newer))
    by_question = {row.guideline_id: pairs[row.pk].guideline_id for row in new if row.pk in pairs}
    aims = matched(old_aims, new_aims, by_question, [_title, _number])
    return Comparison(_compared(old_aims, new_aims, aims), _compared(old, new, pairs))


def _title(row: Guideline) -> Hashable:
    return row.title.casefold()


def _number(row: Guideline) -> Hashable:
    return row.number


def _compared(
    older: Iterable[Row], newer: Iterable[Row], pairs: Mapping[int, Row]
) -> list[Compared]:
    """Those of the newer edition in their order, then what it no longer has."""
    kept = {row.pk for row in pairs.values()}
    found: list[Compared] = [compared(pairs.get(row.pk), row) for row in newer]
    found += [Compared(row, Mark.DROPPED) for row in older if row.pk not in kept]
    return found


def compared(older: Row | None, newer: Row) -> Compared:
    if older is None:
        return Compared(newer, Mark.NEW)
    before, after = texts_of(older), texts_of(newer)
    differing = [label for label in after if before[label] != after[label]]
    lines = tuple(Line(label, *marked(before[label], after[label])) for label in differing)
    if not differing:
        return Compared(newer, Mark.SAME)
    is_reworded = bool(WORDING & set(differing))
    return Compared(newer, Mark.REWORDED if is_reworded else Mark.CHANGED, lines)


def texts_of(row: Guideline | Criterion) -> dict[str, str]:
    if isinstance(row, Guideline):
        return {
            "Nummer": str(row.number),
            "Art": row.get_kind_display(),
            "Titel": row.title,
            "Text": row.text,
        }
    area = f" ({row.subject_area})" if row.subject_area else ""
    return {
        "Kennung": row.code,
        "Frage": row.question,
        "Hinweis": row.help_text,
        "Antworten": " · ".join(word for _, word in row.answers),
        "Wer antwortet": f"{row.get_answered_by_display()}{area}",
        "Gilt für": row.get_applies_to_display(),
    }

"""Synopsis of a check: whose answers to a criterion differ. Words side by side, never a mean."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from guidelines.catalogue.models import Criterion, Guideline
from guidelines.statements.models import ReviewNote

# These say that a house does not judge; they contradict nobody.
_NO_JUDGEMENT = frozenset({ReviewNote.Answer.NOT_APPLICABLE, ReviewNote.Answer.NOT_ASSESSABLE})
_IN_THE_WAY = frozenset({ReviewNote.Answer.NO, ReviewNote.Answer.CLARIFY})


@dataclass(frozen=True)
class Judged:
    """A criterion with what the houses answered, in protocol order."""

    criterion: Criterion
    notes: list[ReviewNote]

    @property
    def differs(self) -> bool:
        return len({note.answer for note in self.notes} - _NO_JUDGEMENT) > 1

    @property
    def stands_in_the_way(self) -> bool:
        """A Nein or Klärungsbedarf: to go on takes an explicit decision."""
        return any(note.answer in _IN_THE_WAY for note in self.notes)


@dataclass(frozen=True)
class Synopsis:
    framework: list[Judged] = field(default_factory=list)
    differing: list[Judged] = field(default_factory=list)
    agreeing: list[Judged] = field(default_factory=list)

    @property
    def obstacles(self) -> list[Judged]:
        return [judged for judged in self.framework if judged.stands_in_the_way]


def synopsis(notes: Iterable[ReviewNote]) -> Synopsis:
    """`notes` are those of released statements, in the order of catalogue and protocol."""
    by_criterion: dict[int, Judged] = {}
    for note in notes:
        if note.answer:
            judged = by_criterion.setdefault(note.criterion_id, Judged(note.criterion, []))
            judged.notes.append(note)
    found = Synopsis()
    for judged in by_criterion.values():
        if judged.criterion.guideline.kind == Guideline.Kind.FRAMEWORK_CONDITION:
            found.framework.append(judged)
        elif judged.differs:
            found.differing.append(judged)
        else:
            found.agreeing.append(judged)
    return found

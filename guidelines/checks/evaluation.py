"""Synopsis of a check: what is open and what is not. Words side by side, never a mean."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from guidelines.catalogue.models import Criterion, Guideline
from guidelines.statements.models import ReviewNote

# These say that a house does not judge; they contradict nobody.
_NO_JUDGEMENT = frozenset({ReviewNote.Answer.NOT_APPLICABLE, ReviewNote.Answer.NOT_ASSESSABLE})
_IN_THE_WAY = frozenset({ReviewNote.Answer.NO, ReviewNote.Answer.CLARIFY})
# One of these is read before anything is proposed, even where nobody says otherwise.
_TO_BE_READ = _IN_THE_WAY | {ReviewNote.Answer.STEP_0, ReviewNote.Answer.NOT_ASSESSABLE}


@dataclass(frozen=True)
class Judged:
    """A criterion with what the houses answered, in protocol order."""

    criterion: Criterion
    notes: list[ReviewNote]

    @property
    def differs(self) -> bool:
        return len({note.answer for note in self.notes} - _NO_JUDGEMENT) > 1

    @property
    def is_open(self) -> bool:
        return self.differs or any(note.answer in _TO_BE_READ for note in self.notes)

    @property
    def stands_in_the_way(self) -> bool:
        """A Nein or Klärungsbedarf: to go on takes an explicit decision."""
        return any(note.answer in _IN_THE_WAY for note in self.notes)


@dataclass(frozen=True)
class Synopsis:
    framework: list[Judged] = field(default_factory=list)
    open: list[Judged] = field(default_factory=list)
    agreeing: list[Judged] = field(default_factory=list)
    # One house alone was asked, or has answered.
    single: list[Judged] = field(default_factory=list)

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
        elif judged.is_open:
            found.open.append(judged)
        elif len(judged.notes) == 1:
            found.single.append(judged)
        else:
            found.agreeing.append(judged)
    return found

"""The answers a house gave the last time, put in where the same is asked again, reworded or not.

They are marked, and count once somebody of the house has confirmed them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from guidelines.catalogue.lineage import predecessors_of
from guidelines.evidence.ticks import cite_as_before
from guidelines.statements.conditions import require_writable
from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.tables import StatementState
from ministries.models import User


@dataclass(frozen=True)
class Earlier:
    """What can be taken over into one statement: pairs of today's question and former answer."""

    statement: Statement
    pairs: Sequence[tuple[ReviewNote, ReviewNote]]


def has_earlier() -> Exists:
    """For a queryset: the house has released a text about the partnership in a round before."""
    released = Statement.objects.filter(state=StatementState.RELEASED, is_nil_return=False)
    same = {
        "ministry": OuterRef("ministry"),
        "guideline_check__partnership": OuterRef("guideline_check__partnership"),
        "guideline_check__round__opened_at__lt": OuterRef("guideline_check__round__opened_at"),
    }
    return Exists(released.filter(**same))


def earlier_answers(statements: Iterable[Statement], user: User) -> list[Earlier]:
    """For questions nobody has begun to answer; four queries, however many there are."""
    rows = list(statements)
    former = _last_released(rows, user)
    given = {
        (note.statement_id, note.criterion_id): note
        for note in ReviewNote.objects.filter(statement__in=former.values()).exclude(answer="")
    }
    unbegun = ReviewNote.objects.filter(statement__in=former, answer="", reason="")
    notes = list(unbegun.select_related("criterion"))
    earlier = predecessors_of({note.criterion_id for note in notes})
    found: dict[int, list[tuple[ReviewNote, ReviewNote]]] = {}
    for note in notes:
        asked_as = (note.criterion_id, *earlier[note.criterion_id])
        told = (given.get((former[note.statement_id], criterion)) for criterion in asked_as)
        last = next(filter(None, told), None)
        if last and last.answer in note.possible_answers:
            found.setdefault(note.statement_id, []).append((note, last))
    return [Earlier(row, found[row.pk]) for row in rows if row.pk in found]


def _last_released(rows: Sequence[Statement], user: User) -> dict[int, int]:
    """Statement id to that of the one the house released last about the same partnership."""
    released = (
        Statement.objects.visible_to(user)
        .filter(state=StatementState.RELEASED, is_nil_return=False)
        .filter(ministry__in={row.ministry_id for row in rows})
        .filter(
            guideline_check__partnership__in={row.guideline_check.partnership_id for row in rows}
        )
        .annotate(
            partnership=F("guideline_check__partnership"),
            opened_at=F("guideline_check__round__opened_at"),
        )
        .order_by("opened_at", "pk")
        .values_list("pk", "partnership", "ministry", "opened_at")
    )
    last: dict[int, int] = {}
    for pk, partnership, ministry, opened_at in released:
        for row in rows:
            of_same = (row.guideline_check.partnership_id, row.ministry_id) == (
                partnership,
                ministry,
            )
            if of_same and opened_at < row.guideline_check.round.opened_at:
                last[row.pk] = pk
    return last


@transaction.atomic
def take_over(*, statements: Iterable[Statement], by: User, now: datetime) -> int:
    """How many answers were put in; nothing that is written already is touched."""
    number = 0
    for earlier in earlier_answers(statements, by):
        statement = earlier.statement
        require_writable(statement, by, now)
        for note, last in earlier.pairs:
            note.answer, note.reason, note.is_unconfirmed = last.answer, last.reason, True
        statement.save_versioned(expected=statement.version, fields=[])
        notes = [note for note, _ in earlier.pairs]
        ReviewNote.objects.bulk_update(notes, ["answer", "reason", "is_unconfirmed"])
        cite_as_before(earlier.pairs, by=by, now=now)
        statement.authors.add(by)
        number += len(notes)
    return number


def taken_over_words(number: int) -> str:
    if not number:
        return "Aus dem letzten Check gab es nichts zu übernehmen."
    told = "Eine Antwort" if number == 1 else f"{number} Antworten"
    confirm = "Sie zählt, sobald Sie sie" if number == 1 else "Sie zählen, sobald Sie sie"
    return (
        f"{told} aus dem letzten Check übernommen. {confirm} bestätigt haben. Nachweise von damals "
        "sind dabei, soweit es sie noch gibt und Sie sie sehen dürfen."
    )

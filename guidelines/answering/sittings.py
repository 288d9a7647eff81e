"""What a house still has to answer in a round, as an officer does it in one sitting."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils.http import urlencode

from guidelines.delegations.models import Delegation
from guidelines.evidence.forms import PREFIX
from guidelines.evidence.pages import keep_evidence, show_evidence, with_evidence
from guidelines.queries.models import Written
from guidelines.rounds.models import CheckRound
from guidelines.statements.draft_views import is_number
from guidelines.statements.drafts import StatementDraft
from guidelines.statements.forms import says_anything_new, stored_values
from guidelines.statements.models import ReviewNote, Statement
from guidelines.statements.pages import readable
from guidelines.statements.querysets import StatementQuerySet
from guidelines.statements.taking_over import has_earlier
from guidelines.states.tables import StatementState
from ministries.clock import today
from ministries.models import Ministry, User
from partnerships.permissions import WRITERS


@dataclass(frozen=True)
class Sitting:
    """The open statements of one house in one round, in the order of the partnerships."""

    check_round: CheckRound
    ministry: Ministry
    statements: Sequence[Statement]

    @property
    def query(self) -> str:
        return urlencode({"round": self.check_round.slug, "house": self.ministry.slug})

    @property
    def due_on(self) -> date:
        """When the first of them is due."""
        return min(row.deadline for row in self.statements)

    def is_asked_by(self, query: Mapping[str, str]) -> bool:
        check_round = query.get("round", self.check_round.slug)
        house = query.get("house", self.ministry.slug)
        return (check_round, house) == (self.check_round.slug, self.ministry.slug)


@dataclass(frozen=True)
class Row:
    """One statement with its questions, and what this person typed and did not save."""

    statement: Statement
    notes: Sequence[ReviewNote]
    draft: StatementDraft | None = None
    # What the house has asked inside about it.
    delegations: Sequence[Delegation] = ()

    @cached_property
    def stored(self) -> dict[str, str]:
        return stored_values(self.statement, self.notes)

    @property
    def name(self) -> str:
        return self.statement.guideline_check.partnership.name

    @property
    def unconfirmed(self) -> set[int]:
        """Criteria with an answer that is taken over and not confirmed yet."""
        return {note.criterion_id for note in self.notes if note.is_unconfirmed}

    @property
    def shown(self) -> dict[str, str]:
        return {**self.stored, **(self.draft.data if self.draft else {})}

    @property
    def is_outdated(self) -> bool:
        """Somebody else of the house has saved since this person began to type."""
        return self.draft is not None and self.draft.based_on_version != self.statement.version


def key_of(written: Written) -> str:
    """What a tick sends: with the version, for what was changed after reading is not acted on."""
    return f"{written.pk}-{written.version}"


def ticked(keys: Iterable[str]) -> dict[int, int]:
    """Statement id to the version that was read; somebody's play is left out."""
    parts = [key.split("-") for key in keys]
    return {
        int(pair[0]): int(pair[1]) for pair in parts if len(pair) == 2 and all(map(is_number, pair))
    }


def require_writer(user: User) -> None:
    if not user.has_role(*WRITERS):
        raise PermissionDenied


def written_for(user: User) -> StatementQuerySet:
    """With all that the pages of a statement look for."""
    return readable(user).written_by(user).defer("fact_sheet")


def sittings(user: User, day: date) -> list[Sitting]:
    """What is due first comes first."""
    rows = (
        written_for(user)
        .filter(pk__in=Statement.objects.awaited(day), state=StatementState.OPEN)
        .annotate(has_earlier=has_earlier())
        .order_by(
            "guideline_check__round",
            "ministry__sort_order",
            "ministry",
            "guideline_check__partnership__sort_key",
            "pk",
        )
    )
    of_one = groupby(rows, lambda row: (row.guideline_check.round_id, row.ministry_id))
    return sorted((sitting_of(list(group)) for _, group in of_one), key=attrgetter("due_on"))


def sitting_of(statements: Sequence[Statement]) -> Sitting:
    return Sitting(statements[0].guideline_check.round, statements[0].ministry, statements)


def asked_for(found: Iterable[Sitting], query: QueryDict) -> Sitting | None:
    """The one the address names, else the first; `?s=1&s=2` leaves only these statements."""
    sitting = next((one for one in found if one.is_asked_by(query)), None)
    chosen = set(query.getlist("s"))
    if sitting is None or not chosen:
        return sitting
    left = [row for row in sitting.statements if str(row.pk) in chosen]
    return sitting_of(left) if left else None


def rows_of(statements: Sequence[Statement], user: User) -> list[Row]:
    """Two queries, and a third where something was asked inside, however many there are."""
    notes: dict[int, list[ReviewNote]] = {row.pk: [] for row in statements}
    asked = ReviewNote.objects.filter(statement__in=notes).select_related("criterion__guideline")
    for note in asked.order_by("criterion__guideline__number", "criterion__code"):
        notes[note.statement_id].append(note)
    typed = StatementDraft.objects.visible_to(user).of_statements().filter(statement__in=notes)
    drafts = {draft.statement_id: draft for draft in typed}
    inside = _asked_inside(statements, user)
    rows = [Row(row, notes[row.pk], drafts.get(row.pk), inside[row.pk]) for row in statements]
    return [row if _is_typed(row) else replace(row, draft=None) for row in rows]


def show_cited(rows: Sequence[Row], user: User) -> None:
    """What each answer rests on, with what the author is warned of."""
    notes = [note for row in rows for note in row.notes]
    asked = ReviewNote.objects.filter(pk__in=[note.pk for note in notes])
    cited = list(with_evidence(asked, user, is_released=False))
    show_evidence(cited)
    keep_evidence(notes, cited)


def _asked_inside(statements: Sequence[Statement], user: User) -> dict[int, list[Delegation]]:
    found: dict[int, list[Delegation]] = {row.pk: [] for row in statements}
    given = [row for row in statements if getattr(row, "has_delegation", True)]
    asked = Delegation.objects.beside(user, today()).filter(statement__in=given)
    rows = {row.pk: row for row in given}
    for one in asked.select_related("criterion", "person") if given else ():
        one.statement = rows[one.statement_id]
        found[one.statement_id].append(one)
    return found


def _is_typed(row: Row) -> bool:
    return row.draft is not None and says_anything_new(row.draft.data, row.stored)


def typed_ticks(statements: Iterable[Statement], user: User) -> dict[int, dict[str, str]]:
    """Evidence ticked on the page of a statement and not saved: the table does not ask for it."""
    drafts = StatementDraft.objects.visible_to(user).of_statements()
    found = {}
    for draft in drafts.filter(statement__in=statements):
        ticks = {name: text for name, text in draft.data.items() if name.startswith(PREFIX)}
        if ticks:
            found[draft.statement_id] = ticks
    return found

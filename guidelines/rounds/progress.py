"""How far a round has come, as far as a person may know.

Nobody outside a house learns more than these six states: a draft, a submission or a return
inside the house leaves all of them as they are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Q, Value, When

from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.statements.querysets import StatementQuerySet
from guidelines.states.tables import CheckState, RoundState, StatementState
from partnerships.models import Partnership

if TYPE_CHECKING:
    from ministries.models import User


class CellState(Enum):
    """(code of the badge, word): what a cell of the matrix says."""

    NOT_ASKED = ("not_involved", "nicht beteiligt")
    OPEN = ("open", "offen")
    EXTENDED = ("extended", "Frist verlängert")
    OVERDUE = ("overdue", "überfällig")
    RECEIVED = ("received", "liegt vor")
    NIL_RETURN = ("nil_return", "Fehlanzeige")
    NO_STATEMENT = ("no_statement", "keine Stellungnahme")

    @property
    def code(self) -> str:
        return self.value[0]

    @property
    def label(self) -> str:
        return self.value[1]

    @property
    def is_answered(self) -> bool:
        return self in (CellState.RECEIVED, CellState.NIL_RETURN)

    @property
    def is_outstanding(self) -> bool:
        return self in (CellState.OPEN, CellState.EXTENDED, CellState.OVERDUE)


def cell_state(statement: Statement | None, today: date) -> CellState:
    """Needs `guideline_check.round` for the deadline; select it along."""
    if statement is None or statement.is_out:
        return CellState.NOT_ASKED
    if statement.state == StatementState.RELEASED:
        return CellState.NIL_RETURN if statement.is_nil_return else CellState.RECEIVED
    if statement.is_closed:
        return CellState.NO_STATEMENT
    if statement.deadline < today:
        return CellState.OVERDUE
    return CellState.EXTENDED if statement.due_on else CellState.OPEN


@dataclass(frozen=True)
class RoundProgress:
    total: int
    received: int
    nil_returns: int
    not_given: int
    open: int
    extended: int
    overdue: int

    @property
    def answered(self) -> int:
        """Statements and Fehlanzeigen that have arrived."""
        return self.received + self.nil_returns


def counted_statements(check_round: CheckRound, user: "User") -> "list[Statement]":
    """All statements of the round over partnerships this person may know of; one query.

    They are for counting states: their content is read through `visible_to` only.
    """
    return list(
        _known(user)
        .filter(guideline_check__round=check_round)
        .select_related("ministry", "guideline_check__partnership", "guideline_check__round")
        .defer("key_message", "return_note", "fact_sheet", "guideline_check__evaluation")
        .order_by("guideline_check__partnership__sort_key", "ministry__sort_order", "pk")
    )


def closed_on(statements: "Iterable[Statement]") -> date | None:
    """When the collection ended, once it has for every partnership."""
    checks = {row.guideline_check for row in statements if not row.guideline_check.is_out}
    days = [check.collection_closed_on for check in checks]
    known = [day for day in days if day]
    return max(known) if known and len(known) == len(days) else None


def _counted(check_round: CheckRound, user: "User") -> StatementQuerySet:
    return _countable(user).filter(guideline_check__round=check_round)


def counted_while_running(user: "User", today: date) -> StatementQuerySet:
    running = CheckRound.objects.running(user, today)
    return _countable(user).filter(guideline_check__round__in=running)


def _countable(user: "User") -> StatementQuerySet:
    return _known(user).asked()


def _known(user: "User") -> StatementQuerySet:
    hidden = Partnership.objects.hidden_from(user)
    return Statement.objects.exclude(guideline_check__partnership__in=hidden)


@dataclass(frozen=True)
class HouseCount:
    """How many statements of one house are in one state."""

    ministry_id: int
    ministry_slug: str
    state: CellState
    number: int


def counted_by_house(check_round: CheckRound, user: "User", today: date) -> list[HouseCount]:
    """The same statements counted by the database, houses in protocol order; one query."""
    rows = (
        _counted(check_round, user)
        .annotate(cell=_cell(check_round, today))
        .order_by("ministry__sort_order", "ministry", "cell")
        .values_list("ministry", "ministry__slug", "cell")
        .annotate(number=Count("pk"))
    )
    states = {state.code: state for state in CellState}
    return [HouseCount(pk, slug, states[code], number) for pk, slug, code, number in rows]


def _cell(check_round: CheckRound, today: date) -> Case:
    """What `cell_state` says of a statement, for the database."""
    is_late = Q(due_on__lt=today)
    if check_round.due_on < today:
        is_late |= Q(due_on__isnull=True)
    released = Q(state=StatementState.RELEASED)
    return Case(
        When(released & Q(is_nil_return=True), then=Value(CellState.NIL_RETURN.code)),
        When(released, then=Value(CellState.RECEIVED.code)),
        When(
            Q(guideline_check__collection_closed_on__isnull=False, is_reopened=False)
            | Q(guideline_check__round__state=RoundState.BROKEN_OFF),
            then=Value(CellState.NO_STATEMENT.code),
        ),
        When(is_late, then=Value(CellState.OVERDUE.code)),
        When(due_on__isnull=False, then=Value(CellState.EXTENDED.code)),
        default=Value(CellState.OPEN.code),
    )


def summarise(statements: "list[Statement]", today: date) -> RoundProgress:
    counts = Counter(cell_state(statement, today) for statement in statements)
    return _progress(counts)


def added_up(counted: Iterable[HouseCount]) -> RoundProgress:
    counts: Counter[CellState] = Counter()
    for count in counted:
        counts[count.state] += count.number
    return _progress(counts)


def _progress(counts: Mapping[CellState, int]) -> RoundProgress:
    return RoundProgress(
        total=sum(number for state, number in counts.items() if state is not CellState.NOT_ASKED),
        received=counts[CellState.RECEIVED],
        nil_returns=counts[CellState.NIL_RETURN],
        not_given=counts[CellState.NO_STATEMENT],
        open=counts[CellState.OPEN],
        extended=counts[CellState.EXTENDED],
        overdue=counts[CellState.OVERDUE],
    )


def round_progress(check_round: CheckRound, user: "User", today: date) -> RoundProgress:
    return added_up(counted_by_house(check_round, user, today))


def shown_round_state(check_round: CheckRound, user: "User", *, is_undisclosed: bool) -> RoundState:
    """Outside the circle a closed round runs on until all its decisions are visible."""
    state = RoundState(check_round.state)
    if state is RoundState.CLOSED and is_undisclosed and not user.sees_proposals:
        return RoundState.OPEN
    return state


def shown_check_state(
    check: GuidelineCheck, user: "User", *, is_decision_visible: bool
) -> CheckState | None:
    """None where this person may only know that the check is under way."""
    if user.sees_proposals:
        return CheckState(check.state)
    return CheckState.DECIDED if is_decision_visible else None

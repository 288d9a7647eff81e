"""How far a round has come, as far as a person may know.

Nobody outside a house learns more than these six states: a draft, a submission or a return
inside the house leaves all of them as they are.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from django.urls import reverse

from guidelines.models import CheckRound, GuidelineCheck, Statement
from guidelines.state_tables import CheckState, RoundState, StatementState
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

    @property
    def code(self) -> str:
        return self.value[0]

    @property
    def label(self) -> str:
        return self.value[1]

    @property
    def is_answered(self) -> bool:
        return self in (CellState.RECEIVED, CellState.NIL_RETURN)


def cell_state(statement: Statement | None, today: date) -> CellState:
    """Needs `guideline_check.round` for the deadline; select it along."""
    if statement is None:
        return CellState.NOT_ASKED
    if statement.state == StatementState.RELEASED:
        return CellState.NIL_RETURN if statement.is_nil_return else CellState.RECEIVED
    if statement.deadline < today:
        return CellState.OVERDUE
    return CellState.EXTENDED if statement.due_on else CellState.OPEN


@dataclass(frozen=True)
class Overdue:
    """An overdue statement that this person may see by name."""

    ministry_abbreviation: str
    partnership_name: str
    url: str


@dataclass(frozen=True)
class RoundProgress:
    total: int
    received: int
    nil_returns: int
    open: int
    extended: int
    overdue: int
    overdue_named: tuple[Overdue, ...] = ()

    @property
    def answered(self) -> int:
        """Statements and Fehlanzeigen that have arrived."""
        return self.received + self.nil_returns

    @property
    def outstanding(self) -> int:
        return self.total - self.answered


def counted_statements(check_round: CheckRound, user: "User") -> "list[Statement]":
    """All statements of the round over partnerships this person may know of; one query.

    They are for counting states: their content is read through `visible_to` only.
    """
    return list(
        Statement.objects.filter(
            guideline_check__round=check_round,
            guideline_check__partnership__in=Partnership.objects.visible_to(user),
        )
        .select_related("ministry", "guideline_check__partnership", "guideline_check__round")
        .defer("key_message", "return_note", "fact_sheet", "guideline_check__evaluation")
        .order_by("guideline_check__partnership__sort_key", "ministry__sort_order")
    )


def summarise(statements: list[Statement], user: "User", today: date) -> RoundProgress:
    counts = dict.fromkeys(CellState, 0)
    named: list[Overdue] = []
    own = user.ministry_ids()
    for statement in statements:
        state = cell_state(statement, today)
        counts[state] += 1
        if state is CellState.OVERDUE and (user.sees_proposals or statement.ministry_id in own):
            named.append(_overdue(statement, is_own=statement.ministry_id in own))
    return RoundProgress(
        total=len(statements),
        received=counts[CellState.RECEIVED],
        nil_returns=counts[CellState.NIL_RETURN],
        open=counts[CellState.OPEN],
        extended=counts[CellState.EXTENDED],
        overdue=counts[CellState.OVERDUE],
        overdue_named=tuple(named),
    )


def _overdue(statement: Statement, *, is_own: bool) -> Overdue:
    check = statement.guideline_check
    return Overdue(
        ministry_abbreviation=statement.ministry.abbreviation,
        partnership_name=check.partnership.name,
        url=statement.get_absolute_url()
        if is_own
        else f"{reverse('guidelines:round', args=[check.round.year])}#{check.partnership.slug}",
    )


def round_progress(check_round: CheckRound, user: "User", today: date) -> RoundProgress:
    """One query; named overdue houses only as DESIGN §4 allows."""
    return summarise(counted_statements(check_round, user), user, today)


# What somebody outside the circle may know of a state


def shown_round_state(
    check_round: CheckRound, user: "User", *, are_decisions_visible: bool
) -> RoundState:
    """Outside the circle a closed round runs on until all its decisions are visible."""
    state = RoundState(check_round.state)
    if state is RoundState.CLOSED and not (user.sees_proposals or are_decisions_visible):
        return RoundState.OPEN
    return state


def shown_check_state(
    check: GuidelineCheck, user: "User", *, is_decision_visible: bool
) -> CheckState | None:
    """None where this person may only know that the check is under way."""
    if user.sees_proposals:
        return CheckState(check.state)
    return CheckState.DECIDED if is_decision_visible else None

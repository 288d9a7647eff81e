"""Yesterday, today, tomorrow in a Leitlinien-Check: deadlines, and the day a decision may be seen."""

from datetime import date, timedelta

import pytest

from guidelines.desk_coordination import desk_items, to_chase
from guidelines.models import (
    CheckRound,
    Decision,
    GuidelineCheck,
    Proposal,
    Statement,
)
from guidelines.partnership_part import next_steps
from guidelines.progress import CellState, cell_state, counted_by_house
from guidelines.statement_lists import state_code
from tests.factories import NOW
from tests.guidelines.conftest import World, fresh, released

DAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
YESTERDAY, TOMORROW = DAY - ONE_DAY, DAY + ONE_DAY


def set_due(world: World, round_due: date, extended: date | None) -> Statement:
    CheckRound.objects.update(due_on=round_due)
    Statement.objects.filter(pk=world.statement.pk).update(due_on=extended)
    return fresh(world.statement)


def decide(world: World, visible_from: date) -> None:
    """The last check of the round: it is closed."""
    for state in ("evaluating", "proposed"):
        GuidelineCheck.objects.filter(pk=world.check.pk).update(state=state)
    common = {"guideline_check": world.check, "outcome": "continue"}
    Proposal.objects.create(
        number=1, reasons="Gründe.", written_at=NOW, written_by=world.coordinator, **common
    )
    Decision.objects.create(
        body=Decision.Body.CABINET,
        decided_on=YESTERDAY,
        number="1",
        wording="Wortlaut",
        effective_from=YESTERDAY,
        visible_from=visible_from,
        recorded_at=NOW,
        recorded_by=world.coordinator,
        **common,
    )
    GuidelineCheck.objects.filter(pk=world.check.pk).update(state="decided")
    CheckRound.objects.update(state="closed", closed_at=NOW, closed_by=world.coordinator)


# Deadlines


@pytest.mark.parametrize(
    ("round_due", "extended", "state"),
    [
        (TOMORROW, None, CellState.OPEN),
        (DAY, None, CellState.OPEN),  # the last day
        (YESTERDAY, None, CellState.OVERDUE),
        (YESTERDAY, TOMORROW, CellState.EXTENDED),
        (YESTERDAY, DAY, CellState.EXTENDED),
        (date(2026, 11, 1), YESTERDAY, CellState.OVERDUE),
        (TOMORROW, YESTERDAY, CellState.OVERDUE),
    ],
)
def test_statement_is_overdue_the_day_after_its_own_deadline(
    world: World, round_due: date, extended: date | None, state: CellState
) -> None:
    statement = set_due(world, round_due, extended)
    is_overdue = state is CellState.OVERDUE

    assert cell_state(statement, DAY) is state
    own = Statement.objects.filter(pk=statement.pk)
    assert own.overdue(DAY).exists() is is_overdue
    assert state_code(statement, DAY) == ("overdue" if is_overdue else "open")
    counted = counted_by_house(statement.guideline_check.round, world.coordinator, DAY)
    house = world.house.ministry
    assert [(row.state, row.number) for row in counted if row.ministry_id == house.pk] == [
        (state, 1)
    ]
    assert to_chase(world.coordinator, DAY).filter(pk=house.pk).exists() is is_overdue
    (step,) = next_steps(world.check.partnership, world.house.officer, DAY)
    assert step.tone == ("danger" if is_overdue else "info")
    assert step.due_on == (extended or round_due)


def test_statement_that_has_arrived_is_not_overdue(world: World) -> None:
    released(world.statement, house=world.house)
    statement = set_due(world, YESTERDAY, None)

    assert not Statement.objects.filter(pk=statement.pk).overdue(DAY).exists()
    assert cell_state(statement, DAY) is CellState.RECEIVED


@pytest.mark.parametrize(
    ("round_due", "extended", "since"),
    [(YESTERDAY, None, YESTERDAY), (date(2026, 11, 1), YESTERDAY, YESTERDAY)],
)
def test_overdue_house_is_chased_since_its_own_deadline(
    world: World, round_due: date, extended: date | None, since: date
) -> None:
    Statement.objects.filter(pk=world.other_statement.pk).update(due_on=TOMORROW)
    set_due(world, round_due, extended)

    items = desk_items(world.coordinator, DAY)

    chased = [item for item in items if item.verb == "Überfälliges nachfassen"]
    assert [item.due_on for item in chased] == [since]

"""Yesterday, today, tomorrow in a Leitlinien-Check: deadlines, and the day a decision may be seen."""

from datetime import UTC, date, datetime, timedelta

import pytest

from guidelines.checks.partnership_part import next_steps
from guidelines.models import (
    CheckRound,
    Decision,
    GuidelineCheck,
    Proposal,
    ReviewNote,
    Statement,
)
from guidelines.rounds.desk import desk_items, to_chase, to_evaluate
from guidelines.rounds.progress import CellState, cell_state, counted_by_house
from guidelines.statements.desk import to_answer
from guidelines.statements.lists import own_statements, state_code
from guidelines.statements.notices import tell_heads
from guidelines.statements.pages import offers
from guidelines.states.completeness import statement_is_complete
from ministries.models import Notification
from tests.factories import NOW
from tests.guidelines.conftest import World, fresh, released, submitted, write

DAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
YESTERDAY, TOMORROW = DAY - ONE_DAY, DAY + ONE_DAY


def set_due(world: World, round_due: date, extended: date | None) -> Statement:
    CheckRound.objects.update(due_on=round_due)
    Statement.objects.filter(pk=world.statement.pk).update(due_on=extended)
    return fresh(world.statement)


def decide(world: World, visible_from: date, *, is_last: bool = True) -> None:
    """With the last check of a round the round is closed."""
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
    if is_last:
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
    assert to_chase(world.coordinator, DAY).filter(ministry=house).exists() is is_overdue
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


@pytest.mark.parametrize(("due_on", "is_ready"), [(DAY, False), (YESTERDAY, True)])
def test_evaluation_may_begin_the_day_after_the_deadline(
    world: World, due_on: date, is_ready: bool
) -> None:
    set_due(world, due_on, None)

    assert to_evaluate(world.coordinator, DAY).exists() is is_ready


@pytest.mark.parametrize(
    ("round_due", "extended", "is_offered"),
    [(DAY, None, True), (YESTERDAY, None, False), (YESTERDAY, DAY, True)],
)
def test_withdrawal_is_offered_on_the_last_day(
    world: World, round_due: date, extended: date | None, is_offered: bool
) -> None:
    released(world.statement, house=world.house)
    statement = set_due(world, round_due, extended)

    assert offers(statement, world.house.head, DAY, is_queried=False).withdraw is is_offered


@pytest.mark.parametrize(("due_on", "is_read"), [(DAY, False), (YESTERDAY, True)])
def test_other_asked_houses_read_from_the_day_after_the_deadline(
    world: World, due_on: date, is_read: bool
) -> None:
    """Of the round: another deadline for one house changes nothing."""
    released(world.statement, house=world.house)
    released(world.other_statement, house=world.other)
    statement = set_due(world, due_on, TOMORROW)

    other = world.other.officer
    seen = Statement.objects.visible_to(other, DAY).filter(pk=statement.pk)
    notes = ReviewNote.objects.visible_to(other, DAY).filter(statement=statement)
    assert (seen.exists(), notes.exists()) == (is_read, is_read)


# The day a decision may be seen


@pytest.mark.parametrize(
    ("visible_from", "is_visible"), [(YESTERDAY, True), (DAY, True), (TOMORROW, False)]
)
def test_decision_is_read_by_others_from_its_day_on(
    world: World, visible_from: date, is_visible: bool
) -> None:
    decide(world, visible_from)

    for model in (Decision, Proposal):
        assert model.objects.visible_to(world.stranger.head, DAY).exists() is is_visible
        assert model.objects.visible_to(world.coordinator, DAY).exists()
    readable = GuidelineCheck.objects.readable_by(world.stranger.officer, DAY)
    assert readable.exists() is is_visible


@pytest.mark.parametrize(
    ("visible_from", "is_awaited"), [(YESTERDAY, False), (DAY, False), (TOMORROW, True)]
)
def test_statement_is_awaited_until_the_decision_is_visible(
    world: World, visible_from: date, is_awaited: bool
) -> None:
    decide(world, visible_from)
    statement = fresh(world.statement)
    officer = world.house.officer

    assert statement.is_awaited(DAY) is is_awaited
    assert Statement.objects.awaited(DAY).filter(pk=statement.pk).exists() is is_awaited
    assert to_answer(officer, DAY).exists() is is_awaited
    assert own_statements(officer, DAY).exists() is is_awaited


def test_statement_is_not_awaited_once_decided_though_the_round_runs_on(world: World) -> None:
    decide(world, DAY, is_last=False)

    assert not fresh(world.statement).is_awaited(DAY)
    assert not Statement.objects.awaited(DAY).filter(pk=world.statement.pk).exists()


def test_statement_of_a_running_round_is_awaited(world: World) -> None:
    assert fresh(world.statement).is_awaited(DAY)
    assert Statement.objects.awaited(DAY).count() == 2


def test_statement_of_a_round_in_preparation_is_not_awaited(world: World) -> None:
    CheckRound.objects.create(year=1999, edition=world.check_round.edition, due_on=TOMORROW)
    GuidelineCheck.objects.filter(pk=world.check.pk).update(round=CheckRound.objects.get(year=1999))

    assert not fresh(world.statement).is_awaited(DAY)
    assert not Statement.objects.awaited(DAY).exists()


# Around midnight


@pytest.mark.parametrize(("hour", "is_complete"), [(22, True), (23, False)])
def test_day_of_a_vote_is_still_to_come(
    world: World, monkeypatch: pytest.MonkeyPatch, hour: int, is_complete: bool
) -> None:
    """Tomorrow has begun at 23 o'clock in UTC."""
    write(world.statement, by=world.house.officer, vote="postpone", vote_until_on=TOMORROW)
    moment = datetime(2026, 11, 23, hour, 59 if hour == 22 else 0, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    gaps = statement_is_complete(fresh(world.statement), {})

    assert [gap.field for gap in gaps] == ([] if is_complete else ["vote_until_on"])


@pytest.mark.parametrize(
    ("told_at", "number"),
    [
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), 2),  # yesterday in Saxony
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), 1),  # today, half past midnight to come
    ],
)
def test_heads_are_told_anew_each_day_in_saxony(
    world: World, monkeypatch: pytest.MonkeyPatch, told_at: datetime, number: int
) -> None:
    statement = submitted(world.statement, by=world.house.officer)
    Notification.objects.update(created_at=told_at)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)

    tell_heads(statement, now=NOW)

    assert Notification.objects.filter(recipient=world.house.head).count() == number


@pytest.mark.parametrize(("hour", "is_told"), [(22, True), (23, False)])
def test_head_is_told_until_the_end_of_the_last_day(world: World, hour: int, is_told: bool) -> None:
    world.house.head.appointments.update(valid_until=DAY)
    statement = submitted(world.statement, by=world.house.officer)
    Notification.objects.all().delete()

    tell_heads(statement, now=datetime(2026, 11, 23, hour, 30, tzinfo=UTC))

    assert Notification.objects.exists() is is_told

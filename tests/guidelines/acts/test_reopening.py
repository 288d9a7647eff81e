"""Zulieferung wieder öffnen: a row with its reason, for all houses or for one of them."""

from datetime import date, timedelta

import pytest

from guidelines.collection.actions import close_collections
from guidelines.decisions.actions import begin_evaluation
from guidelines.models import GuidelineCheck, Reopening, Statement
from guidelines.rounds.actions import extend_deadline
from guidelines.rounds.progress import CellState, cell_state, counted_by_house
from guidelines.statements.actions import withdraw
from ministries.models import Notification
from tests.factories import NOW
from tests.guidelines.conftest import (
    LATER,
    World,
    closed,
    fresh,
    released,
    reopened,
    reopened_for,
    submitted,
)
from ui.errors import Refusal

TODAY = date(2026, 11, 23)


def current(world: World) -> GuidelineCheck:
    return GuidelineCheck.objects.get(pk=world.check.pk)


def letters() -> list[tuple[str, str]]:
    found = Notification.objects.filter(subject__contains="wieder geöffnet")
    return list(found.values_list("to_address", "body"))


# For all houses


def test_row_says_who_when_why_and_what_it_undid(world: World) -> None:
    closed(world.check, by=world.coordinator)

    reopened(world.check, by=world.coordinator)

    row = Reopening.objects.get()
    assert (row.guideline_check, row.statement) == (world.check, None)
    assert (row.reopened_at, row.reopened_by) == (NOW, world.coordinator)
    assert (row.reason, row.due_on) == ("Das Ressort bat darum.", LATER)
    assert (row.closed_on, row.closed_by) == (TODAY, world.coordinator)
    assert (current(world).collection_closed_on, current(world).collection_closed_by) == (None,) * 2


@pytest.mark.parametrize("is_evaluated", [False, True])
def test_missing_houses_may_file_again_until_the_deadline(world: World, is_evaluated: bool) -> None:
    closed(world.check, by=world.coordinator)
    if is_evaluated:
        begin_evaluation(check=world.check, by=world.coordinator, now=NOW)

    reopened(world.check, by=world.coordinator)

    assert current(world).state == "collecting"
    assert fresh(world.statement).deadline == LATER
    assert cell_state(fresh(world.statement), TODAY) is CellState.EXTENDED
    submitted(fresh(world.statement), by=world.house.officer)


def test_released_and_withdrawn_statements_stay_as_they_are(world: World) -> None:
    statement = released(world.statement, house=world.house)
    other = released(world.other_statement, house=world.other)
    withdraw(statement=other, by=world.other.head, now=NOW)
    before = fresh(statement).version, fresh(other).version
    closed(world.check, by=world.coordinator)

    reopened(world.check, by=world.coordinator)

    assert (fresh(statement).state, fresh(statement).due_on) == ("released", None)
    assert (fresh(other).state, fresh(other).key_message) == ("open", "Die Zusammenarbeit trägt.")
    assert (fresh(statement).version, fresh(other).version) == before


def test_only_those_that_may_file_are_told_and_not_why(world: World) -> None:
    released(world.statement, house=world.house)
    closed(world.check, by=world.coordinator)

    reopened(world.check, by=world.coordinator)

    ((address, body),) = letters()
    assert address == world.other.ministry.mailbox
    assert f"{LATER:%d.%m.%Y}" in body
    assert "bat darum" not in body


def test_longer_deadline_is_kept(world: World) -> None:
    longer = LATER + timedelta(days=9)
    extend_deadline(statements=[world.statement], due_on=longer, by=world.coordinator, now=NOW)
    closed(world.check, by=world.coordinator)

    reopened(world.check, by=world.coordinator)

    assert fresh(world.statement).deadline == longer


# For one house


def test_one_house_may_file_and_the_others_not(world: World) -> None:
    closed(world.check, by=world.coordinator)

    reopened_for(world.statement, by=world.coordinator)

    mine, other = fresh(world.statement), fresh(world.other_statement)
    assert Reopening.objects.get().statement == mine
    assert current(world).collection_closed_on == TODAY
    assert cell_state(mine, TODAY) is CellState.EXTENDED
    assert cell_state(other, TODAY) is CellState.NO_STATEMENT
    submitted(mine, by=world.house.officer)
    with pytest.raises(Refusal, match="beendet"):
        submitted(other, by=world.other.officer)


def test_queries_know_the_one_house(world: World) -> None:
    closed(world.check, by=world.coordinator)

    reopened_for(world.statement, by=world.coordinator)

    rows, mine = Statement.objects, [world.statement]
    assert list(rows.outstanding()) == list(rows.awaited(TODAY)) == mine
    assert list(rows.overdue(LATER + timedelta(days=1))) == mine
    assert list(rows.not_given()) == [world.other_statement]
    counted = counted_by_house(world.check_round, world.coordinator, TODAY)
    assert {count.ministry_id: count.state for count in counted} == {
        world.house.ministry.pk: CellState.EXTENDED,
        world.other.ministry.pk: CellState.NO_STATEMENT,
    }


def test_only_the_one_house_is_told(world: World) -> None:
    closed(world.check, by=world.coordinator)

    reopened_for(world.statement, by=world.coordinator)

    assert [address for address, _ in letters()] == [world.house.ministry.mailbox]


def test_one_house_closes_with_the_next_closing_and_hears_of_it(world: World) -> None:
    closed(world.check, by=world.coordinator)
    reopened_for(world.statement, by=world.coordinator)

    missing = close_collections(checks=[world.check], by=world.coordinator, now=NOW)

    assert missing == [world.statement]
    assert not Statement.objects.filter(is_reopened=True).exists()
    with pytest.raises(Refusal, match="schon geschlossen"):
        closed(world.check, by=world.coordinator)


def test_opening_for_all_ends_what_was_opened_for_one(world: World) -> None:
    closed(world.check, by=world.coordinator)
    reopened_for(world.statement, by=world.coordinator)

    reopened(world.check, by=world.coordinator)
    closed(world.check, by=world.coordinator)

    assert fresh(world.statement).is_closed
    assert Reopening.objects.count() == 2


def test_released_statement_is_not_reopened(world: World) -> None:
    released(world.statement, house=world.house)
    closed(world.check, by=world.coordinator)

    with pytest.raises(Refusal, match="liegt schon vor"):
        reopened_for(world.statement, by=world.coordinator)


def test_second_reopening_is_refused(world: World) -> None:
    closed(world.check, by=world.coordinator)
    reopened_for(world.statement, by=world.coordinator)

    with pytest.raises(Refusal, match="schon wieder geöffnet"):
        reopened_for(world.statement, by=world.coordinator)

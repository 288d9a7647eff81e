"""Zulieferung wieder öffnen: a row with its reason, for all houses or for one of them."""

from datetime import date, timedelta

import pytest

from guidelines.decisions.actions import begin_evaluation
from guidelines.models import GuidelineCheck, Reopening
from guidelines.rounds.actions import extend_deadline
from guidelines.rounds.progress import CellState, cell_state
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
    submitted,
)

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

"""What becomes of a round that was broken off: nothing is owed, nothing changes, the rest stays."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from guidelines.collection.actions import close_collections, resume_collection
from guidelines.decisions.actions import begin_evaluation, write_evaluation
from guidelines.models import CheckRound, GuidelineCheck, ReviewNote, Statement
from guidelines.queries.actions import ask, withdraw_query
from guidelines.rounds.actions import extend_deadline
from guidelines.rounds.attention import attention_items
from guidelines.rounds.desk import desk_items as coordination_items
from guidelines.rounds.progress import CellState, cell_state
from guidelines.statements.actions import withdraw
from guidelines.statements.desk import desk_items
from guidelines.statements.lists import own_statements
from ministries.models import User
from tests.factories import NOW
from tests.guidelines.acts.test_breaking_off import break_off
from tests.guidelines.conftest import World, fresh, released, submitted, write
from ui.errors import Refusal


def test_nothing_is_owed_in_a_round_broken_off(world: World) -> None:
    day = world.check_round.due_on + timedelta(days=1)
    submitted(world.other_statement, by=world.other.officer)
    break_off(world)

    statement = fresh(world.statement)
    assert not statement.is_awaited(day)
    assert cell_state(statement, day) is CellState.NO_STATEMENT
    for rows in (Statement.objects.awaited(day), Statement.objects.outstanding()):
        assert not rows.exists()
    assert not Statement.objects.overdue(day).exists()
    assert not own_statements(world.house.officer, day).exists()
    for user in (world.house.officer, world.other.head):
        assert desk_items(user, day) == []
    assert coordination_items(world.coordinator, day) == []
    assert attention_items(world.coordinator, day) == []


def test_what_was_released_stays_readable_as_before(world: World) -> None:
    statement = released(world.statement, house=world.house)
    before, after = world.check_round.due_on, world.check_round.due_on + timedelta(days=1)
    break_off(world)

    def reads(user: User, day: date) -> bool:
        return Statement.objects.visible_to(user, day).filter(pk=statement.pk).exists()

    assert reads(world.coordinator, before)
    assert reads(world.house.officer, before)
    assert not reads(world.other.officer, before)
    assert reads(world.other.officer, after)
    assert not reads(world.stranger.officer, after)


# What every act answers once the round is broken off


def late_acts(world: World) -> list[Callable[[], object]]:
    by, check, now = world.coordinator, world.check, NOW
    due_on = world.check_round.due_on + timedelta(days=9)
    return [
        lambda: break_off(world),
        lambda: begin_evaluation(check=check, by=by, now=now),
        lambda: close_collections(checks=[check], by=by, now=now),
        lambda: resume_collection(check=check, by=by, now=now),
        lambda: write_evaluation(
            check=check, evaluation="Text", expected_version=check.version, by=by, now=now
        ),
        lambda: extend_deadline(statements=[fresh(world.statement)], due_on=due_on, by=by, now=now),
        lambda: ask(
            statement=fresh(world.other_statement), text="Wie?", due_on=due_on, by=by, now=now
        ),
        lambda: write(fresh(world.statement), by=world.house.officer),
        lambda: withdraw(statement=fresh(world.other_statement), by=world.other.head, now=now),
    ]


@pytest.mark.parametrize("number", range(9))
def test_round_broken_off_refuses_every_act(world: World, number: int) -> None:
    released(world.other_statement, house=world.other)
    break_off(world)

    with pytest.raises(Refusal):
        late_acts(world)[number]()


def test_question_asked_before_is_not_withdrawn_any_more(world: World) -> None:
    statement, due_on = released(world.statement, house=world.house), world.check_round.due_on
    asked = ask(statement=statement, text="Wie?", due_on=due_on, by=world.coordinator, now=NOW)
    break_off(world)

    with pytest.raises(Refusal, match="wird nicht mehr geändert"):
        withdraw_query(query=asked, by=world.coordinator, now=NOW)


@pytest.mark.parametrize("model", [CheckRound, GuidelineCheck, Statement])
def test_database_keeps_a_round_broken_off_as_it_is(world: World, model: Any) -> None:
    break_off(world)

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(version=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewNote.objects.all().delete()

"""The answers of the last check, taken over: marked, and counted once they are confirmed."""

from datetime import timedelta
from typing import Any

import pytest

from guidelines.models import Statement
from guidelines.statements.actions import release, submit
from guidelines.statements.lists import own_statements
from guidelines.statements.pages import notes_of
from guidelines.statements.taking_over import take_over
from guidelines.states.transitions import gaps
from ministries.clock import today
from tests.factories import NOW, make_check, make_round, make_statement
from tests.guidelines.conftest import World, fresh, signed_in, write
from tests.guidelines.test_statement_conflict import form_data
from tests.guidelines.test_statement_pages import path


@pytest.fixture
def last(world: World) -> Statement:
    """What the house released about the same partnership in a round before."""
    former = make_round(
        edition=world.check_round.edition,
        year=world.check_round.year - 1,
        due_on=today() + timedelta(days=5),
        opened_at=NOW - timedelta(days=300),
    )
    check = make_check(check_round=former, partnership=world.check.partnership)
    statement = make_statement(ministry=world.house.ministry, check=check, criteria=world.criteria)
    reasons = {world.criteria[0].pk: "Wie immer.", world.criteria[1].pk: ""}
    write(statement, by=world.house.officer, reasons=reasons)
    submit(statement=statement, by=world.house.officer, now=NOW)
    release(statement=fresh(statement), by=world.house.head, now=NOW)
    return fresh(statement)


def pressed(world: World, button: str, **changes: str) -> Any:
    version = fresh(world.statement).version
    data = form_data(world, version=version, **changes) | {"_next": button}
    return signed_in(world.house.officer).post(path(world), data)


def empty(world: World) -> dict[str, str]:
    return {f"answer_{criterion.pk}": "" for criterion in world.criteria}


def answers(statement: Statement) -> list[tuple[str, str, bool]]:
    return [(note.answer, note.reason, note.is_unconfirmed) for note in notes_of(statement)]


def test_answers_and_reasons_are_taken_over(world: World, last: Statement) -> None:
    pressed(world, "uebernehmen", **empty(world))

    assert answers(world.statement) == [("2", "Wie immer.", True), ("yes", "", True)]
    assert world.house.officer in world.statement.authors.all()


def test_what_is_written_stays(world: World, last: Statement) -> None:
    first, second = world.criteria

    pressed(world, "uebernehmen", **{f"answer_{first.pk}": "1", f"answer_{second.pk}": ""})

    assert answers(world.statement) == [("1", "", False), ("yes", "", True)]


def test_taken_over_counts_once_confirmed(world: World, last: Statement) -> None:
    write(world.statement, by=world.house.officer, answers={})
    take_over(statements=[fresh(world.statement)], by=world.house.officer, now=NOW)

    missing = [gap.field for gap in gaps(fresh(world.statement), "submit")]
    assert missing == [f"confirm_{criterion.pk}" for criterion in world.criteria]
    assert own_statements(world.house.officer, today()).get(pk=world.statement.pk).answered == 0

    pressed(world, "bestaetigen", **{f"reason_{world.criteria[0].pk}": "Wie immer."})

    assert gaps(fresh(world.statement), "submit") == []
    assert own_statements(world.house.officer, today()).get(pk=world.statement.pk).answered == 2


def test_a_tick_confirms_one(world: World, last: Statement) -> None:
    take_over(statements=[world.statement], by=world.house.officer, now=NOW)
    first = world.criteria[0]

    pressed(world, "", **{f"confirm_{first.pk}": "on", f"reason_{first.pk}": "Wie immer."})

    assert [note.is_unconfirmed for note in notes_of(world.statement)] == [False, True]


def test_a_changed_answer_is_confirmed(world: World, last: Statement) -> None:
    take_over(statements=[world.statement], by=world.house.officer, now=NOW)
    first = world.criteria[0]

    pressed(world, "", **{f"answer_{first.pk}": "1", f"reason_{first.pk}": "Wie immer."})

    assert [note.is_unconfirmed for note in notes_of(world.statement)] == [False, True]

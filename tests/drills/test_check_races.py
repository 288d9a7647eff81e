"""Two people at the same act of a Leitlinien-Check: one succeeds, the other is told in a sentence."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from guidelines.collection.actions import close_collections, reopen_cell, reopen_collection
from guidelines.decisions.actions import begin_evaluation, propose
from guidelines.models import CheckRound, Proposal, Query, Reopening, Statement
from guidelines.queries.actions import answer
from guidelines.rounds.actions import extend_deadline
from guidelines.rounds.ending_actions import break_off_round
from guidelines.statements.actions import (
    file_nil_return,
    release,
    return_for_revision,
    submit,
    take_back,
    withdraw,
)
from ministries.models import Notification
from tests.drills.races import at_once
from tests.factories import NOW
from tests.guidelines.conftest import (
    LATE,
    LATER,
    World,
    asked,
    fresh,
    released,
    reply_submitted,
    submitted,
    world,
    write,
)
from tests.guidelines.test_decision import current
from ui.errors import Conflict, Refusal

__all__ = ["world"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
SAMPLE = 8
CHANCE = random.Random(5)
Act = Callable[[World], Any]


def close(world: World) -> None:
    close_collections(checks=[world.check], by=world.coordinator, now=NOW)


def reopen(world: World) -> None:
    reopen_collection(check=current(world.check), by=world.coordinator, **LATE)


def reopen_one(world: World) -> None:
    reopen_cell(statement=fresh(world.statement), by=world.coordinator, **LATE)


def begin(world: World) -> None:
    begin_evaluation(check=current(world.check), by=world.coordinator, now=NOW)


def put_forward(world: World) -> None:
    wanted: dict[str, Any] = {"outcome": "end", "until_on": None, "reasons": "Gründe."}
    # Both have opened the form of the same version.
    propose(check=current(world.check), expected_version=3, by=world.coordinator, now=NOW, **wanted)


def extend(world: World) -> None:
    rows = [fresh(world.statement)]
    extend_deadline(statements=rows, due_on=LATER, by=world.coordinator, now=NOW)


def hand_in(world: World) -> None:
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)


def file_nothing(world: World) -> None:
    file_nil_return(statements=[fresh(world.statement)], by=world.house.colleague, now=NOW)


def let_go(world: World) -> None:
    release(statement=fresh(world.statement), by=world.house.head, now=NOW)


def send_back(world: World) -> None:
    return_for_revision(
        statement=fresh(world.statement), note="Kürzer.", by=world.house.head, now=NOW
    )


def fetch_back(world: World) -> None:
    take_back(statement=fresh(world.statement), by=world.house.officer, now=NOW)


def pull_out(world: World) -> None:
    withdraw(statement=fresh(world.statement), by=world.house.head, now=NOW)


def answer_back(world: World) -> None:
    answer(query=Query.objects.get(), by=world.house.head, now=NOW)


def break_off(world: World) -> None:
    row = CheckRound.objects.get(pk=world.check_round.pk)
    break_off_round(check_round=row, reason="Anlass.", by=world.coordinator, now=NOW)


def told(act: Act, world: World) -> Callable[[], str]:
    """ "" when it was done, else what the person reads; anything else is a fault."""

    def run() -> str:
        try:
            act(world)
        except (Refusal, Conflict) as refusal:
            return str(refusal)
        return ""

    return run


def both(world: World, first: Act, second: Act) -> list[str]:
    return list(at_once(told(first, world), told(second, world), chance=CHANCE))


def in_state(world: World, state: str) -> None:
    if state == "written":
        write(world.statement, by=world.house.officer)
    elif state == "submitted":
        submitted(world.statement, by=world.house.officer)
    elif state == "released":
        released(world.statement, house=world.house)
    elif state == "queried":
        query = asked(released(world.statement, house=world.house), by=world.coordinator)
        reply_submitted(query, by=world.house.officer)
    elif state == "closed":
        close(world)
    elif state == "evaluating":
        close(world)
        begin(world)


# The same act twice, or two that exclude each other: exactly one is done.
EXCLUSIVE: list[tuple[str, Act, Act]] = [
    ("nothing", close, close),
    ("closed", reopen, reopen),
    ("closed", reopen_one, reopen_one),
    ("nothing", begin, begin),
    ("evaluating", put_forward, put_forward),
    ("nothing", extend, extend),
    ("written", hand_in, hand_in),
    ("written", hand_in, file_nothing),
    ("submitted", let_go, let_go),
    ("submitted", let_go, send_back),
    ("submitted", let_go, fetch_back),
    ("released", pull_out, pull_out),
]


@pytest.mark.parametrize("number", range(SAMPLE))
@pytest.mark.parametrize(
    ("state", "first", "second"),
    EXCLUSIVE,
    ids=[f"{one.__name__}-{other.__name__}" for _, one, other in EXCLUSIVE],
)
def test_one_of_two_is_done(world: World, state: str, first: Act, second: Act, number: int) -> None:
    in_state(world, state)

    answers = both(world, first, second)

    assert answers.count("") == 1, answers
    assert all(sentence.endswith(".") for sentence in answers if sentence)
    assert Reopening.objects.count() <= 1
    assert Proposal.objects.count() <= 1


# The collection ends while a house acts: what it is told and what stands agree.


@pytest.mark.parametrize("number", range(SAMPLE))
@pytest.mark.parametrize(("state", "act"), [("submitted", let_go), ("released", pull_out)])
def test_house_acts_before_the_closing_or_not_at_all(
    world: World, state: str, act: Act, number: int
) -> None:
    in_state(world, state)

    refused, closing = both(world, act, close)

    assert closing == ""
    assert refused == "" or "ist beendet" in refused
    statement: Statement = fresh(world.statement)
    is_done = refused == ""
    assert (statement.state == "released") is (is_done if act is let_go else not is_done)
    letters = Notification.objects.filter(
        to_address=world.house.ministry.mailbox, subject__contains="Zulieferung geschlossen"
    )
    assert letters.exists() is (statement.state != "released")


# Others that meet: nobody gets a number instead of a sentence, and the second knows of the first.


@pytest.mark.parametrize("number", range(SAMPLE))
@pytest.mark.parametrize(
    ("state", "act", "second"),
    [
        ("submitted", let_go, break_off),
        ("nothing", close, break_off),
        ("nothing", begin, break_off),
        ("nothing", extend, break_off),
        ("nothing", extend, close),
        ("queried", answer_back, close),
    ],
)
def test_whoever_comes_second_reads_why(
    world: World, state: str, act: Act, second: Act, number: int
) -> None:
    in_state(world, state)

    refused, done = both(world, act, second)

    assert done == ""
    assert refused == "" or refused.endswith((".", "?"))

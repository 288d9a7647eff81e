"""What a house asks inside, and in which situations it may."""

from collections.abc import Callable
from typing import Any

import pgtrigger

from guidelines.delegations.actions import Addressee, Answered, answer_all, give, take_back
from guidelines.models import Delegation
from tests.factories import NOW, make_delegation
from tests.guidelines.acts.situations import Situation, current_statement
from tests.guidelines.conftest import World


def ask_inside(world: World) -> None:
    give(
        statements=[current_statement(world)],
        criterion=world.criteria[0],
        to=Addressee(person=world.house.manager),
        due_on=NOW.date(),
        by=world.house.officer,
        now=NOW,
    )


def asked_before(world: World) -> Delegation:
    """Given while the statement was still written, whatever has become of it."""
    with pgtrigger.ignore("guidelines.Delegation:closed_round"):
        return make_delegation(
            statement=current_statement(world),
            criterion=world.criteria[0],
            person=world.house.manager,
        )


def answer_inside(world: World) -> None:
    said = Answered(asked_before(world), "2", "")
    answer_all(answers=[said], by=world.house.manager, now=NOW)


def take_back_inside(world: World) -> None:
    take_back(delegations=[asked_before(world)], by=world.house.officer, now=NOW)


def is_written(situation: Situation) -> bool:
    return situation.takes_answers and situation.statement == "open"


INSIDE: dict[str, tuple[Callable[[World], Any], Callable[[Situation], bool]]] = {
    "ask inside": (ask_inside, is_written),
    "answer inside": (answer_inside, is_written),
    "take back inside": (take_back_inside, is_written),
}

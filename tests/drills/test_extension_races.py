"""More time is answered while the house releases, takes its request back or asks again."""

from typing import Any

import pytest

from guidelines.extensions.actions import Answer, answer_requests, take_request_back
from guidelines.models import ExtensionRequest, Statement
from tests.drills.test_check_races import SAMPLE, Act, both, break_off, close, let_go
from tests.factories import NOW
from tests.guidelines.acts.test_extensions import asked_for_time, wish
from tests.guidelines.conftest import World, fresh, submitted, world
from ui.errors import Refusal

__all__ = ["world"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


def ask(world: World) -> None:
    asked_for_time(world)


def _answer(world: World, **answer: Any) -> None:
    (request,) = ExtensionRequest.objects.all()
    refused = answer_requests(
        answers=[Answer(request, **answer)], by=world.coordinator, now=NOW
    ).refused
    if refused:
        raise Refusal(refused[0][1])


def grant(world: World) -> None:
    _answer(world, granted_on=wish(world))


def decline(world: World) -> None:
    _answer(world, granted_on=None, remark="Anlass.")


def take_back(world: World) -> None:
    (request,) = ExtensionRequest.objects.all()
    take_request_back(request=request, by=world.house.officer, now=NOW)


@pytest.mark.parametrize("number", range(SAMPLE))
@pytest.mark.parametrize(
    ("first", "second"),
    [(ask, ask), (grant, grant), (grant, decline), (grant, take_back), (decline, take_back)],
)
def test_one_of_two_is_done(world: World, first: Act, second: Act, number: int) -> None:
    if first is not ask:
        ask(world)

    answers = both(world, first, second)

    assert answers.count("") == 1, answers
    assert all(sentence.endswith(".") for sentence in answers if sentence)
    request = ExtensionRequest.objects.get()
    assert (request.state == "granted") is (fresh(world.statement).due_on is not None)


@pytest.mark.parametrize("number", range(SAMPLE))
@pytest.mark.parametrize("act", [let_go, close, break_off])
def test_time_is_granted_before_the_end_or_not_at_all(world: World, act: Act, number: int) -> None:
    submitted(world.statement, by=world.house.officer)
    ask(world)

    refused, done = both(world, grant, act)

    assert done == ""
    assert refused == "" or refused.endswith((".", "?"))
    statement: Statement = fresh(world.statement)
    assert (statement.due_on == wish(world)) is (refused == "")
    assert ExtensionRequest.objects.get().state == ("open" if refused else "granted")

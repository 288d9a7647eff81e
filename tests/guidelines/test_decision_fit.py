"""What does not fit is refused: an outcome to the status, a day to the day a decision takes effect."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from guidelines.models import Outcome
from partnerships.models import StatusPeriod
from tests.guidelines.conftest import World
from tests.guidelines.test_decision import (
    EFFECTIVE,
    FACTS,
    ONE_DAY,
    SUSPENSION,
    decide,
    put_forward,
    standing,
)
from ui.errors import Refusal


def test_not_going_on_ends_an_initiation(world: World) -> None:
    StatusPeriod.objects.update(status="exploratory", valid_from=None)

    decide(world, Outcome.DROP)

    assert standing(world, world.coordinator, EFFECTIVE).status == "ended"


@pytest.mark.parametrize("outcome", [Outcome.DROP, Outcome.EXAMINE_RESUMPTION])
def test_outcome_that_does_not_fit_the_status_is_refused(world: World, outcome: str) -> None:
    put_forward(world.check, world.coordinator)

    with pytest.raises(Refusal, match="passt nicht zum Status „aktiv“"):
        decide(world, outcome)


@pytest.mark.parametrize(
    ("outcome", "fields"),
    [
        (Outcome.CONTINUE_LIMITED, {"until_on": EFFECTIVE}),
        (Outcome.SUSPEND, SUSPENSION | {"review_on": EFFECTIVE - ONE_DAY}),
    ],
)
def test_days_before_the_effective_day_are_refused(
    world: World, outcome: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(Refusal, match="liegt nicht nach „wirksam ab“"):
        decide(world, outcome, **fields)


def test_effective_day_of_another_year_is_refused(world: World) -> None:
    facts = replace(FACTS, effective_from=date(2062, 1, 1))

    with pytest.raises(Refusal, match="Prüfen Sie die Jahreszahl"):
        decide(world, facts=facts)

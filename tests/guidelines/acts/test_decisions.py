"""From the evaluation to the proposal: who may, from which state, and what each act writes."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.actions.decisions import (
    begin_evaluation,
    propose,
    resume_collection,
    revise_proposal,
)
from guidelines.models import GuidelineCheck, Proposal
from tests.factories import NOW
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.conftest import World
from ui.errors import Refusal

TODAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
ORDER = ("collecting", "evaluating", "proposed", "decided")
MOVES = [
    (begin_evaluation, "collecting", "evaluating"),
    (resume_collection, "evaluating", "collecting"),
    (revise_proposal, "proposed", "evaluating"),
]


def check_in(world: World, state: str) -> GuidelineCheck:
    """As the next request loads it."""
    for passed in ORDER[1 : ORDER.index(state) + 1]:
        GuidelineCheck.objects.filter(pk=world.check.pk).update(state=passed)
    return GuidelineCheck.objects.get(pk=world.check.pk)


def state_of(world: World) -> tuple[str, int]:
    check = GuidelineCheck.objects.get(pk=world.check.pk)
    return check.state, check.version


def proposing(check: GuidelineCheck, world: World, **changes: Any) -> Proposal:
    values: dict[str, Any] = {"outcome": "continue", "until_on": None, "reasons": "Gründe."}
    return propose(check=check, by=world.coordinator, **({"now": NOW} | values | changes))


# There and back


@pytest.mark.parametrize(("act", "source", "target"), MOVES)
def test_move_counts_as_a_change(
    world: World, act: Callable[..., None], source: str, target: str
) -> None:
    act(check=check_in(world, source), by=world.coordinator, now=NOW)

    assert state_of(world) == (target, 2)


@pytest.mark.parametrize(("act", "source"), [(act, source) for act, source, _ in MOVES])
@pytest.mark.parametrize("state", ORDER)
def test_move_from_another_state_is_refused(
    world: World, act: Callable[..., None], source: str, state: str
) -> None:
    if state == source:
        return

    with pytest.raises(Refusal, match="ist nicht möglich"):
        act(check=check_in(world, state), by=world.coordinator, now=NOW)

    assert state_of(world) == (state, 1)


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_moves_belong_to_the_coordination(world: World, who: str) -> None:
    by = person(world, who)

    with pytest.raises(PermissionDenied):
        begin_evaluation(check=world.check, by=by, now=NOW)
    with pytest.raises(PermissionDenied):
        resume_collection(check=check_in(world, "evaluating"), by=by, now=NOW)
    with pytest.raises(PermissionDenied):
        revise_proposal(check=check_in(world, "proposed"), by=by, now=NOW)

    assert state_of(world) == ("proposed", 1)


def test_resumed_collection_begins_anew(world: World) -> None:
    begin_evaluation(check=world.check, by=world.coordinator, now=NOW)

    resume_collection(check=world.check, by=world.coordinator, now=NOW)

    assert state_of(world) == ("collecting", 3)


def test_revising_keeps_the_former_proposal(world: World) -> None:
    proposal = proposing(check_in(world, "evaluating"), world)

    revise_proposal(check=world.check, by=world.coordinator, now=NOW)

    assert list(Proposal.objects.all()) == [proposal]

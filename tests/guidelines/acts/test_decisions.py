"""From the evaluation to the proposal: who may, from which state, and what each act writes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.collection.actions import resume_collection
from guidelines.decisions.actions import (
    begin_evaluation,
    propose,
    revise_proposal,
    write_evaluation,
)
from guidelines.models import GuidelineCheck, Outcome, Proposal
from partnerships.models import StatusPeriod
from tests.factories import NOW, make_status_period
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.conftest import World
from ui.errors import Conflict, Refusal

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


# The evaluation


@pytest.mark.parametrize("state", ["evaluating", "proposed"])
def test_evaluation_is_written(world: World, state: str) -> None:
    write_evaluation(
        check=check_in(world, state),
        evaluation="Alle Häuser raten dazu.",
        expected_version=1,
        by=world.coordinator,
        now=NOW,
    )

    assert GuidelineCheck.objects.get(pk=world.check.pk).evaluation == "Alle Häuser raten dazu."
    assert state_of(world) == (state, 2)


@pytest.mark.parametrize("state", ["collecting", "decided"])
def test_evaluation_at_another_time_is_refused(world: World, state: str) -> None:
    with pytest.raises(Refusal, match="Beginnen Sie zuerst die Auswertung"):
        write_evaluation(
            check=check_in(world, state),
            evaluation="Zu früh",
            expected_version=1,
            by=world.coordinator,
            now=NOW,
        )


def test_second_evaluator_is_told(world: World) -> None:
    begin_evaluation(check=world.check, by=world.coordinator, now=NOW)

    with pytest.raises(Conflict) as conflict:
        write_evaluation(
            check=world.check,
            evaluation="Von einem alten Formular",
            expected_version=1,
            by=world.coordinator,
            now=NOW,
        )

    assert (conflict.value.current.version, conflict.value.current.evaluation) == (2, "")


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_evaluation_by_others_is_refused(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        write_evaluation(
            check=check_in(world, "evaluating"),
            evaluation="Fremd",
            expected_version=1,
            by=person(world, who),
            now=NOW,
        )

    assert GuidelineCheck.objects.get(pk=world.check.pk).evaluation == ""


# The proposal


def test_proposal_keeps_what_was_proposed_by_whom_and_when(world: World) -> None:
    until = date(2028, 1, 1)
    proposal = propose(
        check=check_in(world, "evaluating"),
        outcome=Outcome.CONTINUE_LIMITED,
        until_on=until,
        reasons="Noch zwei Jahre.",
        expected_version=1,
        by=world.coordinator,
        now=NOW,
    )

    assert proposal == Proposal.objects.get()
    found = Proposal.objects.get()
    assert (found.guideline_check, found.number) == (world.check, 1)
    assert (found.outcome, found.until_on) == ("continue_limited", until)
    assert (found.reasons, found.written_by) == ("Noch zwei Jahre.", world.coordinator)
    assert found.written_at == NOW
    assert state_of(world) == ("proposed", 2)


def test_new_wording_is_a_new_version_beside_the_former(world: World) -> None:
    proposing(check_in(world, "evaluating"), world, reasons="Erste.")
    proposing(world.check, world, reasons="Zweite.")

    proposing(world.check, world, reasons="Dritte.")

    rows = Proposal.objects.order_by("number").values_list("number", "reasons")
    assert list(rows) == [(1, "Erste."), (2, "Zweite."), (3, "Dritte.")]
    assert state_of(world)[0] == "proposed"


def test_day_is_dropped_where_the_outcome_needs_none(world: World) -> None:
    check = check_in(world, "evaluating")

    assert proposing(check, world, until_on=date(2020, 1, 1)).until_on is None


@pytest.mark.parametrize("outcome", [Outcome.CONTINUE_LIMITED, Outcome.POSTPONE])
@pytest.mark.parametrize("days", [-1, 0])
def test_proposal_until_today_is_refused(world: World, outcome: str, days: int) -> None:
    with pytest.raises(Refusal, match="liegt nicht in der Zukunft"):
        propose(
            check=check_in(world, "evaluating"),
            outcome=outcome,
            until_on=TODAY + timedelta(days=days),
            reasons="Gründe.",
            by=world.coordinator,
            now=NOW,
        )

    assert not Proposal.objects.exists()


def test_proposal_until_tomorrow(world: World) -> None:
    day = TODAY + ONE_DAY

    proposal = proposing(check_in(world, "evaluating"), world, outcome="postpone", until_on=day)

    assert proposal.until_on == day


def test_today_is_the_day_in_saxony(world: World) -> None:
    """Half past eleven in the evening in UTC is tomorrow already."""
    with pytest.raises(Refusal, match="liegt nicht in der Zukunft"):
        propose(
            check=check_in(world, "evaluating"),
            outcome="postpone",
            until_on=TODAY + ONE_DAY,
            reasons="Gründe.",
            by=world.coordinator,
            now=datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
        )


def test_proposal_that_does_not_fit_the_status_of_the_day_is_refused(world: World) -> None:
    """The partnership rests from tomorrow on: today its resumption is nothing to examine."""
    partnership = world.check.partnership
    StatusPeriod.objects.filter(partnership=partnership).update(valid_until=TODAY)
    rests = {"status": "dormant", "valid_from": TODAY + ONE_DAY}
    make_status_period(partnership=partnership, **rests)
    check = check_in(world, "evaluating")

    with pytest.raises(Refusal, match="passt nicht zum Status „aktiv“"):
        propose(
            check=check,
            outcome="examine_resumption",
            until_on=None,
            reasons="Gründe.",
            by=world.coordinator,
            now=NOW,
        )
    tomorrow = proposing(check, world, outcome="examine_resumption", now=NOW + ONE_DAY)

    assert tomorrow.number == 1


@pytest.mark.parametrize("state", ["collecting", "decided"])
def test_proposal_without_evaluation_is_refused(world: World, state: str) -> None:
    with pytest.raises(Refusal, match="ist nicht möglich"):
        propose(
            check=check_in(world, state),
            outcome="continue",
            until_on=None,
            reasons="Gründe.",
            by=world.coordinator,
            now=NOW,
        )

    assert not Proposal.objects.exists()


@pytest.mark.parametrize("state", ["evaluating", "proposed"])
def test_second_proposer_is_told(world: World, state: str) -> None:
    check = check_in(world, state)
    check.save_versioned(expected=1, fields=[])

    with pytest.raises(Conflict):
        propose(
            check=check,
            outcome="continue",
            until_on=None,
            reasons="Gründe.",
            expected_version=1,
            by=world.coordinator,
            now=NOW,
        )

    assert not Proposal.objects.exists()
    assert state_of(world) == (state, 2)


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_proposal_by_others_is_refused(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        propose(
            check=check_in(world, "evaluating"),
            outcome="continue",
            until_on=None,
            reasons="Gründe.",
            by=person(world, who),
            now=NOW,
        )

    assert not Proposal.objects.exists()

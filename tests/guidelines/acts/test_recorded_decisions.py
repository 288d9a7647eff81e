"""One decision about several partnerships: its limits, what it keeps, and what follows from it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.decisions.actions import (
    CheckOutcome,
    DecisionFacts,
    decisions_about,
    record_decisions,
)
from guidelines.models import CheckRound, Decision, GuidelineCheck, Outcome
from partnerships.models import Partnership, StatusPeriod
from tests.factories import NOW, make_check, make_partnership, make_round
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.conftest import World, closed
from ui.errors import Conflict, Refusal

TODAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
FACTS = DecisionFacts(
    body=Decision.Body.CABINET,
    decided_on=TODAY,
    number="01/0123",
    wording="Das Kabinett beschließt.",
    effective_from=date(2027, 1, 1),
    visible_from=date(2027, 2, 1),
)
RESTING: dict[str, Any] = {
    "outcome": Outcome.SUSPEND,
    "resume_condition": "Wenn die Lage es zulässt.",
    "review_on": date(2028, 1, 1),
}


@pytest.fixture
def check(world: World) -> GuidelineCheck:
    """With its proposal; nobody can file a statement any more."""
    closed(world.check, by=world.coordinator)
    return proposed(world.check)


def proposed(check: GuidelineCheck) -> GuidelineCheck:
    for state in ("evaluating", "proposed"):
        GuidelineCheck.objects.filter(pk=check.pk).update(state=state)
    return check


def decide(
    world: World, *outcomes: CheckOutcome, facts: DecisionFacts = FACTS, now: datetime = NOW
) -> list[Decision]:
    return record_decisions(
        check_round=world.check_round, facts=facts, outcomes=outcomes, by=world.coordinator, now=now
    )


def last_status(check: GuidelineCheck) -> StatusPeriod:
    return StatusPeriod.objects.filter(partnership=check.partnership).latest("valid_from")


def test_decision_keeps_what_was_decided(world: World, check: GuidelineCheck) -> None:
    (made,) = decide(world, CheckOutcome(check, **RESTING))

    found = Decision.objects.get()
    assert made == found
    assert (found.guideline_check, found.outcome) == (check, "suspend")
    assert DecisionFacts(**{name: getattr(found, name) for name in vars(FACTS)}) == FACTS
    assert found.resume_condition == "Wenn die Lage es zulässt."
    assert (found.until_on, found.review_on) == (None, date(2028, 1, 1))
    assert (found.recorded_at, found.recorded_by) == (NOW, world.coordinator)


def test_decision_keeps_only_the_days_of_its_outcome(world: World, check: GuidelineCheck) -> None:
    until = date(2028, 6, 1)
    chosen = CheckOutcome(check, **RESTING | {"outcome": Outcome.POSTPONE, "until_on": until})

    (made,) = decide(world, chosen)

    assert (made.until_on, made.resume_condition, made.review_on) == (until, "", None)


def test_day_is_dropped_where_the_outcome_needs_none(world: World, check: GuidelineCheck) -> None:
    (made,) = decide(world, CheckOutcome(check, Outcome.CONTINUE, until_on=date(2020, 1, 1)))

    assert made.until_on is None


def test_check_and_round_are_closed(world: World, check: GuidelineCheck) -> None:
    decide(world, CheckOutcome(check, Outcome.CONTINUE))

    found = GuidelineCheck.objects.select_related("round").get(pk=check.pk)
    assert (found.state, found.version) == ("decided", 3)  # its collection was closed before
    assert (found.round.state, found.round.closed_at) == ("closed", NOW)
    assert found.round.closed_by == world.coordinator


def test_status_names_the_decision_it_follows_from(world: World, check: GuidelineCheck) -> None:
    decide(world, CheckOutcome(check, **RESTING))

    status = last_status(check)
    assert (status.status, status.valid_from) == ("dormant", FACTS.effective_from)
    assert status.visible_from == FACTS.visible_from
    assert status.reason == f"{world.check_round}: ruhen lassen"
    assert (status.deciding_body, status.reference) == ("Kabinettsbeschluss", "01/0123")
    assert status.resume_condition == "Wenn die Lage es zulässt."
    assert status.review_on == date(2028, 1, 1)
    assert (status.confirmed_on, status.confirmed_by) == (TODAY, world.coordinator)


def test_resting_again_is_a_new_period(world: World, check: GuidelineCheck) -> None:
    """Its conditions may be others."""
    StatusPeriod.objects.update(status="dormant", source="Testdaten")

    decide(world, CheckOutcome(check, **RESTING))

    former, new = StatusPeriod.objects.filter(partnership=check.partnership).order_by("valid_from")
    assert former.valid_until == FACTS.effective_from - ONE_DAY
    assert new.valid_from == FACTS.effective_from


def test_scrutiny_ends_the_day_before_and_shows_with_the_decision(
    world: World, check: GuidelineCheck
) -> None:
    since = {"scrutiny_since": date(2026, 2, 12), "scrutiny_reason": "Leitlinien 2026"}
    Partnership.objects.filter(pk=check.partnership_id).update(**since)

    decide(world, CheckOutcome(check, Outcome.CONTINUE))

    found = Partnership.objects.get(pk=check.partnership_id)
    assert found.scrutiny_until == FACTS.effective_from - ONE_DAY
    assert found.scrutiny_end_visible_from == FACTS.visible_from


# Its limits


def test_decision_of_tomorrow_is_refused(world: World, check: GuidelineCheck) -> None:
    tomorrow = replace(FACTS, decided_on=TODAY + ONE_DAY)

    with pytest.raises(Refusal, match="liegt in der Zukunft"):
        decide(world, CheckOutcome(check, Outcome.CONTINUE), facts=tomorrow)

    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # tomorrow already in Saxony
    assert len(decide(world, CheckOutcome(check, Outcome.CONTINUE), facts=tomorrow, now=late)) == 1


@pytest.mark.parametrize("days", [-366, 366])
def test_effective_day_at_most_a_year_apart(world: World, check: GuidelineCheck, days: int) -> None:
    facts = replace(FACTS, effective_from=TODAY + timedelta(days=days))

    assert len(decide(world, CheckOutcome(check, Outcome.CONTINUE), facts=facts)) == 1


@pytest.mark.parametrize("days", [-367, 367])
def test_effective_day_further_apart_is_refused(
    world: World, check: GuidelineCheck, days: int
) -> None:
    facts = replace(FACTS, effective_from=TODAY + timedelta(days=days))

    with pytest.raises(Refusal, match="mehr als ein Jahr"):
        decide(world, CheckOutcome(check, Outcome.CONTINUE), facts=facts)


@pytest.mark.parametrize(
    ("outcome", "name"),
    [
        ({"outcome": Outcome.CONTINUE_LIMITED}, "until_on"),
        ({"outcome": Outcome.POSTPONE}, "until_on"),
        (RESTING, "review_on"),
    ],
)
def test_day_of_an_outcome_comes_after_the_effective_day(
    world: World, check: GuidelineCheck, outcome: dict[str, Any], name: str
) -> None:
    same = outcome | {name: FACTS.effective_from}

    with pytest.raises(Refusal, match=r"01\.01\.2027\) liegt nicht nach „wirksam ab“"):
        decide(world, CheckOutcome(check, **same))

    later = outcome | {name: FACTS.effective_from + ONE_DAY}
    assert len(decide(world, CheckOutcome(check, **later))) == 1


def test_no_partnership_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="mindestens eine Partnerschaft"):
        record_decisions(
            check_round=world.check_round, facts=FACTS, outcomes=[], by=world.coordinator, now=NOW
        )


def test_round_that_does_not_run_is_refused(world: World) -> None:
    preparing = make_round(edition=world.check_round.edition, state="preparing")
    check = proposed(make_check(check_round=preparing))

    with pytest.raises(Refusal, match="laufenden"):
        record_decisions(
            check_round=preparing,
            facts=FACTS,
            outcomes=[CheckOutcome(check, Outcome.CONTINUE)],
            by=world.coordinator,
            now=NOW,
        )


def test_outcome_is_held_against_the_status_of_the_effective_day(
    world: World, check: GuidelineCheck
) -> None:
    StatusPeriod.objects.filter(partnership=check.partnership).update(
        valid_until=FACTS.effective_from - ONE_DAY
    )

    assert len(decide(world, CheckOutcome(check, Outcome.EXAMINE_RESUMPTION))) == 1


def test_what_others_recorded_meanwhile_is_named(world: World, check: GuidelineCheck) -> None:
    second = proposed(make_check(check_round=world.check_round))
    (first,) = decide(world, CheckOutcome(check, Outcome.CONTINUE))

    with pytest.raises(Conflict) as conflict:
        record_decisions(
            check_round=world.check_round,
            facts=FACTS,
            outcomes=[CheckOutcome(check, Outcome.END), CheckOutcome(second, Outcome.END)],
            by=world.coordinator,
            now=NOW,
        )

    assert conflict.value.current == [first]
    assert list(Decision.objects.all()) == [first]


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_others_record_no_decision(world: World, check: GuidelineCheck, who: str) -> None:
    with pytest.raises(PermissionDenied):
        record_decisions(
            check_round=world.check_round,
            facts=FACTS,
            outcomes=[CheckOutcome(check, Outcome.CONTINUE)],
            by=person(world, who),
            now=NOW,
        )

    assert not Decision.objects.exists()
    assert CheckRound.objects.get(pk=world.check_round.pk).state == "open"


def test_decisions_about_checks_by_the_names_of_their_partnerships(world: World) -> None:
    named = {"check_round": world.check_round}
    latium, flandern, other = (
        proposed(make_check(partnership=make_partnership(name=name), **named))
        for name in ("Latium", "Flandern", "Québec")
    )
    decide(world, *(CheckOutcome(check, Outcome.CONTINUE) for check in (latium, flandern, other)))

    found = decisions_about([latium, world.check, flandern])

    assert [decision.guideline_check for decision in found] == [flandern, latium]

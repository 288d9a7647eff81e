"""Until „sichtbar ab“ nothing changes outside the circle; a decision needs a closed collection."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from dashboards.dates import upcoming
from dashboards.embargo import disclosed
from dashboards.figures import running_round
from guidelines.decisions.actions import CheckOutcome, begin_evaluation, propose, record_decisions
from guidelines.models import CheckRound, Decision, GuidelineCheck, Statement
from guidelines.rounds.attention import attention_items
from guidelines.rounds.ending_actions import break_off_round
from guidelines.statements.actions import save_statement, withdraw
from ministries.clock import today
from ministries.models import User
from tests.factories import NOW, make_check
from tests.guidelines.conftest import (
    World,
    closed,
    fresh,
    released,
    reopened,
    reopened_for,
    signed_in,
)
from tests.guidelines.test_decision import DECIDED, FACTS
from ui.errors import Refusal

SECRET = replace(FACTS, visible_from=date(2999, 1, 1))


def propose_it(world: World) -> None:
    begin_evaluation(check=world.check, by=world.coordinator, now=NOW)
    row = GuidelineCheck.objects.get(pk=world.check.pk)
    values = {"outcome": "end", "until_on": None, "reasons": "Gründe."}
    propose(check=row, by=world.coordinator, now=NOW, **values)  # type: ignore[arg-type]


def record(world: World, visible_from: date = SECRET.visible_from) -> None:
    record_decisions(
        check_round=world.check_round,
        facts=replace(FACTS, visible_from=visible_from),
        outcomes=[CheckOutcome(world.check, "end")],
        by=world.coordinator,
        now=NOW,
    )


# The write door


def test_decision_is_refused_while_a_house_can_file(world: World) -> None:
    released(world.statement, house=world.house)
    CheckRound.objects.update(due_on=DECIDED)
    propose_it(world)

    with pytest.raises(Refusal, match=rf"noch offen \({world.other.ministry}\)"):
        record(world)

    assert not Decision.objects.exists()


def test_decision_is_refused_while_a_house_can_withdraw(world: World) -> None:
    released(world.statement, house=world.house)
    released(world.other_statement, house=world.other)
    propose_it(world)

    with pytest.raises(Refusal, match="Zulieferung ist noch offen"):
        record(world)


def test_decision_needs_no_closing_once_nothing_can_change(world: World) -> None:
    released(world.statement, house=world.house)
    released(world.other_statement, house=world.other)
    CheckRound.objects.update(due_on=DECIDED)
    propose_it(world)

    record(world)

    assert Decision.objects.exists()


def test_decision_is_recorded_once_the_collection_is_closed(world: World) -> None:
    closed(world.check, by=world.coordinator)
    propose_it(world)

    record(world)

    assert CheckRound.objects.get().state == "closed"


def test_reopened_collection_stands_in_the_way_again(world: World) -> None:
    closed(world.check, by=world.coordinator)
    begin_evaluation(check=world.check, by=world.coordinator, now=NOW)
    reopened(world.check, by=world.coordinator)
    propose_it(world)

    with pytest.raises(Refusal, match="Zulieferung ist noch offen"):
        record(world)


def test_cell_opened_again_stands_in_the_way(world: World) -> None:
    closed(world.check, by=world.coordinator)
    reopened_for(world.statement, by=world.coordinator)
    propose_it(world)

    with pytest.raises(Refusal, match=rf"noch offen \({world.house.ministry}\)"):
        record(world)

    closed(world.check, by=world.coordinator)
    record(world)
    assert Decision.objects.exists()


def test_reopened_cell_ends_no_sooner_nor_later_for_a_hidden_decision(world: World) -> None:
    closed(world.check, by=world.coordinator)
    reopened_for(world.statement, by=world.coordinator)
    released(fresh(world.statement), house=world.house)
    Statement.objects.filter(pk=world.statement.pk).update(due_on=DECIDED)
    propose_it(world)
    before = told(world)

    record(world)

    assert told(world) == before
    statement = fresh(world.statement)
    awaited = Statement.objects.awaited(today()).filter(pk=statement.pk)
    assert statement.is_awaited(today()) is awaited.exists() is True


# What a house is told


def told(world: World) -> list[str]:
    """The refusals a house gets from every act on what it has given and not given."""
    given, missing = fresh(world.statement), fresh(world.other_statement)
    found = []
    for house, statement in ((world.house, given), (world.other, missing)):
        with pytest.raises(Refusal) as refusal:
            save_statement(
                statement=statement,
                answers={},
                reasons={},
                vote="end",
                key_message="Neu",
                expected_version=statement.version,
                by=house.officer,
                now=NOW,
            )
        found.append(str(refusal.value))
    with pytest.raises(Refusal) as refusal:
        withdraw(statement=given, by=world.house.head, now=NOW)
    return [*found, str(refusal.value)]


def test_refusals_say_the_same_before_and_after_a_hidden_decision(world: World) -> None:
    released(world.statement, house=world.house)
    closed(world.check, by=world.coordinator)
    propose_it(world)
    before = told(world)

    record(world)

    assert told(world) == before


# What everybody sees


def seen(world: World, user: User) -> list[object]:
    """Card, dates, need for action, the desk, the statements, the round and the partnership."""
    slug, name = world.check.partnership.slug, world.check_round.slug
    client = signed_in(user)
    addresses = (
        "/",
        "/uebersicht/",
        "/stellungnahmen/",
        "/leitlinien-checks/",
        f"/leitlinien-checks/{name}/",
        f"/partnerschaften/{slug}/",
    )
    pages = [client.get(address) for address in addresses]
    return [
        running_round(user, today()),
        upcoming(user, today()),
        list(attention_items(user, today())),
        *((page.status_code, page.headers.get("Location")) for page in pages),
        *("läuft" in page.content.decode() for page in pages),
        *(f"Leitlinien-Check {name}" in page.content.decode() for page in pages),
    ]


@pytest.mark.parametrize("who", ["officer", "head", "manager"])
def test_round_runs_on_for_others_until_the_day(world: World, who: str) -> None:
    closed(world.check, by=world.coordinator)
    propose_it(world)
    user = getattr(world.house, who)
    before = seen(world, user)

    record(world)

    assert CheckRound.objects.get().state == "closed"
    assert seen(world, user) == before
    assert before[0] is not None


def test_round_is_over_for_the_circle_at_once(world: World) -> None:
    closed(world.check, by=world.coordinator)
    propose_it(world)

    record(world)

    assert running_round(world.coordinator, today()) is None


@pytest.mark.parametrize(("days", "runs"), [(-1, False), (0, False), (1, True)])
def test_round_is_over_for_others_on_the_day_itself(world: World, days: int, runs: bool) -> None:
    closed(world.check, by=world.coordinator)
    propose_it(world)

    record(world, visible_from=today() + timedelta(days=days))

    rounds = CheckRound.objects.running(world.house.officer, today())
    assert rounds.exists() is runs


def test_auditor_reads_what_came_before_the_hidden_decision(world: World) -> None:
    closed(world.check, by=world.coordinator)
    propose_it(world)

    record(world)

    events = disclosed(GuidelineCheck, today()).filter(pgh_obj_id=world.check.pk)
    states = events.values_list("state", flat=True)
    assert set(states) == {"collecting", "evaluating", "proposed"}


@pytest.mark.parametrize("days", [-1, 0, 1])
@pytest.mark.parametrize("model", [Decision, GuidelineCheck, CheckRound])
def test_auditor_reads_of_a_decision_from_its_day_on(world: World, model: Any, days: int) -> None:
    closed(world.check, by=world.coordinator)
    propose_it(world)
    before = list(model.pgh_event_model.objects.values_list("pgh_id", flat=True))

    record(world, visible_from=today() + timedelta(days=days))

    events = model.pgh_event_model.objects.exclude(pgh_id__in=before)
    assert events.exists()
    assert disclosed(model, today()).exclude(pgh_id__in=before).exists() is (days <= 0)


@pytest.mark.parametrize("who", ["officer", "head", "manager"])
def test_breaking_off_tells_nothing_of_what_was_decided(world: World, who: str) -> None:
    """With another partnership in the round, which keeps it open."""
    make_check(check_round=world.check_round)
    closed(world.check, by=world.coordinator)
    propose_it(world)
    user = getattr(world.house, who)
    values: dict[str, Any] = {"reason": "Neufassung.", "by": world.coordinator, "now": NOW}
    with transaction.atomic():
        break_off_round(check_round=world.check_round, **values)
        before = seen(world, user)
        transaction.set_rollback(True)

    record(world)
    break_off_round(check_round=world.check_round, **values)

    assert seen(world, user) == before

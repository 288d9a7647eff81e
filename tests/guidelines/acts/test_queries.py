"""Rückfrage: a row beside the released statement, which counts until the house releases its answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, IntegrityError, transaction

from guidelines.decisions.actions import CheckOutcome, record_decisions
from guidelines.models import CheckRound, GuidelineCheck, Query, Statement
from guidelines.queries.actions import answer, withdraw_queries, withdraw_query
from guidelines.statements.actions import release, withdraw
from guidelines.states.tables import QUERY_TRANSITIONS, QueryState
from ministries.models import Ministry, Notification
from tests.factories import NOW
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.acts.test_recorded_decisions import FACTS
from tests.guidelines.conftest import (
    World,
    asked,
    closed,
    fresh,
    released,
    reply_submitted,
    submitted,
)
from tests.guidelines.test_one_after_the_other import named
from ui.errors import Refusal

TODAY = NOW.date()


def current(query: Query) -> Query:
    return Query.objects.get(pk=query.pk)


def stored(statement: Statement) -> dict[str, Any]:
    return Statement.objects.filter(pk=statement.pk).values().get()


# Asked


def test_query_leaves_what_was_released_as_it_is(world: World) -> None:
    statement = released(world.statement, house=world.house)
    before = stored(statement)

    asked(statement, by=world.coordinator)

    assert stored(statement) == before


def test_query_keeps_who_asked_what_until_when(world: World, query: Query) -> None:
    assert (query.asked_by, query.asked_at, query.state) == (world.coordinator, NOW, "open")
    assert (query.text, query.due_on) == (
        "Welche Hochschule ist gemeint?",
        TODAY + timedelta(days=9),
    )


def test_query_tells_the_house_until_when(world: World, query: Query) -> None:
    mail = Notification.objects.get()

    assert (mail.to_address, mail.kind) == (world.house.ministry.mailbox, "request")
    assert mail.subject == (
        f"{world.check_round}: Rückfrage zur Stellungnahme ({world.check.partnership})"
    )
    assert f"{query.due_on:%d.%m.%Y}" in mail.body
    assert query.text not in mail.body
    assert mail.link == f"/stellungnahmen/rueckfragen/{query.pk}/"


def test_query_without_mailbox_sends_nothing(world: World) -> None:
    released(world.statement, house=world.house)
    Notification.objects.all().delete()
    Ministry.objects.update(mailbox="")

    asked(fresh(world.statement), by=world.coordinator)

    assert not Notification.objects.exists()


def test_second_query_is_refused_until_the_first_is_answered(world: World, query: Query) -> None:
    with pytest.raises(Refusal, match="schon eine Rückfrage offen"):
        asked(fresh(world.statement), by=world.coordinator)

    answer(query=reply_submitted(query, by=world.house.officer), by=world.house.head, now=NOW)
    asked(fresh(world.statement), by=world.coordinator)


def test_second_open_query_is_refused_by_the_database(world: World, query: Query) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Query.objects.create(
            statement=world.statement,
            text="Noch eine",
            due_on=TODAY,
            asked_at=NOW,
            asked_by=world.coordinator,
        )


@pytest.mark.parametrize("changes", [{"text": "  "}, {"due_on": TODAY}])
def test_query_without_text_or_future_day_is_refused(world: World, changes: Any) -> None:
    statement = released(world.statement, house=world.house)

    with pytest.raises(Refusal):
        asked(statement, by=world.coordinator, **changes)


def test_query_during_the_evaluation(world: World) -> None:
    statement = released(world.statement, house=world.house)
    GuidelineCheck.objects.filter(pk=world.check.pk).update(state="evaluating")

    assert asked(fresh(statement), by=world.coordinator).state == "open"


@pytest.mark.parametrize("states", [["proposed"], ["proposed", "decided"]])
def test_query_after_the_proposal_is_refused(world: World, states: list[str]) -> None:
    statement = released(world.statement, house=world.house)
    for state in ("evaluating", *states):
        GuidelineCheck.objects.filter(pk=world.check.pk).update(state=state)

    with pytest.raises(Refusal, match="Nehmen Sie ihn zuerst"):
        asked(fresh(statement), by=world.coordinator)


def test_query_in_a_closed_round_is_refused(world: World) -> None:
    statement = released(world.statement, house=world.house)
    CheckRound.objects.update(state="closed", closed_at=NOW, closed_by=world.coordinator)

    with pytest.raises(Refusal, match="läuft nicht mehr"):
        asked(fresh(statement), by=world.coordinator)


def test_query_after_the_collection_is_refused(world: World) -> None:
    statement = released(world.statement, house=world.house)
    closed(world.check, by=world.coordinator)

    with pytest.raises(Refusal, match="geschlossen"):
        asked(fresh(statement), by=world.coordinator)


def test_query_of_an_open_statement_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="liegt nicht mehr vor"):
        asked(world.statement, by=world.coordinator)


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_others_ask_nothing(world: World, who: str) -> None:
    statement = released(world.statement, house=world.house)

    with pytest.raises(PermissionDenied):
        asked(statement, by=person(world, who))

    assert not Query.objects.exists()


# Withdrawn


@pytest.mark.parametrize("state", ["open", "submitted"])
def test_query_is_withdrawn_however_far_the_house_is(
    world: World, query: Query, state: str
) -> None:
    if state == "submitted":
        reply_submitted(query, by=world.house.officer)
    Notification.objects.all().delete()

    withdraw_query(query=query, by=world.coordinator, now=NOW)

    assert current(query).state == "withdrawn"
    assert Notification.objects.get().subject.startswith(
        f"{world.check_round}: Rückfrage zurückgenommen"
    )
    withdraw(statement=fresh(world.statement), by=world.house.head, now=NOW)


def test_answered_query_is_not_withdrawn(world: World, query: Query) -> None:
    answer(query=reply_submitted(query, by=world.house.officer), by=world.house.head, now=NOW)

    with pytest.raises(Refusal, match="nicht mehr offen"):
        withdraw_query(query=query, by=world.coordinator, now=NOW)


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_others_withdraw_no_query(world: World, query: Query, who: str) -> None:
    with pytest.raises(PermissionDenied):
        withdraw_query(query=query, by=person(world, who), now=NOW)
    with pytest.raises(PermissionDenied):
        withdraw_queries(checks=[world.check.pk], by=person(world, who), now=NOW)


def test_all_of_several_checks_are_withdrawn_with_one_letter(world: World, query: Query) -> None:
    second = released(named(world, "Zz"), house=world.house)
    other = asked(second, by=world.coordinator)
    elsewhere = asked(released(world.other_statement, house=world.other), by=world.coordinator)
    Notification.objects.all().delete()

    withdraw_queries(
        checks=[world.check.pk, second.guideline_check_id], by=world.coordinator, now=NOW
    )

    assert {current(row).state for row in (query, other, elsewhere)} == {"withdrawn"}
    letters = {mail.to_address: mail for mail in Notification.objects.all()}
    assert letters.keys() == {world.house.ministry.mailbox, world.other.ministry.mailbox}
    assert "(2 Partnerschaften)" in letters[world.house.ministry.mailbox].subject
    assert "- Zz (vom " in letters[world.house.ministry.mailbox].body


# What else depends on it


def test_statement_is_not_withdrawn_under_a_query(world: World, query: Query) -> None:
    with pytest.raises(Refusal, match="Rückfrage offen"):
        withdraw(statement=fresh(world.statement), by=world.house.head, now=NOW)


def test_no_decision_while_a_house_can_answer(world: World, query: Query) -> None:
    released(world.other_statement, house=world.other)
    CheckRound.objects.update(due_on=TODAY - timedelta(days=1))
    for state in ("evaluating", "proposed"):
        GuidelineCheck.objects.filter(pk=world.check.pk).update(state=state)
    outcomes = [CheckOutcome(GuidelineCheck.objects.get(pk=world.check.pk), "continue")]
    decision: dict[str, Any] = {"facts": FACTS, "outcomes": outcomes, "now": NOW}

    with pytest.raises(Refusal, match=f"noch offen \\({world.house.ministry}\\)"):
        record_decisions(check_round=world.check_round, by=world.coordinator, **decision)

    withdraw_query(query=query, by=world.coordinator, now=NOW)
    record_decisions(check_round=world.check_round, by=world.coordinator, **decision)


def test_statement_queried_the_former_way_stays_workable(world: World) -> None:
    statement = released(world.statement, house=world.house)
    cleared = {"released_at": None, "released_by": None, "fact_sheet": None}
    Statement.objects.filter(pk=statement.pk).update(state="open", return_note="Wer?", **cleared)

    release(
        statement=submitted(fresh(statement), by=world.house.officer),
        by=world.house.head,
        now=NOW,
    )

    assert fresh(statement).state == "released"


@pytest.mark.parametrize("source", QueryState.values)
@pytest.mark.parametrize("target", QueryState.values)
def test_illegal_transition_of_a_query_is_refused_by_trigger(
    world: World, query: Query, source: str, target: str
) -> None:
    if source == target or (source, target) in {
        (row.source, row.target) for row in QUERY_TRANSITIONS
    }:
        return
    if source != "open":
        reply_submitted(query, by=world.house.officer)
    if source == "answered":
        answer(query=current(query), by=world.house.head, now=NOW)
    if source == "withdrawn":
        withdraw_query(query=query, by=world.coordinator, now=NOW)

    with pytest.raises(Error), transaction.atomic():
        Query.objects.filter(pk=query.pk).update(state=target)

"""Rückfrage: a row beside the released statement, which counts until the house releases its answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guidelines.models import GuidelineCheck, Query, Statement
from guidelines.queries.actions import answer
from ministries.models import Ministry, Notification
from tests.factories import NOW
from tests.guidelines.conftest import (
    World,
    asked,
    fresh,
    released,
    reply_submitted,
)
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

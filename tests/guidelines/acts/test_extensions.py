"""A house asks for more time; the coordination grants it, grants another day or declines."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.extensions.actions import (
    Answer,
    answer_requests,
    ask_for_time,
    take_request_back,
)
from guidelines.models import CheckRound, ExtensionRequest, Statement
from guidelines.rounds.actions import extend_deadline
from guidelines.rounds.progress import cell_state
from ministries.clock import today
from ministries.models import Ministry, Notification
from ministries.working_days import add_working_days
from tests.factories import NOW, make_chancellery, make_check, make_partnership, make_statement
from tests.guidelines.acts.conftest import person
from tests.guidelines.conftest import World, closed, fresh, released
from ui.errors import Refusal


def wish(world: World, days: int = 5) -> date:
    return add_working_days(world.check_round.due_on, days)


def asked_for_time(world: World, **changes: Any) -> list[ExtensionRequest]:
    values: dict[str, Any] = {
        "statements": [fresh(world.statement)],
        "wished_on": wish(world),
        "reason": "Zwei Referate sind in der Haushaltsaufstellung.",
        "by": world.house.officer,
        "now": NOW,
    }
    return ask_for_time(**(values | changes))


def answered(
    world: World, *requests: ExtensionRequest, granted_on: date | None, **changes: Any
) -> list[tuple[ExtensionRequest, str]]:
    remark = changes.pop("remark", "")
    answers = [Answer(row, granted_on, remark) for row in requests]
    values = {"by": world.coordinator, "now": NOW} | changes
    return answer_requests(answers=answers, **values).refused


def second(world: World, name: str = "Latium", **fields: Any) -> Statement:
    check = make_check(
        check_round=world.check_round, partnership=make_partnership(name=name, **fields)
    )
    return make_statement(ministry=world.house.ministry, check=check)


def current(request: ExtensionRequest) -> ExtensionRequest:
    return ExtensionRequest.objects.get(pk=request.pk)


# Asking


def test_asking_leaves_the_statement_as_it_is(world: World) -> None:
    before = Statement.objects.values().get(pk=world.statement.pk)

    (request,) = asked_for_time(world)

    assert Statement.objects.values().get(pk=world.statement.pk) == before
    assert cell_state(fresh(world.statement), today()).label == "offen"
    assert (request.state, request.asked_by) == ("open", world.house.officer)


@pytest.mark.parametrize("who", ["officer", "head"])
def test_officer_or_head_asks_for_several_at_once(world: World, who: str) -> None:
    statements = [fresh(world.statement), second(world)]

    asked = asked_for_time(world, statements=statements, by=getattr(world.house, who))

    assert {row.statement for row in asked} == set(statements)
    mail = Notification.objects.get()
    assert mail.to_address == make_chancellery().mailbox
    assert f"{world.house.ministry} bittet um Fristverlängerung" in mail.subject
    assert "Latium" in mail.body
    assert "Haushaltsaufstellung" not in mail.body


def test_confidential_partnership_is_not_named_in_the_mail(world: World) -> None:
    asked_for_time(world, statements=[second(world, "Geheim", is_confidential=True)])

    assert "Geheim" not in Notification.objects.get().body


def test_mail_of_a_chancellery_without_mailbox_is_not_sent(world: World) -> None:
    Ministry.objects.filter(is_chancellery=True).update(mailbox="")

    assert asked_for_time(world)
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"statements": []}, "mindestens eine"),
        ({"reason": " "}, "Begründen Sie"),
        ({"wished_on": date(2026, 11, 20)}, "in der Zukunft"),
        ({"wished_on": date(2026, 12, 25)}, r"kein Arbeitstag \(Erster Weihnachtstag\)"),
        ({"wished_on": date(2026, 12, 24)}, "späteren Tag"),
        ({"wished_on": date(2029, 12, 24)}, "mehr als zwei Jahre"),
    ],
)
def test_request_that_cannot_be_meant_is_refused(
    world: World, changes: dict[str, Any], words: str
) -> None:
    CheckRound.objects.update(due_on=date(2026, 12, 24))

    with pytest.raises(Refusal, match=words):
        asked_for_time(world, **changes)
    assert not ExtensionRequest.objects.exists()


def test_house_asks_once_at_a_time(world: World) -> None:
    (request,) = asked_for_time(world)

    with pytest.raises(Refusal, match="Nehmen Sie diese Bitte zuerst zurück"):
        asked_for_time(world, wished_on=wish(world, 8))
    take_request_back(request=request, by=world.house.head, now=NOW)
    assert asked_for_time(world, wished_on=wish(world, 8))
    assert current(request).withdrawn_by == world.house.head


def test_request_that_time_has_overtaken_stands_in_no_ones_way(world: World) -> None:
    (former,) = asked_for_time(world)
    common: dict[str, Any] = {"by": world.coordinator, "now": NOW}
    extend_deadline(statements=[fresh(world.statement)], due_on=wish(world, 6), **common)
    assert not ExtensionRequest.objects.pending().exists()

    (later,) = asked_for_time(world, wished_on=wish(world, 9))

    assert (current(former).state, later.is_pending) == ("withdrawn", True)


def test_nothing_is_asked_for_what_is_released_or_closed(world: World) -> None:
    released(world.statement, house=world.house)
    with pytest.raises(Refusal, match="schon freigegeben"):
        asked_for_time(world)
    closed(world.check, by=world.coordinator)
    with pytest.raises(Refusal, match="ist beendet"):
        asked_for_time(world)


@pytest.mark.parametrize(
    "who", ["manager", "coordinator", "auditor", "foreign officer", "foreign head"]
)
def test_others_neither_ask_nor_take_back(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        asked_for_time(world, by=person(world, who))
    (request,) = asked_for_time(world)
    with pytest.raises(PermissionDenied):
        take_request_back(request=request, by=person(world, who), now=NOW)

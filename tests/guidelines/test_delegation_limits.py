"""An Fachreferat geben: where the right to answer ends."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.delegations.actions import Addressee, Answered, record_answers, take_back
from guidelines.models import Delegation
from guidelines.statements.actions import return_for_revision
from ministries.clock import today
from ministries.models import Notification, User
from tests.factories import NOW
from tests.guidelines.conftest import World, closed, fresh, signed_in, submitted
from tests.guidelines.test_delegations import (
    CANARY,
    PAGE,
    answered,
    desk,
    given,
    path,
)
from tests.guidelines.test_query_pages import post, text
from ui.errors import Refusal

# Where the right ends


def test_right_ends_with_the_answer(world: World) -> None:
    one = answered(given(world), by=world.house.manager)

    with pytest.raises(Refusal):
        answered(one, by=world.house.manager, answer="1")
    assert desk(world.house.manager) == []
    assert "fragt Sie gerade nichts" in text(world.house.manager, PAGE)


def test_right_ends_when_the_question_is_taken_back(world: World) -> None:
    one = given(world)
    address = f"{PAGE}{one.pk}/zuruecknehmen/"

    assert "Frage zurücknehmen" in text(world.house.officer, address)
    post(signed_in(world.house.officer), address)

    with pytest.raises(Refusal):
        answered(one, by=world.house.manager)
    assert desk(world.house.manager) == []
    told = Notification.objects.filter(recipient=world.house.manager)
    assert "nicht mehr nötig" in told.latest("pk").subject


def test_right_rests_while_the_statement_is_submitted(world: World) -> None:
    one = given(world)
    submitted(world.statement, by=world.house.officer)

    with pytest.raises(Refusal, match="vorgelegt"):
        answered(one, by=world.house.manager)
    with pytest.raises(Refusal, match="vorgelegt"):
        given(world, to=Addressee(person=world.house.colleague))
    assert desk(world.house.manager) == []
    statement = fresh(world.statement)
    return_for_revision(statement=statement, note="Bitte kürzen.", by=world.house.head, now=NOW)
    assert answered(one, by=world.house.manager).state == Delegation.State.ANSWERED


def test_right_ends_with_the_collection(world: World) -> None:
    one = given(world)
    closed(world.check, by=world.coordinator)

    with pytest.raises(Refusal, match="beendet"):
        answered(one, by=world.house.manager)
    with pytest.raises(Refusal, match="beendet"):
        take_back(delegations=[one], by=world.house.officer, now=NOW)
    assert desk(world.house.manager) == []


def test_what_was_typed_too_late_is_shown_again(world: World) -> None:
    one = given(world)
    second = given(world, criterion=world.criteria[1])
    take_back(delegations=[one], by=world.house.officer, now=NOW)
    typed = {f"answer_{one.pk}": "2", f"reason_{one.pk}": CANARY}

    response = post(signed_in(world.house.manager), PAGE, **typed, **{f"answer_{second.pk}": "yes"})

    assert response.status_code == 422
    assert CANARY in response.content.decode()
    assert Delegation.objects.filter(state="answered").count() == 0


def test_reason_typed_too_late_is_shown_again_without_an_answer(world: World) -> None:
    one = given(world)
    second = given(world, criterion=world.criteria[1])
    closed(world.check, by=world.coordinator)
    typed = {f"reason_{one.pk}": CANARY, f"answer_{second.pk}": "yes"}

    page = post(signed_in(world.house.manager), PAGE, **typed).content.decode()

    assert CANARY in page
    assert "wird nicht mehr gebraucht" in page
    assert "ist vorgelegt" not in page


def test_who_left_the_house_answers_nothing_and_it_is_told(world: World) -> None:
    one = given(world)
    world.house.manager.appointments.update(valid_until=today() - timedelta(days=1))
    manager = User.objects.get(pk=world.house.manager.pk)

    with pytest.raises(PermissionDenied):
        answered(one, by=manager)
    assert desk(manager) == []
    assert "gehört nicht mehr zu Ihrem Haus" in text(world.house.officer, path(world))
    take_back(delegations=[one], by=world.house.officer, now=NOW)


def test_nobody_answers_for_another(world: World) -> None:
    one = given(world)

    for other in (world.house.colleague, world.other.officer, world.coordinator):
        with pytest.raises(PermissionDenied):
            answered(one, by=other)
    with pytest.raises(PermissionDenied):
        record_answers(answers=[Answered(one, "2", "")], by=world.house.officer, now=NOW)

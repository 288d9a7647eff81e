"""An Fachreferat geben: whom a house may ask, and who never hears of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.delegations.actions import Addressee, take_back
from guidelines.models import Delegation, ReviewNote
from guidelines.statements.actions import submit
from ministries.clock import today
from ministries.history.tracking import events_of
from ministries.models import Notification, Role
from tests.factories import NOW, make_user
from tests.guidelines.conftest import World, fresh, signed_in, write
from tests.guidelines.test_delegations import (
    PAGE,
    answered,
    give_path,
    given,
)
from tests.guidelines.test_query_pages import text
from ui.errors import Refusal

# Whom a house may ask


def test_only_writers_of_the_house_give(world: World) -> None:
    for other in (world.house.manager, world.other.officer, world.coordinator):
        with pytest.raises(PermissionDenied):
            given(world, by=other)


@pytest.mark.parametrize("who", ["other", "stranger"])
def test_nobody_of_another_house_is_asked(world: World, who: str) -> None:
    outside = getattr(world, who).officer

    with pytest.raises(Refusal, match="gehört nicht zu Ihrem Haus"):
        given(world, to=Addressee(person=outside))
    assert outside.name not in text(world.house.officer, give_path(world))


def test_confidential_partnership_is_asked_about_in_its_circle_only(world: World) -> None:
    partnership = world.check.partnership
    partnership.is_confidential = True
    partnership.save(update_fields=["is_confidential"])
    partnership.circle.add(world.house.officer)

    with pytest.raises(Refusal):
        given(world)
    with pytest.raises(Refusal, match="Kreis"):
        given(world, to=Addressee(unit="Referat 34", mailbox="referat34@demo.example"))
    partnership.circle.add(world.house.manager)
    given(world)
    assert partnership.name not in Notification.objects.get().body


def test_who_left_the_house_hears_of_no_answer(world: World) -> None:
    one = given(world)
    Notification.objects.all().delete()
    world.house.officer.appointments.update(valid_until=today() - timedelta(days=1))

    answered(one, by=world.house.manager)

    assert not Notification.objects.exists()


def test_who_left_the_circle_hears_of_no_withdrawal(world: World) -> None:
    one = given(world)
    Notification.objects.all().delete()
    partnership = world.check.partnership
    partnership.is_confidential = True
    partnership.save(update_fields=["is_confidential"])
    partnership.circle.add(world.house.officer)

    take_back(delegations=[one], by=world.house.officer, now=NOW)

    assert not Notification.objects.exists()


def test_same_person_is_asked_once(world: World) -> None:
    given(world)

    with pytest.raises(Refusal, match="schon gefragt"):
        given(world)


@pytest.mark.parametrize("days", [-1, 60])
def test_internal_deadline_lies_before_the_one_of_the_house(world: World, days: int) -> None:
    with pytest.raises(Refusal, match="Frist"):
        given(world, due_on=NOW.date() + timedelta(days=days))


def test_question_the_house_is_not_asked_is_refused(world: World) -> None:
    ReviewNote.objects.filter(criterion=world.criteria[0], statement=world.statement).delete()

    with pytest.raises(Refusal):
        given(world)
    assert signed_in(world.house.officer).get(give_path(world)).status_code == 404


# What nobody outside the house ever reads


def test_nothing_of_it_leaves_the_house(world: World) -> None:
    one = given(world)
    readers = (world.coordinator, world.other.officer, world.stranger.officer, world.auditor)
    for reader in readers:
        assert not Delegation.objects.visible_to(reader).exists()
        assert signed_in(reader).get(f"{PAGE}{one.pk}/zuruecknehmen/").status_code == 404
        assert signed_in(reader).get(give_path(world)).status_code == 404
    answered(one, by=world.house.manager)
    write(fresh(world.statement), by=world.house.officer)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)
    assert not Delegation.objects.visible_to(world.coordinator).exists()


@pytest.mark.parametrize(("house", "number"), [("house", 1), ("other", 0)])
def test_revision_is_told_of_its_own_house_alone(world: World, house: str, number: int) -> None:
    given(world)
    auditor = make_user(role=Role.AUDITOR, ministry=getattr(world, house).ministry)
    event = events_of(Delegation).get()

    page = text(auditor, "/revision/?kind=guidelines.Delegation")
    reading = signed_in(auditor).get(f"/revision/aenderung/guidelines.Delegation/{event.pk}/")

    assert page.count("Einsehen<span") == number
    assert reading.status_code == (200 if number else 404)

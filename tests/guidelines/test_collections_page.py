"""Closing the collection for several partnerships at once, from the overview."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from guidelines.models import CheckRound, GuidelineCheck
from ministries.clock import today
from ministries.models import Notification, User
from tests.factories import make_check, make_statement
from tests.guidelines.conftest import World, asked, closed, released, signed_in


@pytest.fixture
def second(world: World) -> GuidelineCheck:
    """Another partnership, of which both houses are asked."""
    check = make_check(check_round=world.check_round)
    for house in (world.house, world.other):
        make_statement(ministry=house.ministry, check=check)
    return check


def address(world: World) -> str:
    return f"{world.check_round.get_absolute_url()}zulieferung/"


def body(user: User, url: str) -> str:
    response = signed_in(user).get(url)
    assert response.status_code == 200
    return response.content.decode()


def post(world: World, by: User, *checks: GuidelineCheck) -> Any:
    data = {"_token": str(uuid.uuid4()), "checks": [str(check.pk) for check in checks]}
    return signed_in(by).post(address(world), data, follow=True)


def ticked(page: str) -> int:
    return page.count(" checked")


def test_three_pages_close_all(world: World, second: GuidelineCheck) -> None:
    overview = body(world.coordinator, world.check_round.get_absolute_url())
    page = body(world.coordinator, f"{address(world)}?alle=1")
    response = post(world, world.coordinator, world.check, second)

    assert f'action="{address(world)}"' in overview
    assert ticked(page) == 2
    assert response.redirect_chain == [(world.check_round.get_absolute_url(), 302)]
    assert response.content.decode().count("keine Stellungnahme") > 4
    assert not GuidelineCheck.objects.filter(collection_closed_on=None).exists()
    assert Notification.objects.filter(kind="request").count() == 2


def test_message_says_how_many_who_was_told_and_the_way_back(
    world: World, second: GuidelineCheck
) -> None:
    released(world.statement, house=world.house)
    world.other.ministry.mailbox = ""
    world.other.ministry.save()

    page = post(world, world.coordinator, world.check, second).content.decode()

    assert "für 2 Partnerschaften geschlossen" in page
    house = world.house.ministry.abbreviation
    assert f"Ohne Stellungnahme: 3, benachrichtigt: {house}." in page
    assert "Zurücknehmen lässt es sich" in page


def test_page_names_who_is_missing_where(world: World, second: GuidelineCheck) -> None:
    released(world.statement, house=world.house)

    page = body(world.coordinator, f"{address(world)}?partnerschaft={second.partnership.slug}")

    assert f"{world.check.partnership}: {world.other.ministry.abbreviation} (offen, Frist" in page
    assert f"{second.partnership}: {world.house.ministry.abbreviation} (offen, Frist" in page
    assert ticked(page) == 1


def test_chosen_ones_are_closed_and_the_others_go_on(world: World, second: GuidelineCheck) -> None:
    post(world, world.coordinator, second)

    assert GuidelineCheck.objects.get(collection_closed_on=None) == world.check


def test_rueckfragen_are_named_as_ending_with_their_own_collection(
    world: World, second: GuidelineCheck
) -> None:
    asked(released(world.statement, house=world.house), by=world.coordinator)

    page = body(world.coordinator, f"{address(world)}?partnerschaft={second.partnership.slug}")

    assert "Offene Rückfragen, die mit der Zulieferung zu ihrer Partnerschaft enden" in page


def test_nothing_chosen_asks_for_a_choice(world: World) -> None:
    response = post(world, world.coordinator)

    assert response.status_code == 422
    assert "Wählen Sie mindestens eine Partnerschaft aus." in response.content.decode()


def test_closed_meanwhile_is_said_and_the_rest_is_still_there(
    world: World, second: GuidelineCheck
) -> None:
    closed(second, by=world.coordinator)

    response = post(world, world.coordinator, world.check, second)

    assert response.status_code == 422
    assert "inzwischen geschlossen" in response.content.decode()
    assert GuidelineCheck.objects.get(pk=world.check.pk).collection_closed_on is None


def test_overview_offers_it_only_where_something_can_be_closed(world: World) -> None:
    url = world.check_round.get_absolute_url()
    assert "Zulieferung für alle schließen" in body(world.coordinator, url)
    assert "Zulieferung für alle schließen" not in body(world.house.head, url)

    closed(world.check, by=world.coordinator)

    assert "Zulieferung für alle schließen" not in body(world.coordinator, url)


def test_others_neither_see_nor_close(world: World) -> None:
    for user in (world.house.head, world.stranger.head, world.auditor):
        assert signed_in(user).get(address(world)).status_code == 403
        assert post(world, user, world.check).status_code == 403

    assert GuidelineCheck.objects.get().collection_closed_on is None


def test_check_of_another_round_cannot_be_slipped_in(world: World) -> None:
    CheckRound.objects.update(due_on=today() + timedelta(days=9))
    elsewhere = make_check()

    assert post(world, world.coordinator, elsewhere).status_code == 422
    assert GuidelineCheck.objects.get(pk=elsewhere.pk).collection_closed_on is None

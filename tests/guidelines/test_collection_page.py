"""The page that closes the collection for one partnership, and what it changes on the others."""

import uuid
from typing import Any

from guidelines.models import GuidelineCheck, Statement
from ministries.models import User
from tests.guidelines.conftest import World, closed, released, signed_in


def address(world: World) -> str:
    return f"{world.check.get_absolute_url()}zulieferung/"


def post(world: World, by: User) -> Any:
    return signed_in(by).post(address(world), {"_token": str(uuid.uuid4()), "_version": "1"})


def body(user: User, url: str) -> str:
    response = signed_in(user).get(url)
    assert response.status_code == 200
    return response.content.decode()


def matrix(world: World) -> str:
    return world.check_round.get_absolute_url()


def test_page_names_the_missing_houses(world: World) -> None:
    released(world.statement, house=world.house)

    page = body(world.coordinator, address(world))

    assert f"{world.other.ministry.abbreviation} (offen, Frist" in page
    assert f"{world.house.ministry.abbreviation} (" not in page


def test_house_without_mailbox_is_named(world: World) -> None:
    world.other.ministry.mailbox = ""
    world.other.ministry.save()

    assert "Ohne Funktionspostfach" in body(world.coordinator, address(world))


def test_confirmed_post_closes_and_leads_back(world: World) -> None:
    response = post(world, world.coordinator)

    assert (response.status_code, response["Location"]) == (302, world.check.get_absolute_url())
    assert GuidelineCheck.objects.get().collection_closed_by == world.coordinator
    assert signed_in(world.coordinator).get(address(world)).status_code == 404


def test_others_neither_see_nor_close(world: World) -> None:
    released(world.statement, house=world.house)

    for user in (world.house.head, world.stranger.head, world.auditor):
        assert post(world, user).status_code in (403, 404)

    assert GuidelineCheck.objects.get().collection_closed_on is None


def test_cell_of_the_matrix_and_numbers_say_it(world: World) -> None:
    closed(world.check, by=world.coordinator)

    assert "Frist ändern" not in body(world.coordinator, matrix(world))
    for user in (world.coordinator, world.house.officer):
        assert "keine Stellungnahme" in body(user, matrix(world))


def test_house_reads_that_it_is_closed_and_cannot_write(world: World) -> None:
    closed(world.check, by=world.coordinator)
    url = world.statement.get_absolute_url()

    page = body(world.house.officer, url)
    answer = signed_in(world.house.officer).post(
        url, {"_token": str(uuid.uuid4()), "_version": "1", "vote": "end", "key_message": "Neu"}
    )

    assert "Die Staatskanzlei hat die Zulieferung" in page
    assert "<textarea" not in page
    assert answer.status_code == 422
    assert "Die Zulieferung zu" in answer.content.decode()
    assert Statement.objects.get(pk=world.statement.pk).key_message == ""


def test_list_of_the_house_finds_it_by_its_word(world: World) -> None:
    closed(world.check, by=world.coordinator)
    name = str(world.check.partnership)

    assert name in body(world.house.officer, "/stellungnahmen/?state=no_statement")
    for state in ("open", "overdue", "submitted"):
        rows = body(world.house.officer, f"/stellungnahmen/?state={state}")
        assert f">{name}</a>" not in rows


def test_check_can_be_opened_again_before_the_evaluation(world: World) -> None:
    closed(world.check, by=world.coordinator)

    page = body(world.coordinator, world.check.get_absolute_url())

    assert f"{world.check.get_absolute_url()}wieder-oeffnen/" in page
    assert "Die Zulieferung ist seit" in page

"""The head's list: everything that waits for the release, read and released together."""

import re

import pytest
from django.test import Client

from guidelines.models import Query, Statement
from guidelines.statements.actions import submit, take_back
from ministries.models import User
from tests.factories import NOW
from tests.guidelines.conftest import (
    World,
    fresh,
    signed_in,
    submitted,
    write,
)
from tests.guidelines.test_one_after_the_other import named
from tests.guidelines.test_statement_pages import text
from ui.receipts import new_token

LIST = "/stellungnahmen/freigeben/"


def key(written: Statement | Query) -> str:
    return f"{written.pk}-{type(written).objects.get(pk=written.pk).version}"


def sent(client: Client, address: str = LIST, **keys: list[str]) -> str:
    response = client.post(address, {"_token": new_token(), **keys}, follow=True)
    assert response.status_code in (200, 422)
    return response.content.decode()


def listed(user: User, address: str = LIST) -> str:
    return text(signed_in(user), address)


def test_ten_releases_cost_three_pages(world: World) -> None:
    every = [world.statement, *(named(world, f"Zz {number}") for number in range(9))]
    for one in every:
        submitted(one, by=world.house.officer)
    client = signed_in(world.house.head)

    text(client, LIST)
    page = text(client, f"{LIST}?alle=1")
    keys = re.findall(r'name="s" value="([0-9-]+)"[^>]*checked', page)
    answer = sent(client, s=keys)

    assert "10 Stellungnahmen" in answer
    assert {fresh(one).state for one in every} == {"released"}


def test_list_shows_what_is_to_be_judged(world: World, waiting: list[Statement]) -> None:
    page = listed(world.house.head)

    for words in (
        "3 warten auf Ihre Freigabe",
        "fortführen",
        "Die Zusammenarbeit trägt.",
        world.criteria[0].question,
        f"geschrieben durch {world.house.officer.name}",
        f"vorgelegt durch {world.house.officer.name}",
        f"/stellungnahmen/{world.statement.pk}/zurueckgeben/?liste=1",
    ):
        assert words in page
    assert "checked" not in page


def test_released_together_each_is_told_by_itself(world: World, waiting: list[Statement]) -> None:
    keys = [key(one) for one in waiting]
    take_back(statement=fresh(waiting[1]), by=world.house.officer, now=NOW)

    page = sent(signed_in(world.house.head), s=keys)

    assert [fresh(one).state for one in waiting] == ["released", "open", "released"]
    assert "Zz 1: nicht freigegeben." in page
    assert "2 Stellungnahmen" in page


def test_changed_after_reading_is_not_released(world: World, waiting: list[Statement]) -> None:
    keys = [key(waiting[0])]
    take_back(statement=fresh(waiting[0]), by=world.house.officer, now=NOW)
    submitted(fresh(waiting[0]), by=world.house.colleague)

    page = sent(signed_in(world.house.head), s=keys)

    assert fresh(waiting[0]).state == "submitted"
    assert "Inzwischen hat jemand anderes gespeichert." in page


@pytest.mark.parametrize("keys", ["", "x", "1", "-", "99999999999999999-1", "1-x"])
def test_play_releases_nothing(world: World, waiting: list[Statement], keys: str) -> None:
    page = sent(signed_in(world.house.head), s=[keys], r=[keys])

    assert "Wählen Sie mindestens eine Stellungnahme aus." in page
    assert Statement.objects.filter(state="released").count() == 0


def test_foreign_ones_are_neither_shown_nor_released(world: World) -> None:
    submitted(world.other_statement, by=world.other.officer)

    assert "Nichts wartet auf Ihre Freigabe." in listed(world.house.head)
    sent(signed_in(world.house.head), s=[key(world.other_statement)])

    assert fresh(world.other_statement).state == "submitted"


def test_own_text_alone_is_neither_shown_nor_released(world: World) -> None:
    write(world.statement, by=world.house.head)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    assert "Nichts wartet auf Ihre Freigabe." in listed(world.house.head)
    page = sent(signed_in(world.house.head), s=[key(world.statement)])

    assert "freigeben muss es jemand anderes" in page
    assert fresh(world.statement).state == "submitted"

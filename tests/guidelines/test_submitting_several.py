"""Several statements are checked and submitted together; ten of them cost few page loads."""

from typing import Any

import pytest
from django.test import Client

from guidelines.models import Statement
from tests.guidelines.conftest import World, fresh, signed_in, write
from tests.guidelines.test_evidence import activity_of, cite
from tests.guidelines.test_one_after_the_other import named
from tests.guidelines.test_statement_conflict import form_data
from tests.guidelines.test_statement_pages import path, post, text
from tests.guidelines.test_statement_table import TABLE, typed
from ui.receipts import new_token

SUBMIT = "/stellungnahmen/vorlegen/"


@pytest.fixture
def second(world: World) -> Statement:
    return named(world, "Zz")


def ticked(client: Client, *statements: Statement) -> Any:
    keys = [f"{one.pk}-{fresh(one).version}" for one in statements]
    return client.post(SUBMIT, {"_token": new_token(), "s": keys}, follow=True)


def test_page_tells_what_is_ready_and_what_is_missing(world: World, second: Statement) -> None:
    write(second, by=world.house.officer)

    page = text(signed_in(world.house.officer), SUBMIT)

    assert f'value="{second.pk}-2"' in page
    assert f"Beantworten Sie Frage {world.criteria[0].code}" in page
    assert f'value="{world.statement.pk}-1"' not in page


def test_page_tells_what_an_answer_rests_on(world: World) -> None:
    cite(world, activity_of(world.house, world, title="Chorreise", visibility="house"))

    page = text(signed_in(world.house.officer), SUBMIT)

    assert "Chorreise" in page
    assert "Staatskanzlei und andere Ressorts sehen das nicht" in page


def test_ticked_ones_are_submitted(world: World, second: Statement) -> None:
    for statement in (world.statement, second):
        write(statement, by=world.house.officer)

    response = ticked(signed_in(world.house.officer), world.statement, second)

    assert "2 Stellungnahmen liegen jetzt zur Freigabe vor" in response.content.decode()
    assert {fresh(world.statement).state, fresh(second).state} == {"submitted"}


def test_each_is_told_by_itself(world: World, second: Statement) -> None:
    write(second, by=world.house.officer)

    response = ticked(signed_in(world.house.officer), world.statement, second)

    page = response.content.decode()
    assert fresh(second).state == "submitted"
    assert fresh(world.statement).state == "open"
    assert f"{world.check.partnership.name}: nicht vorgelegt." in page


def test_changed_after_reading_is_not_submitted(world: World) -> None:
    write(world.statement, by=world.house.colleague)

    client = signed_in(world.house.officer)
    post(client, SUBMIT, s=f"{world.statement.pk}-1")

    assert fresh(world.statement).state == "open"


@pytest.mark.parametrize("sent", ["", "x", "1", "-", "99999999999999999-1", "1-x"])
def test_play_submits_nothing(world: World, sent: str) -> None:
    write(world.statement, by=world.house.officer)

    response = post(signed_in(world.house.officer), SUBMIT, s=sent)

    assert response.status_code == 422
    assert f'href="#s-{world.statement.pk}">Wählen Sie mindestens' in response.content.decode()
    assert fresh(world.statement).state == "open"


def test_foreign_one_is_not_submitted(world: World) -> None:
    write(world.other_statement, by=world.other.officer)

    post(signed_in(world.house.officer), SUBMIT, s=f"{world.other_statement.pk}-2")

    assert fresh(world.other_statement).state == "open"


def test_ten_in_the_table_cost_three_pages(world: World) -> None:
    others = [named(world, f"Zz {number}") for number in range(9)]
    every = [world.statement, *others]
    client = signed_in(world.house.officer)

    text(client, TABLE)
    data = typed(world, *every) | {"_next": "vorlegen", "_token": new_token()}
    check = client.post(TABLE, data, follow=True)
    ticked(client, *every)

    assert check.redirect_chain[-1][0].startswith(SUBMIT)
    assert {fresh(one).state for one in every} == {"submitted"}


def test_ten_one_after_the_other_cost_twelve_pages(world: World) -> None:
    others = [named(world, f"Zz {number}") for number in range(9)]
    client = signed_in(world.house.officer)
    address, loads = path(world), 1

    text(client, address)
    while not address.startswith(SUBMIT):
        data = form_data(world, version=1) | {"_next": "weiter"}
        address = client.post(address, data)["Location"]
        text(client, address)
        loads += 1
    ticked(client, world.statement, *others)

    assert loads + 1 <= 12
    assert {fresh(one).state for one in (world.statement, *others)} == {"submitted"}

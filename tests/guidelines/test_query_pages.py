"""A Rückfrage on the pages: for the house, for the coordination, and not at all for others."""

from typing import Any

import pytest
from django.test import Client

from guidelines.models import CheckRound, Query
from guidelines.queries.actions import answer, return_reply
from guidelines.queries.desk import desk_items, desk_rows
from guidelines.statements.forms import stored_values
from guidelines.statements.pages import notes_of
from ministries.clock import today
from ministries.models import Role, User
from tests.factories import NOW, make_chancellery, make_user
from tests.guidelines.conftest import (
    World,
    asked,
    fresh,
    released,
    reply_submitted,
    signed_in,
)
from tests.harness.crawl import VOLATILE
from ui.receipts import new_token

CANARY = "Kanarienvogel"


def path(query: Query, act: str = "") -> str:
    return f"/stellungnahmen/rueckfragen/{query.pk}/{act}"


def text(user: User, address: str) -> str:
    response = signed_in(user).get(address)
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, address: str, **data: str) -> Any:
    return client.post(address, {"_token": new_token(), **data}, follow=True)


def typed(query: Query, **changes: str) -> dict[str, str]:
    statement = query.statement
    return {
        "_version": str(query.version),
        **stored_values(statement, notes_of(statement)),
    } | changes


def verbs(user: User) -> list[str]:
    items = desk_items(user, today())
    assert len(items) == sum(rows.count() for rows in desk_rows(user, today()))
    return [item.verb for item in items]


def seen_by(world: World, user: User) -> list[bytes]:
    """Whatever shows the statement, without what differs between two requests anyway."""
    check = world.check.get_absolute_url()
    addresses = [
        check,
        world.check_round.get_absolute_url(),
        world.statement.get_absolute_url(),
        f"{world.statement.get_absolute_url()}druck/",
        f"/partnerschaften/{world.check.partnership.slug}/leitlinien-checks/",
        "/zu-erledigen/",
        "/stellungnahmen/",
        f"/suche/?q={CANARY}",
    ]
    client = signed_in(user)
    return [VOLATILE.sub(b"", client.get(address).content) for address in addresses]


@pytest.mark.parametrize("who", ["coordinator", "chief", "other", "stranger"])
def test_answer_in_the_house_changes_no_byte_outside(world: World, query: Query, who: str) -> None:
    CheckRound.objects.filter(pk=world.check_round.pk).update(is_open_reading=True)
    chief = make_user(role=Role.MANAGER, ministry=make_chancellery(), is_chief=True)
    user = {
        "coordinator": world.coordinator,
        "chief": chief,
        "other": world.other.officer,
        "stranger": world.stranger.officer,
    }[who]
    before = seen_by(world, user)

    reply = reply_submitted(query, by=world.house.officer, key_message=CANARY)
    return_reply(query=reply, note=CANARY, by=world.house.head, now=NOW)
    reply_submitted(query, by=world.house.officer, key_message=f"{CANARY} und mehr")

    assert seen_by(world, user) == before


@pytest.mark.parametrize("who", ["other", "stranger"])
def test_query_changes_no_byte_for_other_houses(world: World, who: str) -> None:
    released(world.statement, house=world.house)
    CheckRound.objects.filter(pk=world.check_round.pk).update(is_open_reading=True)
    user = getattr(world, who).officer
    before = seen_by(world, user)

    asked(fresh(world.statement), by=world.coordinator)

    assert seen_by(world, user) == before


def test_query_is_404_outside_the_house(world: World, query: Query) -> None:
    for user in (world.other.head, world.stranger.officer, world.coordinator, world.auditor):
        for act in ("", "vorlegen/", "freigeben/", "zurueckgeben/", "freigabe-eintragen/"):
            assert signed_in(user).get(path(query, act)).status_code == 404


def test_matrix_and_check_keep_what_was_released(world: World, query: Query) -> None:
    body = text(world.coordinator, world.check.get_absolute_url())

    assert "Die Zusammenarbeit trägt." in body
    assert "Frist verlängert" not in body
    assert f"Offene Rückfragen: {world.house.ministry}." in body
    assert "Frist verlängert</" not in text(
        world.coordinator, f"{world.check_round.get_absolute_url()}?state=extended"
    )


def test_coordination_sees_what_it_asked_and_when_it_was_answered(
    world: World, query: Query
) -> None:
    address = world.statement.get_absolute_url()
    assert "noch nicht beantwortet" in text(world.coordinator, address)
    assert "zuruecknehmen/" in text(world.coordinator, address)

    reply = reply_submitted(query, by=world.house.officer, reply="Gemeint ist die TU.")
    answer(query=reply, by=world.house.head, now=NOW)

    body = text(world.coordinator, address)
    assert "beantwortet am" in body
    assert "Gemeint ist die TU." in body
    assert "zuruecknehmen/" not in body

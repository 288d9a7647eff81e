"""A Rückfrage on the pages: for the house, for the coordination, and not at all for others."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from guidelines.models import CheckRound, Query
from guidelines.queries.actions import answer, return_reply, submit_reply, withdraw_query
from guidelines.queries.desk import desk_items, desk_rows
from guidelines.statements.actions import withdraw
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
    replied,
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


def post(client: Client, address: str, **data: str | list[str]) -> Any:
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


def test_house_answers_on_the_page(world: World, query: Query) -> None:
    client = signed_in(world.house.officer)

    changed = typed(query, key_message="Die TU Dresden.", _next="vorlegen")
    checked = post(client, path(query), **changed)
    assert checked.redirect_chain[-1][0] == path(query, "vorlegen/")
    assert "<mark>" in checked.content.decode()
    post(client, path(query, "vorlegen/"), _version="2")
    assert verbs(world.house.head) == ["Antwort auf Rückfrage freigeben"]
    done = post(signed_in(world.house.head), path(query, "freigeben/"), _version="3")

    assert "liegt der Staatskanzlei vor" in done.content.decode()
    assert fresh(world.statement).key_message == "Die TU Dresden."
    assert verbs(world.house.head) == []


def test_statement_page_leads_to_the_query(world: World, query: Query) -> None:
    body = text(world.house.officer, world.statement.get_absolute_url())

    assert "Rückfrage beantworten" in body
    assert f'href="{path(query)}"' in body
    assert "zurueckziehen/" not in text(world.house.head, world.statement.get_absolute_url())


def test_desk_asks_the_officer_by_the_day_of_the_query(world: World, query: Query) -> None:
    items = desk_items(world.house.officer, today())

    assert [(item.verb, item.due_on) for item in items] == [("Rückfrage beantworten", query.due_on)]


def test_desk_where_the_head_alone_has_written(world: World, query: Query) -> None:
    reply = replied(query, by=world.house.head, vote="expand")
    submit_reply(query=reply, by=world.house.officer, now=NOW)

    assert "Freigabe klären" in verbs(world.house.colleague)


@pytest.mark.parametrize(
    ("state", "word"), [("queried", "Rückfrage offen"), ("reply_submitted", "Antwort zur Freigabe")]
)
def test_list_names_and_filters_it(world: World, query: Query, state: str, word: str) -> None:
    if state == "reply_submitted":
        reply_submitted(query, by=world.house.officer)

    body = text(world.house.officer, f"/stellungnahmen/?state={state}")

    assert str(world.check.partnership) in body
    assert word in body
    assert f"{query.due_on:%d.%m.%Y}" in body
    assert world.check.partnership.name not in re.sub(
        "<title>.*", "", text(world.house.officer, "/stellungnahmen/?state=released")
    )


def test_two_writers_see_both_texts(world: World, query: Query) -> None:
    replied(query, by=world.house.colleague, key_message="Von der Kollegin.")

    response = signed_in(world.house.officer).post(
        path(query), {"_token": new_token(), **typed(query, key_message="Von mir.")}
    )

    assert response.status_code == 409
    assert "Kollegin" in response.content.decode()


def test_what_was_typed_is_kept_and_thrown_away(world: World, query: Query) -> None:
    client = signed_in(world.house.officer)
    client.post(path(query, "entwurf/"), typed(query, reply="Halb getippt"))

    assert "Halb getippt" in text(world.house.officer, path(query))
    assert "Halb getippt" not in text(world.house.colleague, path(query))
    post(client, path(query, "entwurf/verwerfen/"))
    assert "Halb getippt" not in text(world.house.officer, path(query))


def test_draft_of_the_statement_and_of_the_reply_are_two(world: World, query: Query) -> None:
    """A tab of the statement, left open since before its release, writes on beside it."""
    client, statement = signed_in(world.house.officer), query.statement.get_absolute_url()
    client.post(path(query, "entwurf/"), typed(query, reply="Halb getippt"))
    client.post(f"{statement}entwurf/", {"key_message": "Alter Text", "_version": "1"})

    assert "Halb getippt" in text(world.house.officer, path(query))
    withdraw_query(query=query, by=world.coordinator, now=NOW)
    withdraw(statement=fresh(query.statement), by=world.house.head, now=NOW)
    page = text(world.house.officer, f"{statement}?entwurf")
    assert "Alter Text" in page
    assert "Halb getippt" not in page


def test_returned_answer_shows_the_note(world: World, query: Query) -> None:
    reply = reply_submitted(query, by=world.house.officer)
    return_reply(query=reply, note="Bitte genauer.", by=world.house.head, now=NOW)

    assert "Bitte genauer." in text(world.house.officer, path(query))


def test_coordination_takes_it_back_by_the_page(world: World, query: Query) -> None:
    page = post(signed_in(world.coordinator), path(query, "zuruecknehmen/"))

    assert "ist zurückgenommen" in page.content.decode()
    assert Query.objects.get().state == "withdrawn"
    assert signed_in(world.house.head).get(path(query, "zuruecknehmen/")).status_code == 403


def test_page_of_asking_offers_a_day_and_shows_the_open_one_instead(world: World) -> None:
    released(world.statement, house=world.house)
    url = f"{world.check.get_absolute_url()}rueckfrage/{world.house.ministry.slug}/"
    client = signed_in(world.coordinator)
    assert 'name="due_on" value="' in client.get(url).content.decode()

    day = today() + timedelta(days=9)
    done = post(client, url, note="Welche?", due_on=f"{day:%d.%m.%Y}")

    assert "Bis dahin gilt, was freigegeben ist." in done.content.decode()
    assert client.get(url).status_code == 302

"""Ticks that are typed and not saved, and those that two have changed."""

import re

import pytest

from tests.guidelines.conftest import World, fresh, signed_in, write
from tests.guidelines.test_evidence import activity_of, cite, cited, key_of, saved, ticks
from tests.guidelines.test_statement_conflict import form_data
from tests.guidelines.test_statement_pages import path, text
from tests.guidelines.test_statement_table import TABLE, sent, typed


def table(world: World, key_message: str = "Die Zusammenarbeit trägt.") -> dict[str, str]:
    statement = fresh(world.statement)
    return typed(world, statement, **{f"key_message-{statement.pk}": key_message})


def test_ticks_are_kept_as_typed(world: World) -> None:
    activity = activity_of(world.house, world, title="Chorreise")
    data = form_data(world, version=1) | ticks(world, activity)

    signed_in(world.house.officer).post(path(world, "entwurf/"), data)

    restored = text(signed_in(world.house.officer), path(world) + "?entwurf=1")
    assert (
        f'value="{key_of(activity)}" id="id_evidence_{world.criteria[0].pk}_0" checked' in restored
    )
    assert cited(world) == []


@pytest.mark.parametrize("changes", [{}, {"key_message": "Aus der Tabelle."}], ids=["same", "new"])
def test_the_table_loses_no_ticks(world: World, changes: dict[str, str]) -> None:
    activity = activity_of(world.house, world, title="Chorreise")
    write(world.statement, by=world.house.officer)
    client = signed_in(world.house.officer)
    data = form_data(world, version=2, key_message="Die Zusammenarbeit trägt.")
    client.post(path(world, "entwurf/"), data | ticks(world, activity))

    sent(world, table(world, **changes))

    page = text(client, path(world) + "?entwurf=1")
    assert f'value="{key_of(activity)}" id="id_evidence_{world.criteria[0].pk}_0" checked' in page
    assert (changes.get("key_message") or "Die Zusammenarbeit trägt.") in page
    assert cited(world) == []


def test_a_draft_of_the_table_alone_unticks_nothing(world: World) -> None:
    cite(world, activity_of(world.house, world))
    client = signed_in(world.house.officer)
    sent(world, table(world, key_message="Getippt"), f"{TABLE}entwurf/")

    assert " checked" in text(client, path(world) + "?entwurf=1").split("Nachweise ändern")[1]


@pytest.mark.django_db(transaction=True)
def test_two_tick_and_the_second_is_told(world: World) -> None:
    mine, theirs = (activity_of(world.house, world, title=name) for name in ("Meine", "Ihre"))
    cite(world, theirs, by=world.house.colleague)

    response = saved(world, form_data(world, version=1) | ticks(world, mine))

    assert response.status_code == 409
    page = response.content.decode()
    assert "Nachweise zu Frage" in page
    assert chosen_beforehand(world, page) == ""
    assert "Meine" in page
    assert "Ihre" in page


def chosen_beforehand(world: World, page: str) -> str:
    choice = rf'name="_choice.evidence_{world.criteria[0].pk}" value="(\w+)"[^>]*checked'
    found = re.search(choice, page)
    return found[1] if found else ""


@pytest.mark.django_db(transaction=True)
def test_what_only_one_of_them_ticked_is_chosen(world: World) -> None:
    kept, gone = (activity_of(world.house, world, title=name) for name in ("Eine", "Zwei"))
    cite(world, kept, gone)
    version = fresh(world.statement).version
    write(fresh(world.statement), by=world.house.colleague, key_message="Ihr Text.")

    data = form_data(world, version=version) | ticks(world, kept)
    mine = saved(world, data).content.decode()
    cite(world, by=world.house.colleague)
    theirs = saved(
        world, form_data(world, version=version) | ticks(world, kept, gone)
    ).content.decode()

    assert chosen_beforehand(world, mine) == "mine"
    assert chosen_beforehand(world, theirs) == "stored"


def test_the_chosen_ticks_are_saved(world: World) -> None:
    mine, theirs = (activity_of(world.house, world, title=name) for name in ("Meine", "Ihre"))
    cite(world, theirs, by=world.house.colleague)
    name = f"evidence_{world.criteria[0].pk}"
    data = form_data(world, version=fresh(world.statement).version) | {
        f"_choice.{name}": "mine",
        f"_mine.{name}": [key_of(mine)],
        f"_stored.{name}": [key_of(theirs)],
    }

    saved(world, data)

    assert cited(world) == [key_of(mine)]

"""The pages of a statement: what they offer to whom, drafts, receipts and their price."""

from typing import Any

import pytest
from django.test import Client

from guidelines.models import ReviewNote, StatementDraft
from guidelines.statements.actions import return_for_revision, submit
from tests.factories import (
    NOW,
    make_agreement,
    make_check,
    make_statement,
)
from tests.guidelines.conftest import World, fresh, released, signed_in, submitted, write
from tests.guidelines.test_statement_conflict import form_data
from ui.receipts import new_token


def path(world: World, act: str = "") -> str:
    return f"/stellungnahmen/{world.statement.pk}/{act}"


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, address: str, **data: str) -> Any:
    return client.post(address, {"_token": new_token(), **data})


def test_page_asks_in_the_words_of_the_criterion(world: World) -> None:
    page = text(signed_in(world.house.officer), path(world))

    for word in ("vereinzelt", "prägend", "Klärungsbedarf", "trifft nicht zu", "nicht beurteilbar"):
        assert word in page


def test_page_says_who_sees_it(world: World) -> None:
    page = text(signed_in(world.house.officer), path(world))

    assert "Nur Ihr Haus. Die Staatskanzlei sieht bis zur Freigabe nur" in page


def test_save_from_the_page(world: World) -> None:
    client = signed_in(world.house.officer)

    response = client.post(path(world), form_data(world, version=1), follow=True)

    assert response.redirect_chain[-1][0] == path(world)
    assert "gespeichert" in response.content.decode()
    assert fresh(world.statement).vote == "continue"


def test_save_repeated_acts_once(world: World) -> None:
    client = signed_in(world.house.officer)
    data = form_data(world, version=1)

    first = client.post(path(world), data)
    second = client.post(path(world), data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert fresh(world.statement).version == 2


def test_save_without_token_keeps_the_text(world: World) -> None:
    data = form_data(world, version=1)
    del data["_token"]

    response = signed_in(world.house.officer).post(path(world), data)

    assert response.status_code == 400
    assert "Mein Text." in response.content.decode()
    assert fresh(world.statement).version == 1
    assert StatementDraft.objects.get().data["key_message"] == "Mein Text."


def test_save_with_too_long_text_says_so(world: World) -> None:
    data = form_data(world, version=1, key_message="x" * 601)

    response = signed_in(world.house.officer).post(path(world), data)

    assert response.status_code == 422
    assert "x" * 601 in response.content.decode()


def test_save_with_forged_answer_is_refused(world: World) -> None:
    data = form_data(world, version=1)
    data[f"answer_{world.criteria[0].pk}"] = "clarify"

    response = signed_in(world.house.officer).post(path(world), data)

    assert response.status_code == 422
    assert not ReviewNote.objects.exclude(answer="").exists()


@pytest.mark.parametrize("version", ["", "x", "99999999999999999999", "-1"])
def test_save_with_garbage_version_is_refused(world: World, version: str) -> None:
    data = form_data(world, version=1) | {"_version": version}

    response = signed_in(world.house.officer).post(path(world), data)

    assert response.status_code in (409, 422)
    assert fresh(world.statement).version == 1


def test_submit_button_leads_to_the_check(world: World) -> None:
    data = form_data(world, version=1) | {"_next": "vorlegen"}

    response = signed_in(world.house.officer).post(path(world), data)

    assert response["Location"] == path(world, "vorlegen/")


def test_check_page_names_what_is_missing(world: World) -> None:
    page = text(signed_in(world.house.officer), path(world, "vorlegen/"))

    assert f"Beantworten Sie Frage {world.criteria[0].code}" in page
    assert "Kernaussage" in page
    assert f"#id_answer_{world.criteria[0].pk}_0" in page


def test_submit_leads_to_the_next_open_statement(world: World) -> None:
    write(world.statement, by=world.house.officer)
    other = make_statement(
        ministry=world.house.ministry, check=make_check(check_round=world.check_round)
    )
    client = signed_in(world.house.officer)

    response = post(client, path(world, "vorlegen/"), _version="2")

    assert response["Location"] == f"/stellungnahmen/{other.pk}/"
    assert fresh(world.statement).state == "submitted"


def test_head_is_offered_release_and_return(world: World) -> None:
    submitted(world.statement, by=world.house.officer)

    page = text(signed_in(world.house.head), path(world))

    assert path(world, "freigeben/") in page
    assert path(world, "zurueckgeben/") in page


def test_officer_is_not_offered_release(world: World) -> None:
    submitted(world.statement, by=world.house.officer)

    page = text(signed_in(world.house.officer), path(world))

    assert path(world, "freigeben/") not in page
    assert "Wieder bearbeiten" in page


def test_head_who_wrote_alone_is_told_why(world: World) -> None:
    written = write(world.statement, by=world.house.head, vote="expand")
    submit(statement=written, by=world.house.officer, now=NOW)

    page = text(signed_in(world.house.head), path(world))

    assert path(world, "freigeben/") not in page
    assert "Es braucht zwei Personen" in page


def test_release_from_the_page(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)
    client = signed_in(world.house.head)

    response = post(client, path(world, "freigeben/"), _version=str(statement.version))

    assert response.status_code == 302
    assert fresh(world.statement).state == "released"


def test_release_of_a_text_changed_meanwhile_leads_back(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)
    client = signed_in(world.house.head)

    response = post(client, path(world, "freigeben/"), _version=str(statement.version - 1))

    assert response["Location"] == path(world)
    assert fresh(world.statement).state == "submitted"


def test_release_page_after_release_leads_back(world: World) -> None:
    released(world.statement, house=world.house)

    response = signed_in(world.house.head).get(path(world, "freigeben/"))

    assert response["Location"] == path(world)


def test_return_from_the_page_needs_a_note(world: World) -> None:
    submitted(world.statement, by=world.house.officer)

    response = post(signed_in(world.house.head), path(world, "zurueckgeben/"), note=" ")

    assert response.status_code == 422
    assert fresh(world.statement).state == "submitted"


def test_return_note_stands_above_the_form(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)
    return_for_revision(statement=statement, note="Bitte kürzen.", by=world.house.head, now=NOW)

    assert "Bitte kürzen." in text(signed_in(world.house.officer), path(world))


def test_take_back_twice_is_told(world: World) -> None:
    submitted(world.statement, by=world.house.officer)
    client = signed_in(world.house.officer)
    post(client, path(world, "zurueckholen/"))

    response = client.post(path(world, "zurueckholen/"), {"_token": new_token()}, follow=True)

    assert "ist nicht möglich" in response.content.decode()


def test_facts_are_frozen_after_release(world: World) -> None:
    released(world.statement, house=world.house)
    make_agreement(partnership=world.check.partnership, title="Spätere Erklärung")

    page = text(signed_in(world.house.officer), path(world))

    assert "Spätere Erklärung" not in page
    assert "Faktenblatt, Stand" in page


def test_print_page_bears_the_whole_statement(world: World) -> None:
    write(world.statement, by=world.house.officer)

    page = text(signed_in(world.house.officer), path(world, "druck/"))

    assert "Prüfvermerk" in page
    assert "Die Zusammenarbeit trägt." in page

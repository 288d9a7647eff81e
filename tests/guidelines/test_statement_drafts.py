"""Typed but not saved: kept, offered again to the same person, thrown away."""

import pytest
from django.test import Client

from guidelines.models import StatementDraft
from guidelines.statements.draft_actions import keep_draft
from tests.factories import NOW
from tests.guidelines.conftest import World, fresh, signed_in, write
from tests.guidelines.test_statement_conflict import form_data
from tests.guidelines.test_statement_pages import path, post, text


def test_draft_is_kept_with_the_time(world: World) -> None:
    client = signed_in(world.house.officer)

    response = client.post(path(world, "entwurf/"), form_data(world, version=1))

    assert "Entwurf gespeichert" in response.content.decode()
    assert "2 von 2 Fragen beantwortet" in response.content.decode()
    assert fresh(world.statement).version == 1


def test_draft_is_offered_again(world: World) -> None:
    client = signed_in(world.house.officer)
    client.post(path(world, "entwurf/"), form_data(world, version=1))

    offered = text(client, path(world))
    restored = text(client, path(world) + "?entwurf=1")

    assert "wiederherstellen" in offered
    assert "Mein Text." not in offered
    assert "Mein Text." in restored


def test_draft_is_offered_to_nobody_else(world: World) -> None:
    signed_in(world.house.officer).post(path(world, "entwurf/"), form_data(world, version=1))

    page = text(signed_in(world.house.colleague), path(world) + "?entwurf=1")

    assert "Mein Text." not in page


def test_draft_equal_to_the_stored_text_is_not_offered(world: World) -> None:
    client = signed_in(world.house.officer)
    data = form_data(world, version=1)
    client.post(path(world), data)
    client.post(path(world, "entwurf/"), data)

    assert "wiederherstellen" not in text(client, path(world))


def test_draft_restored_after_somebody_saved_meets_a_conflict(world: World) -> None:
    keep_draft(
        statement=world.statement,
        data={"key_message": "Mein Text."},
        based_on_version=1,
        by=world.house.colleague,
        now=NOW,
    )
    write(world.statement, by=world.house.officer, key_message="Text der ersten.")
    client = signed_in(world.house.colleague)

    page = text(client, path(world) + "?entwurf=1")
    response = client.post(path(world), form_data(world, version=1))

    assert 'name="_version" value="1"' in page
    assert response.status_code == 409


def test_draft_is_discarded(world: World) -> None:
    client = signed_in(world.house.officer)
    client.post(path(world, "entwurf/"), form_data(world, version=1))

    post(client, path(world, "entwurf/verwerfen/"))

    assert not StatementDraft.objects.exists()


def test_draft_by_a_manager_is_refused(world: World) -> None:
    response = signed_in(world.house.manager).post(path(world, "entwurf/"), {"vote": "end"})

    assert response.status_code == 403


def test_draft_after_the_session_ended_is_not_told_as_saved(world: World) -> None:
    response = Client().post(
        path(world, "entwurf/"), form_data(world, version=1), headers={"HX-Request": "true"}
    )

    assert response.status_code in (302, 401)
    assert "gespeichert" not in response.content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999", "²"])
def test_draft_with_garbage_version_is_based_on_the_stored_one(world: World, version: str) -> None:
    data = form_data(world, version=1) | {"_version": version}

    response = signed_in(world.house.officer).post(path(world, "entwurf/"), data)

    assert response.status_code == 200
    assert StatementDraft.objects.get().based_on_version == 1

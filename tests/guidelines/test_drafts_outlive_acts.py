"""What is typed and not saved outlives every act on what is saved, and comes back as it was."""

from collections.abc import Callable

import pytest

from guidelines.answering.sittings import key_of
from guidelines.models import Query, Statement, StatementDraft
from guidelines.queries.actions import submit_reply
from guidelines.statements.draft_actions import keep_draft
from ministries.models import User
from tests.factories import NOW
from tests.guidelines.conftest import World, closed, fresh, replied, signed_in, write
from tests.guidelines.test_statement_conflict import form_data
from tests.guidelines.test_statement_pages import path, post, text
from ui.receipts import new_token

TYPED = "Halbfertiges."
SEVERAL = "/stellungnahmen/vorlegen/"


def keep(written: Statement, by: User, version: int, *, is_reply: bool = False) -> None:
    keep_draft(
        statement=written,
        data={"key_message": TYPED},
        based_on_version=version,
        by=by,
        now=NOW,
        is_reply=is_reply,
    )


def submit_several(world: World) -> None:
    keys = {"s": key_of(fresh(world.statement)), "_token": new_token()}
    signed_in(world.house.officer).post(SEVERAL, keys)


def submit_one(world: World) -> None:
    version = str(fresh(world.statement).version)
    post(signed_in(world.house.officer), path(world, "vorlegen/"), _version=version)


def file_nothing(world: World) -> None:
    keys = {"s": key_of(fresh(world.statement)), "_token": new_token()}
    signed_in(world.house.officer).post("/stellungnahmen/fehlanzeige/", keys)


@pytest.mark.parametrize("act", [submit_several, submit_one, file_nothing])
def test_what_is_typed_comes_back_and_meets_no_conflict(
    world: World, act: Callable[[World], None]
) -> None:
    client = signed_in(world.house.officer)
    version = write(world.statement, by=world.house.officer).version
    keep(world.statement, world.house.officer, version)

    act(world)
    assert fresh(world.statement).state == "submitted"
    page = text(client, path(world))
    assert "Ihre nicht gespeicherten Eingaben" in page
    assert TYPED in page
    post(client, path(world, "zurueckholen/"))

    taken_back = fresh(world.statement)
    assert taken_back.state == "open"
    assert "Nicht gespeicherte Eingaben" in text(client, path(world))
    assert TYPED in text(client, path(world) + "?entwurf=1")
    assert StatementDraft.objects.get().based_on_version == taken_back.version
    saved = client.post(path(world), form_data(world, version=taken_back.version))
    assert saved.status_code == 302


def test_closed_while_somebody_types_says_where_it_is_kept(world: World) -> None:
    client = signed_in(world.house.officer)
    closed(world.check, by=world.coordinator)

    answer = client.post(path(world), form_data(world, version=1, key_message=TYPED))

    assert answer.status_code == 422
    for page in (answer.content.decode(), text(client, path(world))):
        assert TYPED in page
        assert "als Entwurf" in page
    assert TYPED not in text(signed_in(world.house.colleague), path(world))


def test_reply_keeps_what_is_typed(world: World, query: Query) -> None:
    written = replied(query, by=world.house.officer, reply="Gespeichert.")
    keep(world.statement, world.house.officer, written.version, is_reply=True)

    submit_reply(query=written, by=world.house.officer, now=NOW)

    assert StatementDraft.objects.get().based_on_version == written.version


def test_reply_submitted_while_somebody_types_says_it_is_kept(world: World, query: Query) -> None:
    by = world.house.colleague
    submit_reply(query=replied(query, by=by, reply="Antwort."), by=by, now=NOW)
    data = form_data(world, version=1, key_message=TYPED, reply="Getippt.")

    answer = signed_in(world.house.officer).post(query.get_absolute_url(), data)

    assert (answer.status_code, TYPED in answer.content.decode()) == (422, True)
    assert "als Entwurf" in answer.content.decode()
    assert StatementDraft.objects.get().data["key_message"] == TYPED


@pytest.mark.parametrize("has_draft", [False, True])
def test_row_with_typed_text_is_not_ticked(world: World, has_draft: bool) -> None:
    version = write(world.statement, by=world.house.officer).version
    if has_draft:
        keep(world.statement, world.house.officer, version)

    page = text(signed_in(world.house.officer), SEVERAL)

    row = page.split(f'id="s-{world.statement.pk}"')[1].split(">")[0]
    assert ("checked" in row) is not has_draft
    assert ("bleiben als Entwurf erhalten" in page) is has_draft

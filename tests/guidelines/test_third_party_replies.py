"""Views of third parties in the answer to a Rückfrage: they count once it is released."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from guidelines.models import Query, ThirdPartyView
from guidelines.queries.actions import answer, submit_reply, withdraw_query
from guidelines.statements.actions import withdraw
from guidelines.third_parties.actions import change_view, keep_view, remove_view
from ministries.models import User
from tests.factories import NOW
from tests.guidelines.conftest import (
    World,
    asked,
    document_of,
    fresh,
    released,
    reply_submitted,
    told,
)
from tests.guidelines.test_query_pages import seen_by
from tests.guidelines.test_releasing_several import listed
from tests.guidelines.test_third_parties import create, page_of, post, text
from ui.errors import Conflict, Refusal

OLD, NEW = "Die Kammer rät ab.", "Die Kammer rät zu."
WORDS: Any = {"sender": "HWK Chemnitz", "given_on": NOW.date(), "text": NEW, "document": None}


@pytest.fixture
def view(world: World) -> ThirdPartyView:
    view = told(world, text=OLD)
    released(fresh(world.statement), house=world.house)
    return ThirdPartyView.objects.get(pk=view.pk)


@pytest.fixture
def query(world: World, view: ThirdPartyView) -> Query:
    return asked(fresh(world.statement), by=world.coordinator)


def again(query: Query) -> Query:
    return Query.objects.get(pk=query.pk)


def handed_over(world: World, query: Query) -> None:
    submit_reply(query=again(query), by=world.house.officer, now=NOW)
    answer(query=again(query), by=world.house.head, now=NOW)


def read_by(user: User) -> set[str]:
    return set(ThirdPartyView.objects.visible_to(user).counted().values_list("text", flat=True))


def test_a_view_is_added_with_the_answer(world: World, query: Query) -> None:
    page = text(world.house.officer, query.get_absolute_url())
    assert "Speichern und Sicht eines Dritten erfassen" in page

    response = post(create(world), world.house.officer, text=NEW)

    view = ThirdPartyView.objects.get(query=query)
    assert response.redirect_chain == [(f"{query.get_absolute_url()}#sicht-{view.pk}", 302)]
    assert "Kommt mit der Antwort dazu." in response.content.decode()
    assert NEW not in text(world.house.officer, world.statement.get_absolute_url())
    handed_over(world, query)
    assert read_by(world.coordinator) == {OLD, NEW}
    assert NEW in text(world.coordinator, world.statement.get_absolute_url())


def test_a_released_one_is_changed_with_the_answer(
    world: World, query: Query, view: ThirdPartyView
) -> None:
    post(page_of(view), world.house.officer, text=NEW)
    assert read_by(world.coordinator) == {OLD}
    submit_reply(query=again(query), by=world.house.officer, now=NOW)

    for page in (text(world.house.head, query.get_absolute_url()), listed(world.house.head)):
        assert "Sicht eines Dritten: IHK Dresden, 20.11.2026" in page
    answer(query=again(query), by=world.house.head, now=NOW)

    assert read_by(world.coordinator) == read_by(world.house.officer) == {NEW}
    page = text(world.house.officer, query.get_absolute_url())
    assert "Was sich geändert hat (1)" in page


def test_a_released_one_goes_with_the_answer_or_is_kept(
    world: World, query: Query, view: ThirdPartyView
) -> None:
    page = post(page_of(view, "entfernen/"), world.house.officer).content.decode()
    assert "Entfällt mit der Antwort: IHK Dresden" in page
    assert page_of(view, "behalten/") in page
    assert read_by(world.coordinator) == {OLD}

    post(page_of(view, "behalten/"), world.house.officer)
    assert not ThirdPartyView.objects.exclude(left_out_with=None).exists()
    post(page_of(view, "entfernen/"), world.house.officer, _version="3")
    handed_over(world, query)

    assert not read_by(world.coordinator)
    assert OLD not in text(world.coordinator, world.check.get_absolute_url())
    assert OLD in text(world.house.officer, query.get_absolute_url())


def test_own_one_of_the_answer_is_changed_and_removed(world: World, query: Query) -> None:
    view = told(world, text=NEW)

    post(page_of(view), world.house.officer, text="Noch anders.")
    assert ThirdPartyView.objects.get(query=query).text == "Noch anders."
    post(page_of(view, "entfernen/"), world.house.officer, _version="2")

    assert not ThirdPartyView.objects.filter(query=query).exists()


@pytest.mark.parametrize("who", ["coordinator", "other", "stranger", "auditor"])
def test_the_answer_in_the_house_changes_no_byte_outside(
    world: World, query: Query, view: ThirdPartyView, who: str
) -> None:
    world.check_round.is_open_reading = True
    world.check_round.save()
    user = getattr(world, who) if who in ("coordinator", "auditor") else getattr(world, who).officer
    paper = document_of(world)
    before = seen_by(world, user)
    rows = set(ThirdPartyView.objects.visible_to(user))

    told(world, text=NEW, document=paper)
    remove_view(view=view, expected_version=1, by=world.house.officer, now=NOW)
    submit_reply(query=again(query), by=world.house.officer, now=NOW)

    assert seen_by(world, user) == before
    assert set(ThirdPartyView.objects.visible_to(user)) == rows


def test_only_who_answers_takes_back_that_one_falls_away(
    world: World, query: Query, view: ThirdPartyView
) -> None:
    remove_view(view=view, expected_version=1, by=world.house.officer, now=NOW)

    for stranger in (world.other.officer, world.coordinator):
        with pytest.raises(PermissionDenied):
            keep_view(view=view, by=stranger, now=NOW)
    keep_view(view=view, by=world.house.officer, now=NOW)

    view.refresh_from_db()
    assert view.left_out_with is None


def test_it_ends_with_the_query(world: World, query: Query, view: ThirdPartyView) -> None:
    told(world, text=NEW)
    remove_view(view=view, expected_version=1, by=world.house.officer, now=NOW)

    withdraw_query(query=again(query), by=world.coordinator, now=NOW)

    assert read_by(world.house.officer) == read_by(world.coordinator) == {OLD}
    assert set(ThirdPartyView.objects.visible_to(world.house.officer)) == {view}


def test_it_is_changed_as_any_other_once_the_statement_is_withdrawn(
    world: World, query: Query
) -> None:
    view = told(world, text=NEW)
    handed_over(world, query)
    withdraw(statement=fresh(world.statement), by=world.house.head, now=NOW)

    post(page_of(view), world.house.officer, text="Noch anders.")

    assert read_by(world.house.officer) == {OLD, "Noch anders."}


def test_a_view_alone_is_an_answer(world: World, query: Query) -> None:
    with pytest.raises(Refusal, match="Ändern Sie die Stellungnahme"):
        submit_reply(query=again(query), by=world.house.officer, now=NOW)
    told(world, text=NEW)

    submit_reply(query=again(query), by=world.house.officer, now=NOW)

    assert again(query).state == Query.State.SUBMITTED


def test_whoever_has_read_the_answer_before_is_told(world: World, query: Query) -> None:
    told(world, text=NEW)

    assert world.house.colleague in query.authors.all()
    with pytest.raises(Conflict):
        submit_reply(
            query=again(query), by=world.house.officer, now=NOW, expected_version=query.version
        )


def test_nothing_changes_once_the_answer_is_submitted(
    world: World, query: Query, view: ThirdPartyView
) -> None:
    own = told(world, text=NEW)
    reply_submitted(query, by=world.house.officer)
    common: Any = {"by": world.house.officer, "now": NOW}

    for act in (
        lambda: told(world),
        lambda: change_view(view=own, told=WORDS, expected_version=1, **common),
        lambda: remove_view(view=view, expected_version=1, **common),
    ):
        with pytest.raises(Refusal):
            act()
    with pytest.raises(Refusal):
        keep_view(view=view, **common)
    for write in (
        lambda: ThirdPartyView.objects.filter(pk=own.pk).update(text="Anders"),
        lambda: ThirdPartyView.objects.filter(pk=own.pk).delete(),
        lambda: ThirdPartyView.objects.filter(pk=view.pk).update(left_out_with=query),
    ):
        with pytest.raises(Error, match="wird nicht mehr geändert"), transaction.atomic():
            write()


def test_database_holds_what_is_released_while_an_answer_is_written(
    world: World, query: Query, view: ThirdPartyView
) -> None:
    own = told(world, text=NEW)
    rows = ThirdPartyView.objects

    for write in (
        lambda: rows.filter(pk=view.pk).update(text="Anders"),
        lambda: rows.filter(pk=view.pk).update(text="Anders", left_out_with=query),
        lambda: rows.filter(pk=view.pk).delete(),
        lambda: rows.filter(pk=own.pk).update(query=None),
    ):
        with pytest.raises(Error, match="wird nicht mehr geändert"), transaction.atomic():
            write()
    rows.filter(pk=view.pk).update(left_out_with=query)

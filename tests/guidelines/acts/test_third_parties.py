"""Views of third parties: kept while the statement is written, settled with what is handed in."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from guidelines.models import ThirdPartyView
from guidelines.statements.actions import file_nil_return, release, take_back, withdraw
from guidelines.third_parties.actions import add_view, change_view, remove_view
from ministries.history.tracking import events_of
from tests.factories import NOW
from tests.guidelines.conftest import World, closed, document_of, fresh, released, submitted, told
from tests.record_factories import make_organisation
from ui.errors import Conflict, Refusal

WORDS: Any = {
    "sender": "IHK Dresden",
    "given_on": date(2026, 11, 20),
    "text": "Fortführen.",
    "document": None,
}


def test_whoever_keeps_it_has_written_along(world: World) -> None:
    told(world, by=world.house.head)

    assert list(world.statement.authors.all()) == [world.house.head]
    assert not world.house.head.has_perm("guidelines.release_statement", world.statement)


def test_sender_the_register_knows_is_recognised(world: World) -> None:
    known = make_organisation(name="IHK Dresden")

    assert told(world, sender="ihk dresden").organisation == known
    assert told(world, sender="Domowina").organisation is None


def test_text_or_document_is_needed(world: World) -> None:
    with pytest.raises(Error, match="third_party_view_says_something"), transaction.atomic():
        told(world, text="")

    assert told(world, text="", document=document_of(world)).document


def test_document_of_another_house_is_refused(world: World) -> None:
    for foreign in (
        document_of(world, ministry=world.other.ministry),
        document_of(world, partnership=world.check.partnership, is_confidential=True),
    ):
        with pytest.raises(Refusal, match="Dokument Ihres Hauses"):
            told(world, document=foreign)


@pytest.mark.parametrize("person", ["manager", "other", "coordinator"])
def test_nobody_else_keeps_one(world: World, person: str) -> None:
    people = {
        "manager": world.house.manager,
        "other": world.other.officer,
        "coordinator": world.coordinator,
    }

    with pytest.raises(PermissionDenied):
        told(world, by=people[person])
    view, common = told(world), {"expected_version": 1, "by": people[person], "now": NOW}
    with pytest.raises(PermissionDenied):
        change_view(view=view, told=WORDS, **common)
    with pytest.raises(PermissionDenied):
        remove_view(view=view, **common)


def test_second_of_two_savers_is_told(world: World) -> None:
    view, stale = told(world), ThirdPartyView.objects.get()
    common = {"expected_version": 1, "by": world.house.officer, "now": NOW}
    change_view(view=view, told=WORDS | {"sender": "HWK Chemnitz"}, **common)

    with pytest.raises(Conflict):
        change_view(view=stale, told=WORDS | {"sender": "Domowina"}, **common)
    with pytest.raises(Conflict):
        remove_view(view=stale, **common)


def test_removed_view_stays_in_the_history(world: World) -> None:
    view = told(world)
    remove_view(view=view, expected_version=1, by=world.house.officer, now=NOW)

    assert not ThirdPartyView.objects.exists()
    removed = events_of(ThirdPartyView).get(pgh_label="delete")
    assert removed.sender == "IHK Dresden"


# What is handed in is settled


def test_nothing_changes_once_submitted_or_released(world: World) -> None:
    view, early = told(world), fresh(world.statement)
    submitted(world.statement, by=world.house.officer)
    common: Any = {"expected_version": 1, "by": world.house.officer, "now": NOW}
    view.statement = early  # read before it was submitted

    for act in (
        lambda: add_view(statement=early, told=WORDS, by=world.house.officer, now=NOW),
        lambda: change_view(view=view, told=WORDS, **common),
        lambda: remove_view(view=view, **common),
    ):
        early.state = "open"
        with pytest.raises(Refusal, match="liegt inzwischen zur Freigabe vor"):
            act()


@pytest.mark.parametrize("reach", [submitted, released])
def test_database_holds_what_is_handed_in(world: World, reach: Any) -> None:
    told(world)
    people = {"by": world.house.officer} if reach is submitted else {"house": world.house}
    reach(world.statement, **people)

    views = ThirdPartyView.objects.all()
    for write in (
        lambda: views.update(text="Anders"),
        lambda: views.delete(),
        lambda: ThirdPartyView.objects.create(**_row(world)),
    ):
        with pytest.raises(Error, match="wird nicht mehr geändert"), transaction.atomic():
            write()


def _row(world: World) -> dict[str, Any]:
    by = {"entered_at": NOW, "entered_by": world.house.officer}
    return WORDS | by | {"statement": world.statement}


def test_taken_back_or_withdrawn_it_is_open_again(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)
    take_back(statement=statement, by=world.house.officer, now=NOW)
    told(world)
    statement = released(fresh(statement), house=world.house)
    withdraw(statement=statement, by=world.house.head, now=NOW)

    assert told(world, sender="Domowina").pk


def test_closed_collection_takes_none(world: World) -> None:
    closed(world.check, by=world.coordinator)

    with pytest.raises(Refusal, match="ist beendet"):
        told(world)


def test_nil_return_keeps_them_in_the_house(world: World) -> None:
    view = told(world)
    file_nil_return(statements=[fresh(world.statement)], by=world.house.officer, now=NOW)
    release(statement=fresh(world.statement), by=world.house.head, now=NOW)

    assert not ThirdPartyView.objects.visible_to(world.coordinator).exists()
    assert ThirdPartyView.objects.visible_to(world.house.officer).get() == view

"""Fehlanzeige: what is cleared, who hears of it, and that all of them are filed or none."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import ReviewNote, Statement, StatementDraft
from guidelines.statements.actions import (
    file_nil_return,
    release,
    return_for_revision,
    take_back,
    withdraw,
)
from guidelines.statements.draft_actions import keep_draft
from ministries.models import Notification
from tests.factories import NOW, make_check, make_statement
from tests.guidelines.acts.conftest import OUTSIDERS, person
from tests.guidelines.conftest import House, World, closed, fresh, released, submitted, write
from tests.guidelines.test_evidence import activity_of, cite
from ui.errors import Conflict, Refusal


def second_of(world: World) -> Statement:
    """Another statement of the house, with one question."""
    check = make_check(check_round=world.check_round)
    return make_statement(ministry=world.house.ministry, check=check, criteria=world.criteria[:1])


def test_nil_return_clears_all_that_was_begun(world: World) -> None:
    write(
        world.statement,
        by=world.house.officer,
        vote="postpone",
        vote_until_on=NOW.date(),
        reasons={world.criteria[0].pk: "Halb."},
    )
    Statement.objects.update(return_note="Bitte kürzen.")

    file_nil_return(statements=[fresh(world.statement)], by=world.house.colleague, now=NOW)

    found = fresh(world.statement)
    assert (found.state, found.is_nil_return, found.version) == ("submitted", True, 3)
    assert (found.vote, found.vote_until_on, found.key_message) == ("", None, "")
    assert (found.submitted_at, found.submitted_by) == (NOW, world.house.colleague)
    assert found.return_note == ""
    assert set(found.review_notes.values_list("answer", "reason")) == {("", "")}


def test_reason_without_answer_is_cleared_too(world: World) -> None:
    ReviewNote.objects.filter(statement=world.statement).update(reason="Nur ein Grund.")
    ReviewNote.objects.filter(statement=world.other_statement).update(reason="Fremd.")

    file_nil_return(statements=[world.statement], by=world.house.officer, now=NOW)

    left = ReviewNote.objects.exclude(reason="").values_list("statement", flat=True)
    assert set(left) == {world.other_statement.pk}


def test_who_files_is_an_author_and_keeps_the_own_draft(world: World) -> None:
    by = world.house.officer
    keep_draft(statement=world.statement, data={}, based_on_version=1, by=by, now=NOW)

    file_nil_return(statements=[world.statement], by=world.house.officer, now=NOW)

    assert list(world.statement.authors.all()) == [world.house.officer]
    assert StatementDraft.objects.get().user == world.house.officer


def test_heads_are_told_once_of_many(world: World) -> None:
    statements = [world.statement, second_of(world)]

    file_nil_return(statements=statements, by=world.house.officer, now=NOW)

    mail = Notification.objects.get()
    assert mail.recipient == world.house.head
    assert mail.subject == f"{world.check_round}: Stellungnahmen zur Freigabe"


def test_nil_return_of_a_released_one_is_refused(world: World) -> None:
    statement = released(world.statement, house=world.house)

    with pytest.raises(Refusal, match="erst zurückgezogen werden"):
        file_nil_return(statements=[statement], by=world.house.officer, now=NOW)
    withdraw(statement=statement, by=world.house.head, now=NOW)
    file_nil_return(statements=[fresh(statement)], by=world.house.officer, now=NOW)

    assert fresh(statement).is_nil_return


def test_nil_return_of_a_submitted_one_is_refused(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    with pytest.raises(Refusal, match="Wieder bearbeiten"):
        file_nil_return(statements=[statement], by=world.house.officer, now=NOW)

    assert fresh(statement).key_message == "Die Zusammenarbeit trägt."


def test_nil_return_after_the_collection_is_refused(world: World) -> None:
    closed(world.check, by=world.coordinator)

    with pytest.raises(Refusal, match="ist beendet"):
        file_nil_return(statements=[fresh(world.statement)], by=world.house.officer, now=NOW)


def test_one_changed_meanwhile_files_none(world: World) -> None:
    first, second = second_of(world), fresh(world.statement)
    write(world.statement, by=world.house.colleague)

    with pytest.raises(Conflict):
        file_nil_return(statements=[first, second], by=world.house.officer, now=NOW)

    assert fresh(first).state == "open"
    assert fresh(second).key_message == "Die Zusammenarbeit trägt."
    assert not ReviewNote.objects.filter(statement=second, answer="").exists()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_one_of_another_house_files_none(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        file_nil_return(statements=[world.statement], by=person(world, who), now=NOW)

    assert fresh(world.statement).state == "open"


# What was begun comes back with it


def take_it_back(statement: Statement, house: House) -> None:
    take_back(statement=statement, by=house.colleague, now=NOW)


def send_it_back(statement: Statement, house: House) -> None:
    return_for_revision(statement=statement, note="Doch, die Messe.", by=house.head, now=NOW)


def withdraw_it(statement: Statement, house: House) -> None:
    release(statement=statement, by=house.head, now=NOW)
    withdraw(statement=statement, by=house.head, now=NOW)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [take_it_back, send_it_back, withdraw_it])
def test_begun_comes_back_with_the_nil_return(
    world: World, act: Callable[[Statement, House], None]
) -> None:
    write(world.statement, by=world.house.officer, reasons={world.criteria[0].pk: "Halb."})
    cite(world, activity_of(world.house, world, title="Chorreise"))
    unconfirmed = ReviewNote.objects.filter(statement=world.statement, reason="Halb.")
    unconfirmed.update(is_unconfirmed=True)
    before = begun(world)
    file_nil_return(statements=[fresh(world.statement)], by=world.house.officer, now=NOW)
    assert begun(world) != before

    act(fresh(world.statement), world.house)

    assert begun(world) == before
    assert not fresh(world.statement).is_nil_return


def begun(world: World) -> list[Any]:
    statement = fresh(world.statement)
    notes = statement.review_notes.order_by("pk")
    told = notes.values_list("answer", "reason", "is_unconfirmed", "evidence__activity")
    return [statement.vote, statement.vote_until_on, statement.key_message, *told]

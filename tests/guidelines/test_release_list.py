"""What the head's list shows of each, in whose name, and how the desk leads there."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guidelines.models import Query, Statement
from guidelines.statements.actions import file_nil_return, release, submit, withdraw
from ministries.models import Appointment, Role
from tests.factories import NOW, make_appointment, make_check, make_round, make_statement, make_user
from tests.guidelines.conftest import (
    World,
    fresh,
    released,
    reply_submitted,
    signed_in,
    submitted,
    write,
)
from tests.guidelines.test_one_after_the_other import named
from tests.guidelines.test_releasing_several import LIST, key, listed, sent
from tests.guidelines.test_statement_pages import text
from ui.receipts import new_token


@pytest.mark.parametrize("who", ["officer", "manager"])
def test_only_who_releases_has_the_list(world: World, who: str) -> None:
    assert signed_in(getattr(world.house, who)).get(LIST).status_code == 403


def test_list_of_one_round(world: World, waiting: list[Statement]) -> None:
    other = make_round(edition=world.check_round.edition, due_on=world.check_round.due_on)
    late = make_statement(
        ministry=world.house.ministry, check=make_check(check_round=other), criteria=world.criteria
    )
    submitted(late, by=world.house.officer)

    assert "4 warten auf Ihre Freigabe" in listed(world.house.head)
    page = listed(world.house.head, f"{LIST}?round={other.slug}")

    assert f"{other}: 1 wartet auf Ihre Freigabe" in page
    assert f'value="{key(late)}"' in page
    assert f'value="{key(waiting[0])}"' not in page


def test_nil_return_is_shown_as_such(world: World) -> None:
    reasons = {world.statement.pk: "Kein Fall des Hauses."}
    file_nil_return(statements=[world.statement], reasons=reasons, by=world.house.officer, now=NOW)

    page = listed(world.house.head)

    assert "Fehlanzeige." in page
    assert "Kein Fall des Hauses." in page


@pytest.mark.django_db(transaction=True)
def test_difference_to_what_was_released_last(world: World) -> None:
    withdraw(statement=released(world.statement, house=world.house), by=world.house.head, now=NOW)
    answers = {world.criteria[0].pk: "1"}
    write(
        fresh(world.statement),
        by=world.house.officer,
        key_message="Die Zusammenarbeit trägt weit.",
        answers=answers,
    )
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    page = listed(world.house.head)

    assert "2 Änderungen gegenüber der Freigabe vom" in " ".join(page.split())
    assert "<mark>weit.</mark>" in page or "<mark>trägt weit" in page
    assert f"Antwort auf Frage {world.criteria[0].code}" in page


@pytest.mark.django_db(transaction=True)
def test_nil_return_after_a_statement_is_a_difference(world: World) -> None:
    withdraw(statement=released(world.statement, house=world.house), by=world.house.head, now=NOW)
    file_nil_return(statements=[fresh(world.statement)], by=world.house.officer, now=NOW)

    page = listed(world.house.head)

    assert '<h3 class="kern-heading-small">Art</h3>' in page


def test_first_release_has_no_difference(world: World, waiting: list[Statement]) -> None:
    assert "gegenüber der Freigabe vom" not in listed(world.house.head)


def test_answers_to_queries_wait_in_the_same_list(world: World, query: Query) -> None:
    reply_submitted(query, by=world.house.officer)

    page = listed(world.house.head)
    assert "Neue Kernaussage." in page
    assert "1 Änderung gegenüber der Freigabe vom" in " ".join(page.split())
    told = sent(signed_in(world.house.head), r=[key(query)])

    assert "1 Antwort auf eine Rückfrage" in told
    assert Query.objects.get().state == "answered"
    assert fresh(world.statement).key_message == "Neue Kernaussage."


def test_deputy_is_told_and_recorded(world: World, waiting: list[Statement]) -> None:
    regular = Appointment.objects.get(user=world.house.head)
    deputy = make_user()
    make_appointment(user=deputy, role=Role.HEAD, ministry=world.house.ministry, deputy_for=regular)

    assert "Sie geben in Vertretung frei" in listed(deputy)
    sent(signed_in(deputy), s=[key(waiting[0])])

    assert fresh(waiting[0]).is_released_by_deputy


def test_return_leads_back_to_the_list(world: World, waiting: list[Statement]) -> None:
    address = f"/stellungnahmen/{world.statement.pk}/zurueckgeben/?liste=1"
    data: dict[str, Any] = {"_token": new_token(), "_version": "3", "note": "Bitte kürzen."}

    response = signed_in(world.house.head).post(address, data)

    assert response["Location"] == LIST
    assert fresh(world.statement).return_note == "Bitte kürzen."


def test_desk_leads_to_the_list_first(world: World, waiting: list[Statement]) -> None:
    named(world, "Zz 3")
    make_appointment(user=world.house.head, role=Role.OFFICER, ministry=world.house.ministry)

    page = listed(world.house.head, "/zu-erledigen/")
    items = re.findall(r'class="row-link desk__what" href="([^"]+)"><strong>([^<]+)', page)

    assert items[0] == (f"{LIST}?round={world.check_round.slug}", "3 Stellungnahmen freigeben")
    assert "Stellungnahme vorlegen" in [verb for _, verb in items[1:]]
    assert f"Zu erledigen ({len(items)})" in page


def test_a_single_one_is_named_on_the_desk(world: World) -> None:
    submitted(world.statement, by=world.house.officer)

    page = listed(world.house.head, "/zu-erledigen/")

    assert f'href="/stellungnahmen/{world.statement.pk}/"><strong>Stellungnahme freigeben' in page


def test_number_of_queries_does_not_grow(world: World, waiting: list[Statement]) -> None:
    def number() -> int:
        client = signed_in(world.house.head)
        text(client, LIST)
        with CaptureQueriesContext(connection) as captured:
            text(client, LIST)
        return len(captured)

    few = number()
    for extra in range(5):
        submitted(named(world, f"Zz 1{extra}"), by=world.house.officer)

    assert number() == few


def test_release_by_another_head_meanwhile_is_told(world: World, waiting: list[Statement]) -> None:
    keys = [key(waiting[0])]
    second = make_user(role=Role.HEAD, ministry=world.house.ministry)
    release(statement=fresh(waiting[0]), by=second, now=NOW)

    page = sent(signed_in(world.house.head), s=keys)

    assert "nicht freigegeben." in page
    assert "liegt vor" in page

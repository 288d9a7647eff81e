"""What was returned says so, with its reason, wherever the house meets it, and nowhere else."""

import pytest

from guidelines.models import Query
from guidelines.queries.actions import return_reply
from guidelines.statements.actions import return_for_revision
from ministries.models import Notification, User
from tests.factories import NOW
from tests.guidelines.conftest import World, fresh, reply_submitted, signed_in, submitted
from tests.guidelines.test_statement_pages import path, text

NOTE = "Bitte das Votum begründen."
RETURNED = "zur Überarbeitung zurückgegeben"


@pytest.fixture
def returned(world: World) -> World:
    statement = submitted(world.statement, by=world.house.officer)
    return_for_revision(statement=statement, note=NOTE, by=world.house.head, now=NOW)
    return world


@pytest.fixture
def returned_reply(query: Query, world: World) -> Query:
    reply = reply_submitted(query, by=world.house.officer)
    return_reply(query=reply, note=NOTE, by=world.house.head, now=NOW)
    return reply


def test_who_has_left_is_mailed_nothing(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)
    world.house.officer.appointments.update(ministry=world.other.ministry)
    Notification.objects.all().delete()

    return_for_revision(statement=statement, note=NOTE, by=world.house.head, now=NOW)

    assert not Notification.objects.filter(recipient=world.house.officer).exists()


def test_mail_names_what_was_returned(returned_reply: Query) -> None:
    subject = Notification.objects.filter(recipient__isnull=False).latest("pk").subject

    assert f"Antwort auf die Rückfrage {RETURNED}" in subject


def page(user: User, address: str) -> str:
    return text(signed_in(user), address)


def test_above_the_form(returned: World) -> None:
    form = page(returned.house.officer, path(returned))

    assert "Zur Überarbeitung zurückgegeben" in form
    assert NOTE in form


@pytest.mark.parametrize("address", ["/stellungnahmen/", "/stellungnahmen/?state=returned"])
def test_in_the_list(returned: World, address: str) -> None:
    rows = page(returned.house.officer, address)

    assert NOTE in rows
    assert RETURNED in rows


def test_in_the_table(returned: World) -> None:
    assert f"{RETURNED}: {NOTE}" in page(returned.house.officer, "/stellungnahmen/tabelle/")


def test_on_the_desk(returned: World) -> None:
    assert "zurückgegeben" in page(returned.house.officer, "/zu-erledigen/")


@pytest.mark.parametrize("address", ["/stellungnahmen/", "/stellungnahmen/?state=reply_returned"])
def test_answer_to_a_query_in_the_list(world: World, returned_reply: Query, address: str) -> None:
    rows = page(world.house.officer, address)

    assert NOTE in rows
    assert "Antwort zur Überarbeitung zurückgegeben" in rows


def test_answer_that_was_returned_is_no_plain_query(world: World, returned_reply: Query) -> None:
    assert NOTE not in page(world.house.officer, "/stellungnahmen/?state=queried")


def test_answer_above_its_form(world: World, returned_reply: Query) -> None:
    form = page(world.house.officer, returned_reply.get_absolute_url())

    assert "Zur Überarbeitung zurückgegeben" in form
    assert NOTE in form


def test_submitted_again_the_reason_is_gone(returned: World) -> None:
    submitted(fresh(returned.statement), by=returned.house.officer)

    assert NOTE not in page(returned.house.officer, "/stellungnahmen/")


def test_mail_names_who_returned_and_not_the_reason(returned: World) -> None:
    mail = Notification.objects.get(subject__contains=RETURNED)

    assert mail.recipient == returned.house.officer
    assert returned.house.head.name in mail.body
    assert NOTE not in mail.body


@pytest.mark.parametrize("who", ["coordinator", "auditor"])
def test_nobody_outside_reads_of_it(returned: World, who: str) -> None:
    user = getattr(returned, who)
    for address in ("/stellungnahmen/", returned.check.get_absolute_url(), "/zu-erledigen/"):
        assert NOTE not in signed_in(user).get(address).content.decode()

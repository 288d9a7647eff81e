"""„Mit Änderungen freigeben“ on the pages: offered, done, and told in the house."""

from typing import Any

import pytest

from guidelines.models import Query
from guidelines.statements.actions import file_nil_return, submit
from ministries.models import Notification, User
from tests.factories import NOW
from tests.guidelines.conftest import (
    World,
    fresh,
    reply_submitted,
    signed_in,
    submitted,
    write,
)
from tests.guidelines.test_evidence import activity_of, cite
from tests.guidelines.test_query_pages import typed
from tests.guidelines.test_statement_conflict import form_data
from tests.guidelines.test_statement_pages import path
from ui.receipts import new_token

ACT = "aendern-und-freigeben/"
OFFER = "Mit Änderungen freigeben"


def page(user: User, address: str, status: int = 200) -> str:
    response = signed_in(user).get(address)
    assert response.status_code == status
    return response.content.decode()


def sent(user: User, address: str, data: dict[str, str]) -> Any:
    return signed_in(user).post(address, {"_token": new_token(), **data}, follow=True)


def test_offered_where_somebody_else_has_written(world: World) -> None:
    submitted(world.statement, by=world.house.officer)

    assert OFFER in page(world.house.head, path(world))
    assert OFFER in page(world.house.head, "/stellungnahmen/freigeben/")
    assert OFFER not in page(world.house.officer, path(world))


def test_not_offered_to_who_wrote_alone(world: World) -> None:
    write(world.statement, by=world.house.head)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    assert OFFER not in page(world.house.head, path(world))
    assert signed_in(world.house.head).get(path(world, ACT)).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_corrected_on_the_page_and_told_in_the_house_alone(world: World) -> None:
    submitted(world.statement, by=world.house.officer)
    form = page(world.house.head, path(world, ACT))
    assert "Die Zusammenarbeit trägt." in form
    assert "Zur Freigabe vorlegen" not in form

    done = sent(world.house.head, path(world, ACT), form_data(world, version=3))

    assert (
        f"{OFFER.replace('freigeben', 'freigegeben')}: Die Stellungnahme" in done.content.decode()
    )
    assert fresh(world.statement).state == "released"
    told = page(world.house.officer, path(world))
    assert "Bei der Freigabe geändert" in told
    assert f"Durch {world.house.head.name}" in told
    assert "<mark>" in told
    outside = page(world.coordinator, path(world))
    assert "Bei der Freigabe geändert" not in outside
    assert world.house.head.name not in outside


def test_what_is_submitted_is_read_and_its_fields_are_folded(world: World) -> None:
    submitted(world.statement, by=world.house.officer)
    note = fresh(world.statement).review_notes.select_related("criterion")[0]

    form = page(world.house.head, path(world, ACT))

    assert f'<p class="answer__word">{note.answer_word}</p>' in form
    assert (
        form.count('<details class="question__fold">') == 1 + world.statement.review_notes.count()
    )
    assert "<strong>fortführen</strong>" in form


@pytest.mark.django_db(transaction=True)
def test_changed_evidence_is_told_too(world: World) -> None:
    activity = activity_of(world.house, world, title="Chorreise")
    cite(world, activity)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)
    written = {"version": 3, "key_message": "Die Zusammenarbeit trägt."}

    sent(world.house.head, path(world, ACT), form_data(world, **written))

    told = page(world.house.officer, path(world)).split("Bei der Freigabe geändert")[1]
    assert "Nachweise zu Frage" in told
    assert "Chorreise" in told


def test_list_of_one_round_is_what_one_comes_back_to(world: World) -> None:
    submitted(world.statement, by=world.house.officer)
    slug = world.check_round.slug

    address = path(world, f"{ACT}?liste={slug}")
    done = sent(world.house.head, address, form_data(world, version=3))

    assert done.redirect_chain[-1][0] == f"/stellungnahmen/freigeben/?round={slug}"


@pytest.mark.parametrize("why", ["left", "closed"])
def test_who_has_left_is_mailed_nothing(world: World, why: str) -> None:
    submitted(world.statement, by=world.house.officer)
    officer = User.objects.get(pk=world.house.officer.pk)
    if why == "left":
        officer.appointments.update(ministry=world.other.ministry)
    else:
        User.objects.filter(pk=officer.pk).update(is_active=False)
    Notification.objects.all().delete()

    sent(world.house.head, path(world, ACT), form_data(world, version=3))

    assert not Notification.objects.filter(recipient=officer).exists()


@pytest.mark.django_db(transaction=True)
def test_plain_release_tells_of_no_change(world: World) -> None:
    write(world.statement, by=world.house.head)
    write(fresh(world.statement), by=world.house.officer, vote="expand")
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    sent(world.house.head, path(world, "freigeben/"), {"_version": "4"})

    assert fresh(world.statement).state == "released"
    assert "Bei der Freigabe geändert" not in page(world.house.officer, path(world))


def test_saved_meanwhile_shows_both_texts(world: World) -> None:
    submitted(world.statement, by=world.house.officer)

    done = sent(world.house.head, path(world, ACT), form_data(world, version=2))

    assert done.status_code == 409
    assert "Mein Text." in done.content.decode()
    assert fresh(world.statement).state == "submitted"


def test_incomplete_is_said_and_kept_as_typed(world: World) -> None:
    submitted(world.statement, by=world.house.officer)
    data = form_data(world, version=3) | {"vote": ""}

    done = sent(world.house.head, path(world, ACT), data)

    assert done.status_code == 422
    assert "Wählen Sie das Votum" in done.content.decode()
    assert "Mein Text." in page(world.house.head, path(world, ACT))


def test_from_the_list_back_to_the_list(world: World) -> None:
    submitted(world.statement, by=world.house.officer)

    done = sent(world.house.head, path(world, f"{ACT}?liste=1"), form_data(world, version=3))

    assert done.redirect_chain[-1][0] == "/stellungnahmen/freigeben/"


def test_nil_return_offers_its_reason(world: World) -> None:
    reasons = {world.statement.pk: "Kein Fall."}
    file_nil_return(statements=[world.statement], reasons=reasons, by=world.house.officer, now=NOW)

    assert "Kein Fall.</textarea>" in page(world.house.head, path(world, ACT))
    sent(world.house.head, path(world, ACT), {"_version": "2", "nil_reason": "Anderer Grund."})

    found = fresh(world.statement)
    assert (found.state, found.nil_reason) == ("released", "Anderer Grund.")


@pytest.mark.django_db(transaction=True)
def test_answer_to_a_query_is_corrected_on_its_page(world: World, query: Query) -> None:
    reply = reply_submitted(query, by=world.house.officer)
    address = reply.get_absolute_url()
    assert OFFER in page(world.house.head, address)

    data = typed(reply, key_message="Noch kürzer.", reply="Wie besprochen.")
    done = sent(world.house.head, f"{address}{ACT}", data)

    assert "Mit Änderungen freigegeben: Die Antwort" in done.content.decode()
    assert fresh(world.statement).key_message == "Noch kürzer."
    told = page(world.house.officer, address)
    assert "Bei der Freigabe geändert" in told
    assert "Antwort an die Staatskanzlei" in told


def test_released_meanwhile_leads_back(world: World) -> None:
    submitted(world.statement, by=world.house.officer)
    sent(world.house.head, path(world, "freigeben/"), {"_version": "3"})

    assert page(world.house.head, path(world, ACT), status=302) == ""

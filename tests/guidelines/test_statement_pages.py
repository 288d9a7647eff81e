"""The pages of a statement: what they offer to whom, drafts, receipts and their price."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guidelines.actions.drafts import keep_draft
from guidelines.actions.statements import return_for_revision
from guidelines.models import ReviewNote, Statement, StatementDraft
from ministries.models import Notification
from tests.factories import (
    NOW,
    make_agreement,
    make_check,
    make_criterion,
    make_guideline,
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


def post(client: Client, address: str, **data: str) -> "Client":
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


def test_head_who_wrote_along_is_told_why(world: World) -> None:
    write(world.statement, by=world.house.head, vote="expand")
    submitted(fresh(world.statement), by=world.house.officer)

    page = text(signed_in(world.house.head), path(world))

    assert path(world, "freigeben/") not in page
    assert "Freigeben muss eine andere Person" in page


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


# Drafts


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


# The list and the Fehlanzeige


def test_list_shows_what_waits_for_the_head_first(world: World) -> None:
    later = make_check(check_round=world.check_round)
    waiting = make_statement(ministry=world.house.ministry, check=later, criteria=world.criteria)
    submitted(waiting, by=world.house.officer)

    rows = signed_in(world.house.head).get("/stellungnahmen/").context["rows"]

    assert [row.pk for row in rows] == [waiting.pk, world.statement.pk]


@pytest.mark.parametrize(
    ("state", "found"),
    [("open", 1), ("submitted", 0), ("returned", 0), ("overdue", 0), ("unsinn", 1)],
)
def test_list_by_state(world: World, state: str, found: int) -> None:
    rows = signed_in(world.house.officer).get(f"/stellungnahmen/?state={state}").context["rows"]

    assert len(rows) == found


def test_list_is_exported(world: World) -> None:
    response = signed_in(world.house.officer).get("/stellungnahmen/?format=csv")

    content = b"".join(response.streaming_content).decode("utf-8-sig")
    assert world.check.partnership.name in content


def test_list_for_technical_staff_is_closed(world: World) -> None:
    assert signed_in(world.administrator).get("/stellungnahmen/").status_code == 403


def test_nil_return_shows_the_register_first(world: World) -> None:
    make_agreement(partnership=world.check.partnership)

    page = text(
        signed_in(world.house.officer), f"/stellungnahmen/fehlanzeige/?s={world.statement.pk}"
    )

    assert "Vereinbarungen mit der Partnerregion: 1" in page


def test_nil_return_warns_of_what_is_lost(world: World) -> None:
    write(world.statement, by=world.house.officer)

    page = text(
        signed_in(world.house.officer), f"/stellungnahmen/fehlanzeige/?s={world.statement.pk}"
    )

    assert "werden mit der Fehlanzeige geleert" in page


def test_nil_return_from_the_page(world: World) -> None:
    client = signed_in(world.house.officer)

    response = post(client, "/stellungnahmen/fehlanzeige/", s=str(world.statement.pk))

    assert response["Location"] == "/stellungnahmen/"
    assert fresh(world.statement).is_nil_return


@pytest.mark.parametrize("chosen", ["", "x", "999999", "99999999999999999999999"])
def test_nil_return_of_nothing_files_nothing(world: World, chosen: str) -> None:
    post(signed_in(world.house.officer), "/stellungnahmen/fehlanzeige/", s=chosen)

    assert not Statement.objects.filter(is_nil_return=True).exists()


def test_nil_return_of_a_foreign_statement_files_nothing(world: World) -> None:
    client = signed_in(world.house.officer)

    post(client, "/stellungnahmen/fehlanzeige/", s=str(world.other_statement.pk))

    assert not Statement.objects.filter(is_nil_return=True).exists()


def test_nil_return_by_a_manager_is_refused(world: World) -> None:
    response = signed_in(world.house.manager).get("/stellungnahmen/fehlanzeige/")

    assert response.status_code == 403


# Mails


def test_heads_are_told_once_a_day(world: World) -> None:
    other = make_statement(
        ministry=world.house.ministry,
        check=make_check(check_round=world.check_round),
        criteria=world.criteria,
    )

    submitted(world.statement, by=world.house.officer)
    submitted(other, by=world.house.officer)

    assert Notification.objects.filter(recipient=world.house.head).count() == 1


def test_coordination_is_told_when_a_house_is_complete(world: World) -> None:
    mailbox = world.coordinator.appointments.get().ministry.mailbox

    released(world.statement, house=world.house)

    mail = Notification.objects.get(to_address=mailbox)
    assert mail.subject.endswith("vollständig")
    assert "Die Zusammenarbeit trägt." not in mail.body


# Price


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def grow(world: World, number: int) -> None:
    """More questions on the statement, and more statements in the house's round."""
    guideline = make_guideline(edition=world.check_round.edition)
    ReviewNote.objects.bulk_create(
        ReviewNote(statement=world.statement, criterion=make_criterion(guideline=guideline))
        for _ in range(number)
    )
    for _ in range(number):
        make_statement(
            ministry=world.house.ministry,
            check=make_check(check_round=world.check_round),
            criteria=world.criteria,
        )


@pytest.mark.parametrize("address", ["", "vorlegen/", "druck/", "list", "fehlanzeige"])
def test_queries_do_not_grow_with_rows(world: World, address: str) -> None:
    client = signed_in(world.house.officer)
    whole = {"list": "/stellungnahmen/", "fehlanzeige": "/stellungnahmen/fehlanzeige/"}
    target = whole.get(address, path(world, address))
    grow(world, 3)
    queries(client, target)
    few = queries(client, target)

    grow(world, 27)

    assert queries(client, target) == few
    assert few <= 20


def test_save_costs_at_most_25_queries(world: World) -> None:
    grow(world, 10)
    client = signed_in(world.house.officer)
    data = form_data(world, version=1)
    for note in world.statement.review_notes.all():
        data[f"answer_{note.criterion_id}"] = (
            "yes" if note.criterion_id == world.criteria[1].pk else "1"
        )
    text(client, path(world))

    with CaptureQueriesContext(connection) as captured:
        assert client.post(path(world), data).status_code == 302

    assert len(captured) <= 25

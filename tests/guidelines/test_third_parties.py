"""Views of third parties on the pages: kept by the house, read by whoever reads its statement."""

from typing import Any

import pytest
from django.urls import reverse

from guidelines.models import ThirdPartyView
from guidelines.search import search_statements
from guidelines.statements.actions import file_nil_return, release, submit
from ministries.models import User
from tests.factories import NOW
from tests.guidelines.conftest import (
    World,
    asked,
    document_of,
    fresh,
    released,
    signed_in,
    submitted,
    told,
    write,
)
from tests.guidelines.test_statement_conflict import form_data
from tests.record_factories import make_organisation
from ui.receipts import new_token

WORDS = "Die Kammer rät, das Austauschprogramm fortzuführen."
TYPED = {"sender": "IHK Dresden", "given_on": "20.11.2026", "text": WORDS}
HEADING = "Sichten Dritter"


def create(world: World) -> str:
    return f"{world.statement.get_absolute_url()}dritte/"


def page_of(view: ThirdPartyView, act: str = "") -> str:
    return f"/stellungnahmen/dritte/{view.pk}/{act}"


def post(url: str, by: User, **typed: str) -> Any:
    data = {"_token": new_token(), "_version": "1"}
    return signed_in(by).post(url, data | TYPED | typed, follow=True)


def text(user: User, url: str) -> str:
    response = signed_in(user).get(url)
    assert response.status_code == 200
    return response.content.decode()


# Kept by the house


def test_who_the_register_knows_is_told_with_kind_and_place(world: World) -> None:
    make_organisation(name="IHK Dresden", kind="chamber", place="Dresden")
    make_organisation(name="Chor X", kind="choir", ministry=world.other.ministry)
    for sender in ("IHK Dresden", "Chor X"):
        post(create(world), world.house.officer, sender=sender)
    released(fresh(world.statement), house=world.house)

    for reader in (world.house.officer, world.coordinator):
        page = text(reader, world.statement.get_absolute_url())
        assert "<strong>IHK Dresden</strong> (Kammer, Dresden)," in page
        assert "<strong>Chor X</strong>," in page
    check = text(world.coordinator, world.check.get_absolute_url())
    assert "<strong>IHK Dresden</strong> (Kammer, Dresden)," in check


def test_what_is_typed_is_saved_before_a_view_is_added(world: World) -> None:
    typed = form_data(world, version=1) | {"_next": "sicht"}

    response = signed_in(world.house.officer).post(world.statement.get_absolute_url(), typed)

    assert response.headers["Location"] == create(world)
    assert fresh(world.statement).key_message == typed["key_message"]


def test_officer_keeps_what_a_third_party_said(world: World) -> None:
    form = text(world.house.officer, world.statement.get_absolute_url())
    assert "Speichern und Sicht eines Dritten erfassen" in form

    response = post(create(world), world.house.officer)

    view = ThirdPartyView.objects.get()
    assert response.redirect_chain == [(view.get_absolute_url(), 302)]
    page = response.content.decode()
    assert all(words in page for words in ("IHK Dresden", "20.11.2026", WORDS, page_of(view)))
    assert (view.entered_by, view.text) == (world.house.officer, WORDS)


def test_same_form_sent_twice_keeps_one(world: World) -> None:
    data = {"_token": new_token(), "_version": "1", **TYPED}
    client = signed_in(world.house.officer)

    answers = [client.post(create(world), data).headers["Location"] for _ in range(2)]

    assert len(set(answers)) == 1
    assert ThirdPartyView.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Geben Sie den Text ein oder wählen Sie das Dokument."),
        ({"given_on": "20.11.2099"}, "liegt in der Zukunft"),
        ({"sender": ""}, "Wer äußert sich?"),
    ],
)
def test_what_is_missing_is_said(world: World, typed: dict[str, str], sentence: str) -> None:
    response = post(create(world), world.house.officer, **typed)

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_documents_of_the_house_alone_are_offered(world: World) -> None:
    document_of(world)
    foreign = document_of(world, ministry=world.other.ministry, title="Fremdes Schreiben")

    page = text(world.house.officer, create(world))

    assert '<option value="Schreiben der Kammer">' in page
    assert "Fremdes Schreiben" not in page
    assert post(create(world), world.house.officer, document=str(foreign.pk)).status_code == 422


def test_a_document_is_found_by_its_words(world: World) -> None:
    papers = [document_of(world, title=f"Schreiben {number}") for number in range(31, 0, -1)]
    twins = [document_of(world, title="Zweimal") for _ in range(2)]

    post(create(world), world.house.officer, document="schreiben 31")
    assert ThirdPartyView.objects.get().document == papers[0]
    page = text(world.house.officer, page_of(ThirdPartyView.objects.get()))
    assert 'value="Schreiben 31"' in page

    post(create(world), world.house.officer, document=f"Zweimal, Nr. {twins[0].pk}")
    assert ThirdPartyView.objects.latest("pk").document == twins[0]
    for typed, problem in (("Zweimal", "mehrere Einträge"), ("Brief", "kein Eintrag")):
        response = post(create(world), world.house.officer, document=typed)
        assert response.status_code == 422
        assert f"passt {problem}" in response.content.decode()


def test_view_is_changed_and_removed(world: World) -> None:
    view = told(world)

    post(page_of(view), world.house.officer, sender="HWK Chemnitz")
    assert ThirdPartyView.objects.get().sender == "HWK Chemnitz"
    assert "HWK Chemnitz" in text(world.house.officer, page_of(view, "entfernen/"))

    stale = post(page_of(view, "entfernen/"), world.house.officer)
    assert stale.status_code == 409
    post(page_of(view, "entfernen/"), world.house.officer, _version="2")
    assert not ThirdPartyView.objects.exists()


def test_second_of_two_savers_sees_both_texts(world: World) -> None:
    view = told(world)
    post(page_of(view), world.house.officer, sender="HWK Chemnitz")

    response = post(page_of(view), world.house.colleague, sender="Domowina")

    page = response.content.decode()
    assert response.status_code == 409
    assert "HWK Chemnitz" in page
    assert "Domowina" in page


def test_who_comes_too_late_is_led_back(world: World) -> None:
    view = told(world)
    submitted(world.statement, by=world.house.officer)

    for url in (create(world), page_of(view), page_of(view, "entfernen/")):
        response = signed_in(world.house.officer).get(url)
        assert response.headers["Location"] == world.statement.get_absolute_url()
    assert "zur Freigabe vor" in post(create(world), world.house.officer).content.decode()


# Read before and after the release


def test_house_reads_it_wherever_it_reads_the_statement(world: World) -> None:
    told(world, text=WORDS)
    url = world.statement.get_absolute_url()

    for act in ("", "druck/", "vorlegen/"):
        assert WORDS in text(world.house.officer, f"{url}{act}"), act
    submitted(world.statement, by=world.house.officer)
    assert WORDS in text(world.house.head, url)


def test_it_is_read_with_several_to_submit_or_to_release(world: World) -> None:
    write(world.statement, by=world.house.officer)
    told(world, text=WORDS)
    assert WORDS in text(world.house.officer, "/stellungnahmen/vorlegen/")

    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    assert WORDS in text(world.house.head, reverse("guidelines:statements-release"))


def test_nobody_outside_reads_it_before_the_release(world: World) -> None:
    told(world)
    submitted(world.statement, by=world.house.officer)

    readers = [world.coordinator, world.other.officer, world.stranger.officer, world.auditor]
    assert not any(ThirdPartyView.objects.visible_to(user).exists() for user in readers)
    assert ThirdPartyView.objects.visible_to(world.house.manager).exists()


def test_coordination_reads_it_beside_the_released_statement(world: World) -> None:
    told(world, text=WORDS)
    statement = released(world.statement, house=world.house)

    for url in (
        statement.get_absolute_url(),
        f"{statement.get_absolute_url()}druck/",
        world.check.get_absolute_url(),
    ):
        page = text(world.coordinator, url)
        assert HEADING in page, url
        assert WORDS in page, url
        assert "erfassen" not in page, url


def test_asked_house_reads_it_with_the_statement(world: World) -> None:
    world.check_round.is_open_reading = True
    world.check_round.save()
    told(world, text=WORDS)
    released(world.statement, house=world.house)

    assert WORDS in text(world.other.officer, world.check.get_absolute_url())
    assert not ThirdPartyView.objects.visible_to(world.stranger.officer).exists()


def test_hidden_document_hides_the_view_and_the_author_is_warned(world: World) -> None:
    told(world, document=document_of(world, visibility="house"))
    url = world.statement.get_absolute_url()
    warned = "Wer es nicht sehen darf, liest auch diese Sicht nicht."
    assert warned in text(world.house.officer, url)

    released(world.statement, house=world.house)

    page = text(world.coordinator, url)
    assert "IHK Dresden" not in page
    assert "Schreiben der Kammer" not in page
    assert HEADING not in page
    assert warned in text(world.house.officer, url)


def test_shared_document_leads_to_its_page(world: World) -> None:
    paper = document_of(world)
    told(world, text="", document=paper)
    statement = released(world.statement, house=world.house)

    assert paper.get_absolute_url() in text(world.coordinator, statement.get_absolute_url())


def test_search_finds_it_for_its_readers(world: World) -> None:
    told(world, text=WORDS)
    assert search_statements(world.house.officer, "Austauschprogramm").total == 1
    assert search_statements(world.coordinator, "Austauschprogramm").total == 0

    released(world.statement, house=world.house)

    assert search_statements(world.coordinator, "Austauschprogramm").total == 1


def test_nil_return_names_it_and_asks_why(world: World) -> None:
    told(world)
    url = f"/stellungnahmen/fehlanzeige/?s={world.statement.pk}"

    assert "Sichten Dritter (1): IHK Dresden." in text(world.house.officer, url)


def test_answer_to_a_query_about_a_nil_return_tells_who_will_read_it(world: World) -> None:
    told(world)
    file_nil_return(statements=[fresh(world.statement)], by=world.house.officer, now=NOW)
    release(statement=fresh(world.statement), by=world.house.head, now=NOW)
    query = asked(fresh(world.statement), by=world.coordinator)

    page = signed_in(world.house.officer).get(query.get_absolute_url()).content.decode()

    assert "IHK Dresden" in page
    assert "Mit einer neuen Fassung liest sie, wer die Stellungnahme liest." in page


def test_paper_offers_no_change(world: World) -> None:
    told(world)

    address = f"{world.statement.get_absolute_url()}druck/"
    page = signed_in(world.house.officer).get(address).content.decode()

    assert "IHK Dresden" in page
    assert "Sicht eines Dritten erfassen" not in page

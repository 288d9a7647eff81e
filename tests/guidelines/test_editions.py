"""Editions side by side: the list, a draft that is the coordination's alone, the wording."""

from datetime import date
from uuid import uuid4

from django.test import Client

from guidelines.models import Edition
from ministries.models import Role
from tests.factories import (
    NOW,
    make_chancellery,
    make_criterion,
    make_edition,
    make_guideline,
    make_ministry,
    make_user,
)
from tests.guidelines.conftest import signed_in

LIST = "/leitlinien/fassungen/"


def coordination() -> Client:
    return signed_in(make_user(role=Role.COORDINATOR, ministry=make_chancellery()))


def officer() -> Client:
    return signed_in(make_user(role=Role.OFFICER, ministry=make_ministry()))


def body(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def published(**fields: object) -> Edition:
    edition = make_edition(**fields)
    make_criterion(guideline=make_guideline(edition=edition))
    Edition.objects.filter(pk=edition.pk).update(published_at=NOW)
    return edition


def test_draft_is_read_by_the_coordination_alone(db: None) -> None:
    published(title="Beschlossene Leitlinien")
    draft = make_edition(title="Noch im Entwurf")

    assert "Noch im Entwurf" in body(coordination(), draft.get_absolute_url())
    assert "Noch im Entwurf" in body(coordination(), LIST)
    assert body(officer(), draft.get_absolute_url()).count("Noch im Entwurf") == 0
    assert "Beschlossene Leitlinien" in body(officer(), draft.get_absolute_url())
    assert "Noch im Entwurf" not in body(officer(), LIST)


def test_list_tells_drafts_and_numbers(db: None) -> None:
    published(title="Beschlossene Leitlinien")
    make_guideline(edition=make_edition(title="Noch im Entwurf"))

    page = body(coordination(), LIST)

    assert page.index("Entwurf") < page.index("veröffentlicht")
    assert '<td data-label="Leitlinien">1</td>' in page
    assert '<td data-label="Fragen">0</td>' in page


def test_list_says_when_there_is_none(db: None) -> None:
    assert "Noch keine Leitlinienfassung" in body(officer(), LIST)


def test_summary_is_said_of_what_is_no_official_wording(db: None) -> None:
    summary = published(adopted_on=date(2025, 1, 1))
    official = published(is_official=True)

    assert "Zusammenfassung, nicht der amtliche Wortlaut" in body(
        officer(), summary.get_absolute_url()
    )
    assert "nicht der amtliche" not in body(officer(), official.get_absolute_url())


def test_later_publication_of_a_day_comes_first(db: None) -> None:
    published(title="Zusammenfassung")
    real = published(title="Wortlaut", is_official=True)

    assert Edition.objects.published().first() == real
    assert "Wortlaut" in body(officer(), "/leitlinien/")


def draft_by(client: Client, **fields: str) -> Edition:
    values = {
        "title": "Leitlinien im Wortlaut",
        "adopted_on": "12.02.2026",
        "body": "Staatsregierung",
        "source": "Kabinettsvorlage",
        "_token": str(uuid4()),
    }
    response = client.post(f"{LIST}neu/", values | fields)
    assert response.status_code == 302, response.content.decode()
    return Edition.objects.latest("pk")


def test_new_edition_is_an_empty_draft(db: None) -> None:
    edition = draft_by(coordination(), is_official="on")

    assert (edition.published_at, edition.slug) == (None, "leitlinien-2026")
    assert edition.is_official
    assert not edition.guidelines.exists()


def test_day_of_a_planned_edition_is_one_to_come(db: None) -> None:
    edition = draft_by(coordination(), adopted_on="1.6.27")

    assert (edition.adopted_on, edition.slug) == (date(2027, 6, 1), "leitlinien-2027")


def test_new_edition_is_copied_from_another(db: None) -> None:
    template = published()

    edition = draft_by(coordination(), template=str(template.pk))

    (old,), (new,) = template.guidelines.all(), edition.guidelines.all()
    assert new.pk != old.pk
    assert (new.number, new.title, new.text, new.source) == (
        old.number,
        old.title,
        old.text,
        old.source,
    )
    assert new.criteria.get().question == old.criteria.get().question
    assert old.criteria.count() == 1


def test_form_offers_the_latest_edition_to_begin_with(db: None) -> None:
    template = published(title="Zuletzt beschlossen")

    page = body(coordination(), f"{LIST}neu/")

    assert f'<option value="{template.pk}" selected' in page
    assert 'value="Zuletzt beschlossen"' in page


def test_question_and_guideline_are_dropped_from_a_draft(db: None) -> None:
    edition = make_edition()
    guideline = make_guideline(edition=edition)
    first, second = (make_criterion(guideline=guideline) for _ in range(2))
    client = coordination()

    client.post(f"{LIST}frage/{first.pk}/streichen/", {"_token": str(uuid4())})
    assert list(guideline.criteria.all()) == [second]

    response = client.post(f"{LIST}leitlinie/{guideline.pk}/streichen/", {"_token": str(uuid4())})
    assert response.headers["Location"] == edition.get_absolute_url()
    assert not edition.guidelines.exists()


def test_nothing_is_dropped_from_a_published_edition(db: None) -> None:
    guideline = published().guidelines.get()
    client = coordination()

    for url in (f"leitlinie/{guideline.pk}", f"frage/{guideline.criteria.get().pk}"):
        assert client.get(f"{LIST}{url}/streichen/").status_code == 403


def test_draft_is_discarded_and_a_published_edition_is_not(db: None) -> None:
    draft = make_guideline(edition=make_edition()).edition
    kept = published()
    client = coordination()

    response = client.post(f"/leitlinien/{draft.slug}/verwerfen/", {"_token": str(uuid4())})

    assert response.headers["Location"] == LIST
    assert list(Edition.objects.all()) == [kept]
    assert client.get(f"/leitlinien/{kept.slug}/verwerfen/").status_code == 404


def test_draft_links_to_everything_that_is_done_with_it(db: None) -> None:
    guideline = make_guideline(edition=make_edition())
    criterion = make_criterion(guideline=guideline)
    edition = guideline.edition

    page = body(coordination(), edition.get_absolute_url())

    for words in (
        f"/verwaltung/guidelines/edition/{edition.pk}/change/?next=",
        f"/verwaltung/guidelines/guideline/add/?edition={edition.pk}",
        f"/verwaltung/guidelines/guideline/{guideline.pk}/change/?next=",
        f"/verwaltung/guidelines/criterion/add/?guideline={guideline.pk}",
        f"/verwaltung/guidelines/criterion/{criterion.pk}/change/?next=",
        f"/leitlinien/{edition.slug}/veroeffentlichen/",
    ):
        assert words in page


def test_adding_a_question_leads_back_to_the_draft(db: None) -> None:
    guideline = make_guideline(edition=make_edition())
    client = coordination()
    back = guideline.get_absolute_url()
    values = {
        "guideline": guideline.pk,
        "code": "1.1",
        "question": "Ist die Federführung geklärt?",
        "answered_by": "all",
        "scale": "yes_no",
        "applies_to": "all",
        "source": "Kabinettsvorlage",
        "_next": back,
    }

    response = client.post("/verwaltung/guidelines/criterion/add/", values)

    assert response.headers["Location"] == back
    assert guideline.criteria.get().code == "1.1"


def test_copied_questions_say_how_they_differ(db: None) -> None:
    template = published()
    client = coordination()
    edition = draft_by(client, template=str(template.pk))
    assert "1 unverändert" in body(client, edition.get_absolute_url())
    assert "unverändert" not in body(client, template.get_absolute_url())

    edition.guidelines.get().criteria.update(question="Ganz anders gefragt?")

    assert "1 umformuliert" in body(client, edition.get_absolute_url())
    assert "1 umformuliert" in body(client, edition.get_publish_url())

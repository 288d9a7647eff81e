"""Editions side by side: the list, a draft that is the coordination's alone, the wording."""

from datetime import date

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

"""Editions side by side: the latest, and what each says of its wording."""

from datetime import date

from django.test import Client

from guidelines.models import Edition
from ministries.models import Role
from tests.factories import (
    NOW,
    make_criterion,
    make_edition,
    make_guideline,
    make_ministry,
    make_user,
)
from tests.guidelines.conftest import signed_in


def officer() -> Client:
    return signed_in(make_user(role=Role.OFFICER, ministry=make_ministry()))


def body(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def published(**fields: object) -> Edition:
    edition = make_edition(**fields)
    make_criterion(guideline=make_guideline(edition=edition))
    Edition.objects.filter(pk=edition.pk).update(published_at=NOW)
    return edition


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

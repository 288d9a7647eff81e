"""/leitlinien/: the edition, its questions, and what it says about itself."""

from datetime import UTC, datetime

import pytest
from django.db import Error, transaction
from pytest_django import DjangoAssertNumQueries

from guidelines.models import Criterion, Edition
from ministries.models import Role
from tests.factories import make_criterion, make_edition, make_guideline, make_ministry, make_user
from tests.guidelines.conftest import signed_in

NOW = datetime(2026, 2, 12, tzinfo=UTC)


def published(edition: Edition) -> Edition:
    Edition.objects.filter(pk=edition.pk).update(published_at=NOW)
    return edition


def page(role: Role = Role.OFFICER) -> str:
    client = signed_in(make_user(role=role, ministry=make_ministry()))
    return client.get("/leitlinien/").content.decode()


def test_catalogue_shows_question_words_addressee_and_scope(db: None) -> None:
    edition = make_edition(adopted_note="Ein Bericht nennt ein anderes Datum")
    make_criterion(
        guideline=make_guideline(edition=edition, title="Brücken bauen"),
        help_text="Nur das eigene Haus beurteilen.",
        answered_by=Criterion.Addressee.LEAD,
        applies_to=Criterion.Scope.EUROPE,
    )
    published(edition)

    body = page()

    for words in (
        "Brücken bauen",
        "In welchem Maß wurden die Ziele erreicht?",
        "Nur das eigene Haus beurteilen.",
        "nicht · vereinzelt · regelmäßig · prägend",
        "federführendes Ressort",
        "Partnerschaften in Europa",
        "Ein Bericht nennt ein anderes Datum",
    ):
        assert words in body


def test_catalogue_says_that_it_is_a_summary(db: None) -> None:
    published(make_edition())

    assert "Zusammenfassung, nicht der amtliche Wortlaut" in page()


def test_catalogue_hides_an_unpublished_edition(db: None) -> None:
    make_edition(title="Noch im Entwurf")

    body = page(Role.COORDINATOR)

    assert "Noch im Entwurf" not in body
    assert "Noch keine Leitlinienfassung" in body


def test_published_criterion_is_immutable_in_the_database(db: None) -> None:
    criterion = make_criterion(guideline=make_guideline(edition=make_edition()))
    published(criterion.guideline.edition)

    with pytest.raises(Error), transaction.atomic():
        Criterion.objects.filter(pk=criterion.pk).update(question="Andere Frage?")


def test_catalogue_queries_do_not_grow(
    db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    edition = make_edition()
    for _ in range(12):
        guideline = make_guideline(edition=edition)
        make_criterion(guideline=guideline)
        make_criterion(guideline=guideline)
    published(edition)
    client = signed_in(make_user(role=Role.OFFICER, ministry=make_ministry()))

    with django_assert_max_num_queries(10):
        client.get("/leitlinien/")

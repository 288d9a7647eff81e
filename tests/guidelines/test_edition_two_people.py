"""Where the house wants two people: who began an edition or changed it last does not publish it."""

from typing import Any
from uuid import uuid4

import pytest

from guidelines.models import Edition
from ministries.models import Role, User
from tests.factories import make_chancellery, make_guideline, make_people
from tests.guidelines.conftest import signed_in
from tests.guidelines.test_editions import body, draft_by

CRITERION = {
    "code": "1.1",
    "question": "Ist die Federführung geklärt?",
    "answered_by": "all",
    "scale": "yes_no",
    "applies_to": "all",
    "source": "Kabinettsvorlage",
}


@pytest.fixture(autouse=True)
def two_people(settings: Any) -> None:
    settings.EDITIONS_BY_TWO = True


@pytest.fixture
def people(db: None) -> list[User]:
    return make_people(*[(Role.COORDINATOR, make_chancellery())] * 3)


@pytest.fixture
def edition(people: list[User]) -> Edition:
    """Begun by the first, a question added by the second in the Verwaltung."""
    first, second, _ = people
    edition = draft_by(signed_in(first))
    guideline = make_guideline(edition=edition)
    url = "/verwaltung/guidelines/criterion/add/"
    response = signed_in(second).post(url, CRITERION | {"guideline": guideline.pk})
    assert response.status_code == 302
    return edition


def publish(edition: Edition, by: User) -> int:
    url = f"/leitlinien/{edition.slug}/veroeffentlichen/"
    return signed_in(by).post(url, {"_token": str(uuid4())}).status_code


def test_neither_of_both_writers_publishes(edition: Edition, people: list[User]) -> None:
    for writer in people[:2]:
        assert publish(edition, writer) == 403
        page = body(signed_in(writer), edition.get_absolute_url())
        assert "Veröffentlichen muss sie eine andere Person" in page
        assert "Prüfen und veröffentlichen" not in page


def test_somebody_else_publishes(edition: Edition, people: list[User]) -> None:
    assert "Prüfen und veröffentlichen" in body(signed_in(people[2]), edition.get_absolute_url())

    assert publish(edition, people[2]) == 302
    assert Edition.objects.get(pk=edition.pk).published_at is not None


def test_house_may_want_one_person(edition: Edition, people: list[User], settings: Any) -> None:
    settings.EDITIONS_BY_TWO = False

    assert publish(edition, people[0]) == 302

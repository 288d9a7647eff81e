"""The catalogue in the admin: written until published; rounds and statements only to look up."""

import pytest
from django.test import Client

from guidelines.models import Edition
from tests.factories import NOW, make_criterion, make_edition, make_guideline
from tests.guidelines.conftest import World, released, signed_in, write

BASE = "/verwaltung/guidelines/"


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.coordinator)


def test_published_edition_is_only_read(client: Client) -> None:
    edition = make_edition()
    url = f"{BASE}edition/{edition.pk}/change/"
    before = client.get(url).content.decode()
    Edition.objects.filter(pk=edition.pk).update(published_at=NOW)

    after = client.get(url).content.decode()

    assert 'name="title"' in before
    assert 'name="title"' not in after
    assert client.post(url, {"title": "Anders"}).status_code == 403


@pytest.mark.parametrize("model", ["edition", "guideline", "criterion", "checkround", "statement"])
def test_lists_answer(client: Client, world: World, model: str) -> None:
    released(world.statement, house=world.house)

    assert client.get(f"{BASE}{model}/").status_code == 200


def test_statement_is_listed_once_released(client: Client, world: World) -> None:
    assert list(client.get(f"{BASE}statement/").context["cl"].result_list) == []

    statement = released(world.statement, house=world.house)

    assert list(client.get(f"{BASE}statement/").context["cl"].result_list) == [statement]


def test_statement_shows_no_draft_and_no_history(client: Client, world: World) -> None:
    write(world.statement, by=world.house.officer, key_message="Noch geheim")

    assert client.get(f"{BASE}statement/").content.decode().count("Zur Stellungnahme") == 0
    url = f"{BASE}statement/{world.statement.pk}/"
    assert client.get(f"{url}change/").status_code != 200
    assert client.get(f"{url}history/").status_code != 200


def test_publishing_makes_the_edition_visible_to_all(client: Client, world: World) -> None:
    edition = make_edition(title="Neue Leitlinien")
    make_criterion(guideline=make_guideline(edition=edition))
    url = f"/leitlinien/{edition.slug}/veroeffentlichen/"

    response = client.post(url, {"_token": "0c9f3f67-54a6-4c36-9ee6-6a5f57b4ef26"})

    assert response.status_code == 302
    seen = Edition.objects.visible_to(world.house.officer)
    assert "Neue Leitlinien" in [found.title for found in seen]


def test_publishing_an_empty_edition_is_refused(client: Client) -> None:
    edition = make_edition()

    response = client.post(
        f"/leitlinien/{edition.slug}/veroeffentlichen/",
        {"_token": "0c9f3f67-54a6-4c36-9ee6-6a5f57b4ef27"},
    )

    assert response.status_code == 422
    assert "Erfassen Sie zuerst" in response.content.decode()


def test_publishing_belongs_to_the_coordination(world: World) -> None:
    url = f"/leitlinien/{make_edition().slug}/veroeffentlichen/"

    assert signed_in(world.house.head).get(url).status_code == 403

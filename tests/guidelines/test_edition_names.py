"""Two editions of a year, even of a day, are told apart wherever one is chosen or named."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from guidelines.models import Criterion, Edition
from guidelines.rounds.actions import open_round, prepare_round
from ministries.clock import today
from ministries.models import Notification
from partnerships.records.activities.models import Activity
from tests.factories import NOW, make_criterion, make_edition, make_guideline, make_partnership
from tests.guidelines.conftest import World, released, signed_in
from tests.record_factories import make_activity

SUMMARY = "Leitlinien der internationalen Zusammenarbeit (03.03.2026)"
REAL = "Leitlinien der internationalen Zusammenarbeit (03.03.2026, amtlicher Wortlaut)"


@pytest.fixture
def editions(db: None) -> list[Edition]:
    """The summary and the real wording, both of one day."""
    both = [make_edition(), make_edition(is_official=True)]
    for edition in both:
        make_criterion(guideline=make_guideline(edition=edition, title="Brücken bauen"))
        Edition.objects.filter(pk=edition.pk).update(published_at=NOW)
    return list(Edition.objects.filter(pk__in=[edition.pk for edition in both]).order_by("pk"))


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.coordinator)


def body(client: Client, url: str) -> str:
    return client.get(url).getvalue().decode()


@pytest.mark.parametrize("url", ["/leitlinien/fassungen/", "/leitlinien-checks/neu/"])
def test_lists_and_forms_name_both(client: Client, editions: list[Edition], url: str) -> None:
    page = body(client, url)

    assert SUMMARY in page
    assert REAL in page


def test_round_and_its_letter_name_their_edition(
    world: World, client: Client, editions: list[Edition]
) -> None:
    partnership = make_partnership(lead=world.house.ministry)
    check_round = prepare_round(
        year=2031,
        edition=editions[1],
        due_on=today() + timedelta(days=30),
        is_open_reading=False,
        partnerships=[partnership],
        by=world.coordinator,
        now=NOW,
    )
    open_round(check_round=check_round, by=world.coordinator, now=NOW)

    letter = Notification.objects.get(to_address=world.house.ministry.mailbox)
    assert f"Grundlage: {REAL}" in letter.body
    assert REAL in body(client, check_round.get_absolute_url())
    assert "03.03.2026, amtlicher Wortlaut</td>" in body(client, "/leitlinien-checks/")


def test_statements_name_it_in_export_and_print(world: World) -> None:
    edition = world.check_round.edition
    statement = released(world.statement, house=world.house)
    client = signed_in(world.house.officer)

    assert str(edition) in body(client, "/stellungnahmen/?format=csv")
    assert str(edition) in body(client, f"{statement.get_absolute_url()}druck/")


def test_search_leads_into_the_right_edition(client: Client, editions: list[Edition]) -> None:
    page = body(client, "/suche/?q=Brücken+bauen")

    for edition in editions:
        assert f"?fassung={edition.slug}#leitlinie-1" in page
    assert "03.03.2026, amtlicher Wortlaut" in page


def test_activity_names_the_edition_it_serves(world: World, editions: list[Edition]) -> None:
    activity: Activity = make_activity(ministry=world.house.ministry)
    for edition in editions:
        activity.contributions.create(guideline=edition.guidelines.get())

    page = body(signed_in(world.house.officer), activity.get_absolute_url())

    assert "Brücken bauen (03.03.2026)" in page
    assert "Brücken bauen (03.03.2026, amtlicher Wortlaut)" in page


def test_edition_that_reads_the_same_is_refused(client: Client, editions: list[Edition]) -> None:
    values = {
        "title": editions[0].title,
        "adopted_on": "03.03.2026",
        "body": "Staatsregierung",
        "source": "Vorlage",
        "_token": str(uuid4()),
    }

    response = client.post("/leitlinien/fassungen/neu/", values)

    assert response.status_code == 422
    assert "gibt es schon. Ergänzen Sie den Titel" in response.content.decode()


def test_verwaltung_names_the_edition_of_guidelines_and_questions(client: Client) -> None:
    first, second = make_edition(title="Erster Entwurf"), make_edition(title="Zweiter Entwurf")
    for edition in (first, second):
        make_criterion(guideline=make_guideline(edition=edition))
    question = Criterion.objects.latest("pk")

    form = body(client, f"/verwaltung/guidelines/criterion/{question.pk}/change/")
    listed = body(client, "/verwaltung/guidelines/criterion/")

    for page in (form, listed):
        assert "Erster Entwurf (03.03.2026, Entwurf)" in page
        assert "Zweiter Entwurf (03.03.2026, Entwurf)" in page

"""/ressorts/: who is in charge of what, today and formerly."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from ministries.models import User
from tests.factories import make_ministry, make_partnership, make_subject_area
from tests.partnerships.conftest import People

SignIn = Callable[[User], Client]


def test_former_houses_are_shown_when_asked_for(people: People, sign_in: SignIn) -> None:
    make_ministry(abbreviation="SMALT", valid_until=date(2024, 12, 18))
    client = sign_in(people.officer)

    assert "SMALT" not in client.get("/ressorts/").content.decode()
    assert "SMALT" in client.get("/ressorts/?state=former").content.decode()


def test_page_names_charges_leads_and_who_came_before(people: People, sign_in: SignIn) -> None:
    former = make_ministry(abbreviation="SMALT", valid_until=date(2024, 12, 18))
    former.successors.add(people.house)
    area = make_subject_area(ministry=people.house, name="Kultur")
    make_partnership(name="Flandern", lead=people.house, areas=[area])

    text = sign_in(people.officer).get(f"/ressorts/{people.house.slug}/").content.decode()

    assert all(words in text for words in ("Kultur", "Flandern", "SMALT"))


def test_confidential_partnership_is_neither_named_nor_counted(
    people: People, sign_in: SignIn
) -> None:
    make_partnership(name="Geheim", lead=people.house, is_confidential=True)
    client = sign_in(people.officer)

    assert "Geheim" not in client.get(f"/ressorts/{people.house.slug}/").content.decode()
    rows = client.get("/ressorts/").context["rows"]
    assert {row.lead_number for row in rows} == {0}


def test_assistant_wins_over_the_short_name(people: People, sign_in: SignIn) -> None:
    page = sign_in(people.coordinator).get("/ressorts/neuordnung/")

    assert page.context["title"] == "Ressorts neu ordnen"

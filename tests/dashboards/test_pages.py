"""The pages themselves: who gets in, what they cost, where they lead."""

from typing import Any

import pytest
from django.test import Client

from ministries.models import Role
from tests.dashboards import scenes
from tests.dashboards.scenes import PAST
from tests.factories import (
    confirm_everything,
    make_agreement,
    make_ministry,
    make_partnership,
    make_region,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.long]
CONTENT_PAGES = ["/uebersicht/", "/uebersicht/karte/", "/zu-erledigen/", "/suche/?q=region"]


@pytest.mark.parametrize(
    ("role", "target"),
    [
        (Role.COORDINATOR, "/zu-erledigen/"),
        (Role.OFFICER, "/zu-erledigen/"),
        (Role.HEAD, "/zu-erledigen/"),
        (Role.MANAGER, "/uebersicht/"),
        (Role.AUDITOR, "/uebersicht/"),
        (Role.ADMINISTRATOR, "/technik/"),
    ],
)
def test_home_leads_each_role_to_its_first_page(client: Client, role: Role, target: str) -> None:
    client.force_login(make_user(role=role))

    assert client.get("/").headers["Location"] == target


def test_home_tells_somebody_without_function_whom_to_ask(client: Client) -> None:
    client.force_login(make_user())

    response = client.get("/")

    assert response.status_code == 200
    assert "Funktion" in response.content.decode()


@pytest.mark.parametrize("address", CONTENT_PAGES)
@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_page_opens_for_every_content_role(client: Client, address: str, role: Role) -> None:
    make_partnership(lead=None)
    client.force_login(make_user(role=role))

    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/uebersicht/", "/uebersicht/karte/", "/suche/"])
def test_content_is_refused_to_the_administrator(client: Client, address: str) -> None:
    client.force_login(make_user(role=Role.ADMINISTRATOR))

    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", ["/", *CONTENT_PAGES])
def test_anonymous_is_sent_to_the_login(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/konto/login/")


@pytest.mark.parametrize("address", CONTENT_PAGES)
def test_page_is_read_only(client: Client, address: str) -> None:
    client.force_login(scenes.coordinator())

    assert client.post(address).status_code == 405


def grow(number: int, house: Any, check_round: Any) -> None:
    for _ in range(number):
        partnership = make_partnership(
            regions=[make_region(name="Region", latitude="50", longitude="14")]
        )
        make_agreement(partnership=partnership, term="fixed_term", valid_until=PAST)
        check = scenes.check_of(partnership, check_round)
        scenes.released(check, house)
        scenes.owed(check, make_ministry(), due_on=PAST)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/uebersicht/", 15),
        ("/uebersicht/karte/", 8),
        ("/zu-erledigen/", 20),  # a source for each kind of thing a house may owe
        ("/suche/?q=region", 15),
    ],
)
@pytest.mark.parametrize("who", ["coordinator", "manager", "officer"])
def test_page_costs_the_same_with_3_and_30_rows(
    client: Client, address: str, most: int, who: str, django_assert_max_num_queries: Any
) -> None:
    house, check_round = make_ministry(), scenes.running_round()
    user = scenes.coordinator() if who == "coordinator" else getattr(scenes, who)(house)
    client.force_login(user)
    grow(3, house, check_round)
    client.get(address)
    with django_assert_max_num_queries(most) as few:
        client.get(address)

    grow(27, house, check_round)
    with django_assert_max_num_queries(most) as many:
        client.get(address)

    assert len(many) == len(few)


@pytest.mark.desk_number
def test_navigation_shows_how_much_is_owed(client: Client) -> None:
    house = make_ministry()
    check = scenes.check_of(make_partnership(), scenes.running_round())
    scenes.owed(check, house)
    client.force_login(scenes.officer(house))
    confirm_everything()

    first = client.get("/uebersicht/").context["navigation"][0]

    assert (first.label, first.count) == ("Zu erledigen", 1)


@pytest.mark.parametrize("role", list(Role))
def test_navigation_has_at_most_six_entries(client: Client, role: Role) -> None:
    client.force_login(make_user(role=role))

    assert len(client.get("/zu-erledigen/").context["navigation"]) <= 6

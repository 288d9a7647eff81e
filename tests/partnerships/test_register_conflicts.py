"""Two people in /verwaltung/: the second to save is told, in a record and in each row below it."""

from collections.abc import Callable

import pytest
from django.test import Client

from ministries.models import User
from tests.factories import make_authority, make_region, make_subject_area
from tests.partnerships.conftest import People
from tests.partnerships.test_register_admin import change_address, values_of

SignIn = Callable[[User], Client]


@pytest.fixture
def coordinator(people: People, sign_in: SignIn) -> Client:
    return sign_in(people.coordinator)


def test_second_saver_of_a_record_without_version_is_told(
    coordinator: Client, people: People
) -> None:
    address = change_address(people.house)
    stale = values_of(coordinator, address)
    coordinator.post(address, stale | {"mailbox": "erste@demo.example"})

    response = coordinator.post(address, stale | {"mailbox": "zweite@demo.example"})

    assert "Gespeichert ist jetzt: Funktionspostfach „erste@" in response.content.decode()
    people.house.refresh_from_db()
    assert people.house.mailbox == "erste@demo.example"


def test_second_saver_of_a_row_is_told(coordinator: Client, people: People) -> None:
    area = make_subject_area(ministry=people.house)
    address = change_address(area)
    stale = values_of(coordinator, address)
    coordinator.post(address, stale | {"responsibilities-0-source": "Erste"})

    response = coordinator.post(address, stale | {"responsibilities-0-source": "Zweite"})

    assert "Gespeichert ist jetzt: Quelle „Erste“" in response.content.decode()
    assert area.responsibilities.get().source == "Erste"


def test_row_saved_on_its_own_page_is_not_overwritten(coordinator: Client) -> None:
    authority = make_authority(region=make_region(), name="Alt")
    below = change_address(authority.region)
    stale = values_of(coordinator, below)
    own = change_address(authority)
    coordinator.post(own, values_of(coordinator, own) | {"name": "Erste"})

    response = coordinator.post(below, stale | {"authorities-0-name": "Zweite"})

    assert "hat jemand anderes diese Zeile gespeichert" in response.content.decode()
    authority.refresh_from_db()
    assert authority.name == "Erste"


def test_second_saver_may_insist(coordinator: Client, people: People) -> None:
    area = make_subject_area(ministry=people.house)
    address = change_address(area)
    stale = values_of(coordinator, address)
    coordinator.post(address, stale | {"responsibilities-0-source": "Erste"})
    mine = stale | {"responsibilities-0-source": "Zweite"}
    told = coordinator.post(address, mine)

    coordinator.post(address, mine | {"_version": told.context["expected_version"]})

    assert area.responsibilities.get().source == "Zweite"


def test_savers_of_different_rows_do_not_meet(coordinator: Client, people: People) -> None:
    area = make_subject_area(ministry=people.house)
    period = area.responsibilities.get()
    address = change_address(area)
    stale = values_of(coordinator, address)
    own = change_address(period)
    coordinator.post(own, values_of(coordinator, own) | {"as_of": "1.2.2026"})

    response = coordinator.post(address, stale | {"responsibilities-0-source": "Zweite"})

    assert response.status_code == 302


def test_a_row_of_another_record_is_unknown(coordinator: Client) -> None:
    own, foreign = (make_authority(region=make_region()) for _ in range(2))
    address = change_address(own.region)
    values = values_of(coordinator, address)

    for key in (foreign.pk, 999_999_999):
        response = coordinator.post(address, values | {"authorities-0-id": key})
        assert response.status_code == 200

"""Federführung given to a house, and confirmed by it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from dashboards.desk import desk_count, desk_groups
from ministries.clock import today
from ministries.models import Role, User
from partnerships.models import Lead, Partnership
from partnerships.register.partners.lead_actions import change_lead
from tests.factories import confirm_everything, make_ministry, make_partnership, make_user
from tests.partnerships.conftest import People

SignIn = Callable[[User], Client]
ADDRESS = "/partnerschaften/p/federfuehrung/uebernehmen/"


@pytest.fixture
def lead(people: People) -> Lead:
    partnership = make_partnership(slug="p")
    given = change_lead(
        partnership=partnership,
        ministry=people.house,
        valid_from=today(),
        reason="Organisationserlass",
        expected_version=partnership.version,
        by=people.coordinator,
        today=today(),
    )
    assert given is not None
    return given


def confirm(client: Client, version: int = 2) -> Any:
    return client.post(ADDRESS, {"_token": str(uuid4()), "_version": version})


def test_profile_says_that_it_is_not_confirmed(lead: Lead, people: People, sign_in: SignIn) -> None:
    text = sign_in(people.coordinator).get("/partnerschaften/p/").content.decode()

    assert "Organisationserlass. Übernahme noch nicht bestätigt" in text


def test_it_waits_on_the_desk_of_the_house(lead: Lead, people: People) -> None:
    officer = User.objects.get(pk=people.officer.pk)

    confirm_everything()
    (row,) = [row for group in desk_groups(officer, today()) for row in group.rows]

    assert (row.item.verb, row.item.url) == ("Übernahme bestätigen", ADDRESS)
    assert desk_count(officer, today()) == 1


def test_the_house_confirms(lead: Lead, people: People, sign_in: SignIn) -> None:
    confirm(sign_in(people.officer))

    lead.refresh_from_db()
    assert (lead.acknowledged_on, lead.acknowledged_by) == (today(), people.officer)
    text = sign_in(people.coordinator).get("/partnerschaften/p/").content.decode()
    assert "Übernahme bestätigt am" in text


def test_another_house_may_not(lead: Lead, sign_in: SignIn) -> None:
    other = make_user(role=Role.OFFICER, ministry=make_ministry())

    assert confirm(sign_in(other)).status_code == 403


def test_loaded_leads_wait_for_nobody(people: People) -> None:
    make_partnership(slug="p", lead=people.house)

    assert not Lead.objects.unacknowledged(today()).exists()


def test_page_that_is_too_old_is_told(lead: Lead, people: People, sign_in: SignIn) -> None:
    Partnership.objects.filter(slug="p").update(version=7)

    assert confirm(sign_in(people.officer)).status_code == 409

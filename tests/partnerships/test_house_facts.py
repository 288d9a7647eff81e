"""/angaben/: what nobody has confirmed about a house, and what the house says to it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from dashboards.desk import desk_count
from ministries.clock import today
from ministries.models import Ministry, Role, User
from partnerships.models import Contact, CorrectionRequest, Lead
from tests.factories import (
    make_appointment,
    make_ministry,
    make_partnership,
    make_subject_area,
    make_user,
)
from tests.partnerships.conftest import People
from tests.record_factories import make_contact

SignIn = Callable[[User], Client]
ADDRESS = "/angaben/"


@pytest.fixture
def lead(people: People) -> Lead:
    area = make_subject_area(ministry=people.house, name="Kultur")
    return make_partnership(name="Flandern", lead=people.house, areas=[area]).leads.get()


def post(client: Client, address: str, **values: Any) -> Any:
    return client.post(address, {"_token": str(uuid4()), **values}, follow=True)


def keys(client: Client) -> set[str]:
    return {row["key"] for row in client.get(ADDRESS).context["rows"]}


def test_shows_what_the_house_has_not_confirmed(
    people: People, lead: Lead, sign_in: SignIn
) -> None:
    make_ministry(abbreviation="SMI")
    page = sign_in(people.officer).get(ADDRESS)

    assert {row["told_kind"] for row in page.context["rows"]} == {
        *("ressort", "zustaendigkeit", "federfuehrung", "fachgebiet"),
    }
    assert "4 Angaben zu Ihrem Haus" in page.content.decode()


def test_one_click_confirms_one(people: People, lead: Lead, sign_in: SignIn) -> None:
    client = sign_in(people.officer)
    post(client, f"{ADDRESS}bestaetigen/", one=f"federfuehrung-{lead.pk}")
    lead.refresh_from_db()

    assert (lead.confirmed_on, lead.confirmed_by) == (today(), people.officer)
    assert len(keys(client)) == 3


def test_all_of_the_page(people: People, lead: Lead, sign_in: SignIn) -> None:
    client = sign_in(people.officer)
    post(client, f"{ADDRESS}bestaetigen/", all="1", shown=sorted(keys(client)))

    assert keys(client) == set()


def test_another_house_confirms_nothing_of_it(people: People, lead: Lead, sign_in: SignIn) -> None:
    other = make_ministry(abbreviation="SMI")
    post(sign_in(people.coordinator), f"{ADDRESS}bestaetigen/", one=f"ressort-{other.pk}")

    assert Ministry.objects.get(pk=other.pk).confirmed_on is None


def test_own_records_with_a_source_are_among_them(people: People, sign_in: SignIn) -> None:
    contact = make_contact(
        ministry=people.house, partnership=make_partnership(), source="Altliste", confirmed_on=None
    )
    client = sign_in(people.officer)
    assert f"ansprechperson-{contact.pk}" in keys(client)

    post(client, f"{ADDRESS}bestaetigen/", chosen=f"ansprechperson-{contact.pk}")
    assert Contact.objects.get(pk=contact.pk).confirmed_by == people.officer


def test_correction_reaches_the_coordination_and_comes_back(
    people: People, lead: Lead, sign_in: SignIn
) -> None:
    officer = sign_in(people.officer)
    post(officer, f"{ADDRESS}federfuehrung/{lead.pk}/berichtigen/", proposal="Zuständig ist SMI.")
    asked = CorrectionRequest.objects.get()
    coordinator = User.objects.get(pk=people.coordinator.pk)
    assert desk_count(coordinator, today()) > 0

    coordination = sign_in(people.coordinator)
    address = f"{ADDRESS}berichtigungen/{asked.pk}/"
    bare = post(coordination, address, state="refused", answer="", _version=1)
    assert bare.status_code == 422
    post(coordination, address, state="refused", answer="Erlass vom 1.1.", _version=1)

    text = officer.get(f"{ADDRESS}berichtigungen/").content.decode()
    assert "nicht übernommen" in text
    assert "Erlass vom 1.1." in text
    stranger = sign_in(make_user(role=Role.OFFICER, ministry=make_ministry()))
    assert "Erlass vom 1.1." not in stranger.get(f"{ADDRESS}berichtigungen/").content.decode()


def test_correction_is_of_the_house_it_is_about(
    people: People, lead: Lead, sign_in: SignIn
) -> None:
    first = make_ministry(abbreviation="SMI", sort_order=0)
    make_appointment(user=people.officer, role=Role.OFFICER, ministry=first)
    officer = sign_in(people.officer)
    post(officer, f"{ADDRESS}federfuehrung/{lead.pk}/berichtigen/", proposal="Zuständig ist SMI.")
    assert CorrectionRequest.objects.get().ministry == people.house


def test_the_desk_counts_what_it_shows(people: People, lead: Lead) -> None:
    officer = User.objects.get(pk=people.officer.pk)

    assert desk_count(officer, today()) == 1

"""Confirming facts, changing status, Federführung and scrutiny mark."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ministries.clock import today
from ministries.models import User
from partnerships.models import Lead, Partnership, Region
from tests.factories import make_agreement, make_partnership, make_region, make_subject_area
from tests.partnerships.conftest import People

SignIn = Callable[[User], Client]


@pytest.fixture
def coordinator(people: People, sign_in: SignIn) -> Client:
    return sign_in(people.coordinator)


def send(client: Client, address: str, **values: Any) -> Any:
    return client.post(f"/partnerschaften/{address}", {"_token": str(uuid4()), **values})


def status_values(**changed: str) -> dict[str, str]:
    values = {
        "status": "ended",
        "valid_from": f"{today():%d.%m.%Y}",
        "reason": "Ziel erreicht",
        "deciding_body": "Kabinett",
        "reference": "Nr. 7",
        "_version": "1",
    }
    return values | changed


# Confirming


def test_confirm_one_fact(coordinator: Client, people: People) -> None:
    region = make_region()
    partnership = make_partnership(slug="p", regions=[region])

    response = send(coordinator, f"p/bestaetigen/region/{region.pk}/")

    region.refresh_from_db()
    partnership.refresh_from_db()
    assert response.status_code == 302
    assert (region.confirmed_on, region.confirmed_by) == (today(), people.coordinator)
    assert not partnership.is_confirmed


def test_confirmation_can_be_withdrawn(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")
    send(coordinator, f"p/bestaetigen/partnerschaft/{partnership.pk}/")

    send(coordinator, f"p/zuruecknehmen/partnerschaft/{partnership.pk}/")

    partnership.refresh_from_db()
    assert not partnership.is_confirmed


def test_confirm_all_confirms_everything_shown(coordinator: Client) -> None:
    partnership = make_partnership(slug="p", areas=[make_subject_area()])
    make_agreement(partnership=partnership)
    page = coordinator.get("/partnerschaften/p/bestaetigen/")

    seen = page.context["form"].initial["seen"]
    send(coordinator, "p/bestaetigen/", seen=seen)

    rows = [partnership, *partnership.regions.all(), *partnership.participations.all()]
    rows += [*partnership.agreements.all(), *partnership.status_periods.all()]
    for row in rows:
        row.refresh_from_db()
        assert row.is_confirmed, row


def test_confirm_all_with_nothing_open_says_so(coordinator: Client) -> None:
    make_partnership(slug="p")
    seen = coordinator.get("/partnerschaften/p/bestaetigen/").context["form"].initial["seen"]
    send(coordinator, "p/bestaetigen/", seen=seen)

    again = coordinator.get("/partnerschaften/p/bestaetigen/", follow=True)

    assert again.redirect_chain == [("/partnerschaften/p/", 302)]
    assert "schon bestätigt" in again.content.decode()


def test_confirm_all_leaves_what_was_not_shown(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")
    seen = coordinator.get("/partnerschaften/p/bestaetigen/").context["form"].initial["seen"]
    late = make_agreement(partnership=partnership)

    send(coordinator, "p/bestaetigen/", seen=seen)

    late.refresh_from_db()
    assert not late.is_confirmed


def test_confirm_refuses_the_fact_of_another_partnership(coordinator: Client) -> None:
    make_partnership(slug="p")
    foreign = make_region()

    response = send(coordinator, f"p/bestaetigen/region/{foreign.pk}/")

    assert response.status_code == 404
    assert not Region.objects.get(pk=foreign.pk).is_confirmed


def test_confirm_is_refused_to_a_ministry(people: People, sign_in: SignIn) -> None:
    partnership = make_partnership(slug="p")

    response = send(sign_in(people.officer), f"p/bestaetigen/partnerschaft/{partnership.pk}/")

    assert response.status_code == 403


def test_confirm_by_get_changes_nothing(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")

    assert (
        coordinator.get(
            f"/partnerschaften/p/bestaetigen/partnerschaft/{partnership.pk}/"
        ).status_code
        == 405
    )


# Status


def test_status_change_closes_the_former_period(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")

    response = send(coordinator, "p/status/", **status_values())

    former, current = partnership.status_periods.order_by("valid_from")
    assert response.status_code == 302
    assert former.valid_until == today() - timedelta(days=1)
    assert (current.status, current.reason, current.reference) == (
        "ended",
        "Ziel erreicht",
        "Nr. 7",
    )
    assert current.is_confirmed


def test_status_dormant_needs_condition_and_day(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")

    response = send(coordinator, "p/status/", **status_values(status="dormant"))

    assert response.status_code == 422
    assert "Nennen Sie die Bedingung für die Wiederaufnahme." in response.content.decode()
    assert "Nennen Sie den Tag" in response.content.decode()
    assert partnership.status_periods.count() == 1


def test_status_dormant_with_condition(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")
    values = status_values(
        status="dormant", resume_condition="Frieden", review_on="1.6.2027", valid_from="1.1.2026"
    )

    send(coordinator, "p/status/", **values)

    current = partnership.status_periods.get(status="dormant")
    assert (current.resume_condition, current.review_on) == ("Frieden", date(2027, 6, 1))


@pytest.mark.parametrize("changed", [{"status": "active"}, {"valid_from": "1.1.2019"}])
def test_status_refused_by_state(coordinator: Client, changed: dict[str, str]) -> None:
    partnership = make_partnership(slug="p")

    response = send(coordinator, "p/status/", **status_values(**changed))

    assert response.status_code == 422
    assert partnership.status_periods.count() == 1


def test_status_second_saver_is_told(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")
    send(coordinator, "p/status/", **status_values(valid_from="1.1.2025"))

    response = send(
        coordinator,
        "p/status/",
        **status_values(status="dormant", resume_condition="x", review_on="1.1.2028"),
    )

    assert response.status_code == 409
    assert partnership.status_periods.count() == 2


def test_status_sent_twice_acts_once(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")
    values = status_values(_token=str(uuid4()))

    first = coordinator.post("/partnerschaften/p/status/", values)
    second = coordinator.post("/partnerschaften/p/status/", values)

    assert (first.status_code, second.status_code) == (302, 302)
    assert partnership.status_periods.count() == 2


@pytest.mark.parametrize(
    "act",
    [
        "status",
        "status/zuruecknehmen",
        "ruhen",
        "federfuehrung",
        "federfuehrung/zuruecknehmen",
        "pruefstand",
        "pruefstand/beenden",
        "bestaetigen",
    ],
)
def test_acts_are_the_coordinations(people: People, sign_in: SignIn, act: str) -> None:
    make_partnership(slug="p")
    make_partnership(slug="geheim", is_confidential=True)

    for user in (people.officer, people.auditor, people.chief):
        client = sign_in(user)
        assert client.get(f"/partnerschaften/p/{act}/").status_code == 403
        assert send(client, f"p/{act}/").status_code == 403
        assert client.get(f"/partnerschaften/geheim/{act}/").status_code == 404
    assert sign_in(people.administrator).get(f"/partnerschaften/p/{act}/").status_code == 404


# Federführung


def test_lead_change_ends_the_former(coordinator: Client, people: People) -> None:
    partnership = make_partnership(slug="p", lead=people.house)
    chancellery = people.coordinator.capacities[0].ministry_id

    send(
        coordinator,
        "p/federfuehrung/",
        ministry=chancellery,
        valid_from="1.3.2026",
        reason="Kabinett",
        _version="1",
    )

    former, current = Lead.objects.order_by("pk")
    assert former.valid_until == date(2026, 2, 28)
    assert (current.ministry_id, current.valid_from, current.reason) == (
        chancellery,
        date(2026, 3, 1),
        "Kabinett",
    )
    assert partnership.leads.on(today()).get() == current


def test_lead_can_become_a_gap(coordinator: Client, people: People) -> None:
    partnership = make_partnership(slug="p", lead=people.house)

    send(coordinator, "p/federfuehrung/", valid_from="1.3.2026", reason="offen", _version="1")

    assert not partnership.leads.on(today()).exists()


def test_lead_same_house_is_refused(coordinator: Client, people: People) -> None:
    make_partnership(slug="p", lead=people.house)

    response = send(
        coordinator,
        "p/federfuehrung/",
        ministry=people.house.pk,
        valid_from="1.3.2026",
        reason="nochmal",
        _version="1",
    )

    assert response.status_code == 422
    assert "ist schon federführend" in response.content.decode()


# Scrutiny mark


def test_scrutiny_set_and_ended(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")

    send(coordinator, "p/pruefstand/", since="1.2.2026", reason="Leitlinien", _version="1")
    marked = Partnership.objects.get(slug="p")
    send(coordinator, "p/pruefstand/beenden/", from_day="1.3.2026", _version="2")
    partnership.refresh_from_db()

    assert (marked.scrutiny_since, marked.scrutiny_until) == (date(2026, 2, 1), None)
    assert partnership.scrutiny_until == date(2026, 2, 28)


def test_scrutiny_set_by_mistake_goes_whole(coordinator: Client) -> None:
    make_partnership(slug="p", scrutiny_since=date(2026, 2, 1), scrutiny_reason="Irrtum")

    silent = send(coordinator, "p/pruefstand/beenden/", _version="1")
    send(coordinator, "p/pruefstand/beenden/", was_mistake="on", _version="1")

    partnership = Partnership.objects.get(slug="p")
    assert silent.status_code == 422
    assert (partnership.scrutiny_since, partnership.scrutiny_reason) == (None, "")

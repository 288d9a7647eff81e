"""Taking back a status or a Federführung that was entered by mistake."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ministries.clock import today
from ministries.models import User
from partnerships.models import Lead, Partnership, StatusPeriod
from partnerships.register.partners.lead_actions import change_lead
from partnerships.register.partners.reversal_actions import latest_change
from tests.factories import make_partnership, make_status_period
from tests.partnerships.conftest import People

SignIn = Callable[[User], Client]
STATUS, LEAD = "p/status/zuruecknehmen/", "p/federfuehrung/zuruecknehmen/"


@pytest.fixture
def coordinator(people: People, sign_in: SignIn) -> Client:
    return sign_in(people.coordinator)


def send(client: Client, address: str, **values: Any) -> Any:
    version = str(Partnership.objects.get(slug="p").version)
    data = {"_token": str(uuid4()), "_version": version, "reason": "Irrtum", **values}
    return client.post(f"/partnerschaften/{address}", data)


def end(client: Client) -> None:
    send(client, "p/status/", status="ended", valid_from="1.3.2026")


def give(client: Client, ministry: int | str, valid_from: str) -> None:
    send(client, "p/federfuehrung/", ministry=ministry, valid_from=valid_from)


def test_status_is_taken_back_and_the_former_is_open_again(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")
    end(coordinator)

    response = send(coordinator, STATUS)

    period = partnership.status_periods.get()
    assert response.status_code == 302
    assert (period.status, period.valid_until) == ("active", None)


def test_taking_back_repeats_both_periods_first(coordinator: Client) -> None:
    make_partnership(slug="p")
    end(coordinator)

    content = coordinator.get(f"/partnerschaften/{STATUS}").content.decode()

    assert "beendet, seit 01.03.2026" in content
    assert "aktiv, seit 01.01.2020" in content


def test_the_former_status_gets_the_end_it_had(coordinator: Client) -> None:
    partnership = make_partnership(slug="p", status=None)
    make_status_period(partnership=partnership, valid_until=date(2030, 12, 31))
    end(coordinator)

    send(coordinator, STATUS)

    assert partnership.status_periods.get().valid_until == date(2030, 12, 31)


def test_changes_are_taken_back_one_after_the_other(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")
    end(coordinator)
    send(coordinator, "p/status/", status="exploratory", valid_from="1.5.2026")

    send(coordinator, STATUS)
    send(coordinator, STATUS)

    period = partnership.status_periods.get()
    assert (period.status, period.valid_until) == ("active", None)


def test_a_loaded_status_is_not_taken_back(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")

    page = coordinator.get(f"/partnerschaften/{STATUS}", follow=True)
    send(coordinator, STATUS)

    assert "nichts zurückzunehmen" in page.content.decode()
    assert partnership.status_periods.get().valid_until is None


def test_a_decided_status_is_not_taken_back(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")
    end(coordinator)
    StatusPeriod.objects.filter(status="ended").update(visible_from=today())

    send(coordinator, STATUS)

    assert partnership.status_periods.count() == 2


@pytest.mark.parametrize("reader", ["coordinator", "officer", "auditor"])
def test_what_was_taken_back_stays_readable(
    people: People, sign_in: SignIn, coordinator: Client, reader: str
) -> None:
    make_partnership(slug="p")
    end(coordinator)
    send(coordinator, STATUS, reason="Falsche Partnerschaft")

    changes = sign_in(getattr(people, reader)).get("/partnerschaften/p/aenderungen/")

    content = changes.content.decode()
    assert "Status „beendet“ angelegt" in content
    assert "Status „beendet“ gelöscht" in content
    assert "Falsche Partnerschaft" in content


def test_taking_back_needs_a_reason(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")
    end(coordinator)

    response = send(coordinator, STATUS, reason="")

    assert response.status_code == 422
    assert partnership.status_periods.count() == 2


def test_taking_back_after_another_change_is_told(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")
    end(coordinator)
    stale = str(Partnership.objects.get(slug="p").version)
    send(coordinator, "p/status/", status="exploratory", valid_from="1.5.2026")

    response = send(coordinator, STATUS, _version=stale)

    assert response.status_code == 409
    assert partnership.status_periods.count() == 3


def test_the_page_of_the_act_leads_to_taking_back(coordinator: Client) -> None:
    make_partnership(slug="p")
    before = coordinator.get("/partnerschaften/p/status/").content.decode()
    end(coordinator)

    after = coordinator.get("/partnerschaften/p/status/").content.decode()

    assert "zuruecknehmen" not in before
    assert f'href="/partnerschaften/{STATUS}"' in after


def test_lead_is_taken_back(coordinator: Client, people: People) -> None:
    partnership = make_partnership(slug="p", lead=people.house)
    give(coordinator, people.coordinator.capacities[0].ministry_id, "1.3.2026")

    send(coordinator, LEAD)

    lead = partnership.leads.get()
    assert (lead.ministry, lead.valid_until) == (people.house, None)


def test_the_first_lead_is_taken_back_to_a_gap(coordinator: Client, people: People) -> None:
    partnership = make_partnership(slug="p")
    give(coordinator, people.house.pk, "1.3.2026")

    send(coordinator, LEAD)

    assert not partnership.leads.exists()


def test_a_lead_left_open_is_taken_back(coordinator: Client, people: People) -> None:
    partnership = make_partnership(slug="p", lead=people.house)
    give(coordinator, "", "1.3.2026")

    send(coordinator, LEAD)
    again = coordinator.get(f"/partnerschaften/{LEAD}")

    assert partnership.leads.get().valid_until is None
    assert again.status_code == 302


def test_the_reason_of_a_gap_is_kept(coordinator: Client, people: People) -> None:
    make_partnership(slug="p", lead=people.house)

    send(coordinator, "p/federfuehrung/", valid_from="1.3.2026", reason="Zuschnitt offen")

    changes = coordinator.get("/partnerschaften/p/aenderungen/").content.decode()
    assert "Zuschnitt offen" in changes


@pytest.mark.django_db(transaction=True)
def test_a_gap_from_before_the_mistake_stays(coordinator: Client, people: People) -> None:
    partnership = make_partnership(slug="p", lead=people.house)
    give(coordinator, "", "1.3.2026")
    give(coordinator, people.coordinator.capacities[0].ministry_id, "1.5.2026")

    send(coordinator, LEAD)

    assert partnership.leads.get().valid_until == date(2026, 2, 28)


def test_what_a_command_entered_is_not_taken_back(people: People) -> None:
    partnership = make_partnership(slug="p")
    change_lead(
        partnership=partnership,
        ministry=people.house,
        valid_from=date(2026, 3, 1),
        reason="geladen",
        expected_version=1,
        by=people.coordinator,
        today=today(),
    )

    assert latest_change(partnership.leads) is None
    assert Lead.objects.get().ministry == people.house


# Bedingung und Wiedervorlage nachtragen


def test_missing_facts_of_a_dormant_partnership_are_completed(coordinator: Client) -> None:
    partnership = make_partnership(slug="p", status="dormant")

    response = send(coordinator, "p/ruhen/", resume_condition="Frieden", review_on="1.6.2027")

    period = partnership.status_periods.get()
    assert response.status_code == 302
    assert (period.resume_condition, period.review_on) == ("Frieden", date(2027, 6, 1))


def test_the_step_that_misses_them_leads_to_the_form(
    coordinator: Client, people: People, sign_in: SignIn
) -> None:
    make_partnership(slug="p", status="dormant")
    link = 'href="/partnerschaften/p/ruhen/"'

    assert link in coordinator.get("/partnerschaften/p/").content.decode()
    assert link not in sign_in(people.officer).get("/partnerschaften/p/").content.decode()


@pytest.mark.parametrize(
    "missing", [{"resume_condition": ""}, {"review_on": ""}, {"review_on": "irgendwann"}]
)
def test_both_facts_are_asked_for(coordinator: Client, missing: dict[str, str]) -> None:
    partnership = make_partnership(slug="p", status="dormant")
    values = {"resume_condition": "Frieden", "review_on": "1.6.2027"} | missing

    assert send(coordinator, "p/ruhen/", **values).status_code == 422
    assert partnership.status_periods.get().review_on is None


def test_an_active_partnership_has_nothing_to_complete(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")

    page = coordinator.get("/partnerschaften/p/ruhen/", follow=True)
    send(coordinator, "p/ruhen/", resume_condition="Frieden", review_on="1.6.2027")

    assert "nichts nachzutragen" in page.content.decode()
    assert partnership.status_periods.get().review_on is None


def test_the_second_to_complete_sees_both_texts(coordinator: Client) -> None:
    make_partnership(slug="p", status="dormant")
    send(coordinator, "p/ruhen/", resume_condition="Frieden", review_on="1.6.2027")

    late = send(
        coordinator, "p/ruhen/", resume_condition="Waffenruhe", review_on="1.6.2027", _version="1"
    )

    content = late.content.decode()
    assert late.status_code == 409
    assert "Frieden" in content
    assert "Waffenruhe" in content

"""Who leads a partnership from which day on, and the house that confirms it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ministries.models import Role
from partnerships.models import Lead, Partnership
from partnerships.register.partners.lead_actions import acknowledge_lead, change_lead
from tests.factories import TODAY, make_ministry, make_partnership, make_user
from tests.partnerships.acts import strangers
from tests.partnerships.acts.reasons import last_reason
from tests.partnerships.conftest import People
from ui.errors import Conflict, Refusal

BEFORE, DAY, AFTER = date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)


@pytest.fixture
def partnership(people: People) -> Partnership:
    return make_partnership(lead=people.house)


def given(people: People, partnership: Partnership, **changes: Any) -> dict[str, Any]:
    """The lead goes to a new house on DAY."""
    values = {
        "partnership": partnership,
        "valid_from": DAY,
        "reason": "Kabinett",
        "expected_version": 1,
        "by": people.coordinator,
        "today": TODAY,
    }
    if "ministry" not in changes:
        values["ministry"] = make_ministry()
    return values | changes


# Given


def test_lead_is_written_as_confirmed_by_who_gave_it(
    people: People, partnership: Partnership
) -> None:
    house = make_ministry()

    lead = change_lead(**given(people, partnership, ministry=house))

    row = Lead.objects.get(ministry=house)
    assert row == lead
    assert (row.partnership, row.valid_from, row.valid_until) == (partnership, DAY, None)
    assert row.reason == "Kabinett"
    assert (row.confirmed_on, row.confirmed_by) == (TODAY, people.coordinator)


def test_lead_waits_for_the_house(people: People, partnership: Partnership) -> None:
    lead = change_lead(**given(people, partnership))

    assert lead is not None
    lead.refresh_from_db()
    assert lead.awaits_acknowledgement
    assert (lead.acknowledged_on, lead.acknowledged_by) == (None, None)


def test_former_house_leads_until_the_day_before(people: People, partnership: Partnership) -> None:
    change_lead(**given(people, partnership))

    assert Lead.objects.get(ministry=people.house).valid_until == BEFORE


def test_lead_of_another_partnership_goes_on(people: People, partnership: Partnership) -> None:
    other = make_partnership(lead=people.house)

    change_lead(**given(people, partnership))

    assert other.leads.get().valid_until is None


def test_change_of_lead_is_a_new_version(people: People, partnership: Partnership) -> None:
    change_lead(**given(people, partnership))

    partnership.refresh_from_db()
    assert partnership.version == 2


def test_gap_ends_the_former_and_keeps_its_reason(people: People, partnership: Partnership) -> None:
    lead = change_lead(**given(people, partnership, ministry=None, reason="Zuschnitt offen"))

    former = Lead.objects.get()
    assert lead is None
    assert former.valid_until == BEFORE
    assert last_reason(former) == "Zuschnitt offen"


@pytest.mark.parametrize("valid_from", [BEFORE, DAY])
def test_lead_before_or_with_a_later_one_is_refused(people: People, valid_from: date) -> None:
    partnership = make_partnership()
    for day in (date(2026, 6, 1), DAY):
        Lead.objects.create(
            partnership=partnership,
            ministry=make_ministry(),
            valid_from=day,
            valid_until=day,
        )

    with pytest.raises(Refusal, match=r"^Ab 01\.03\.2026 ist schon eine Federführung erfasst"):
        change_lead(**given(people, partnership, valid_from=valid_from))


def test_lead_the_day_after_another_began_is_written(people: People) -> None:
    partnership = make_partnership()
    Lead.objects.create(partnership=partnership, ministry=people.house, valid_from=DAY)

    change_lead(**given(people, partnership, valid_from=AFTER))

    assert Lead.objects.get(ministry=people.house).valid_until == DAY


@pytest.mark.parametrize("ended", [None, BEFORE])
def test_gap_where_nobody_leads_is_refused(people: People, ended: date | None) -> None:
    partnership = make_partnership(lead=people.house if ended else None)
    partnership.leads.update(valid_until=ended)

    with pytest.raises(Refusal, match="Es ist keine Federführung erfasst"):
        change_lead(**given(people, partnership, ministry=None))


def test_gap_from_the_last_day_of_a_lead(people: People, partnership: Partnership) -> None:
    partnership.leads.update(valid_until=DAY)

    change_lead(**given(people, partnership, ministry=None))

    assert partnership.leads.get().valid_until == BEFORE


def test_house_that_leads_already_is_refused(people: People, partnership: Partnership) -> None:
    with pytest.raises(Refusal, match=r"^SMWK ist schon federführend"):
        change_lead(**given(people, partnership, ministry=people.house))


def test_house_leads_again_after_a_gap(people: People, partnership: Partnership) -> None:
    partnership.leads.update(valid_until=date(2025, 12, 31))

    change_lead(**given(people, partnership, ministry=people.house))

    former, current = partnership.leads.order_by("pk")
    assert former.valid_until == date(2025, 12, 31)
    assert (current.ministry, current.valid_from) == (people.house, DAY)


@pytest.mark.parametrize("period", [{"valid_from": AFTER}, {"valid_until": BEFORE}])
def test_house_that_does_not_exist_that_day_is_refused(
    people: People, partnership: Partnership, period: dict[str, date]
) -> None:
    house = make_ministry(abbreviation="SMX", **period)

    with pytest.raises(Refusal, match=r"^SMX besteht am 01\.03\.2026 nicht"):
        change_lead(**given(people, partnership, ministry=house))


@pytest.mark.parametrize("bound", ["valid_from", "valid_until"])
def test_house_leads_on_its_first_and_last_day(
    people: People, partnership: Partnership, bound: str
) -> None:
    house = make_ministry(**{bound: DAY})

    change_lead(**given(people, partnership, ministry=house))

    assert partnership.leads.on(DAY).get().ministry == house


def test_lead_changed_meanwhile_is_a_conflict(people: People, partnership: Partnership) -> None:
    values = given(people, partnership)
    change_lead(**given(people, partnership))

    with pytest.raises(Conflict):
        change_lead(**values | {"valid_from": AFTER})

    assert partnership.leads.count() == 2


def test_lead_is_given_by_the_coordination_alone(people: People, partnership: Partnership) -> None:
    for stranger in strangers.to_the_register():
        with pytest.raises(PermissionDenied):
            change_lead(**given(people, partnership, by=stranger))

    assert partnership.leads.get().valid_until is None


# Confirmed by the house


@pytest.fixture
def lead(people: People) -> Lead:
    """One of two of the house; the other was loaded."""
    make_partnership(lead=people.house)
    found = change_lead(**given(people, make_partnership(), ministry=people.house))
    assert found is not None
    return found


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD])
def test_house_confirms(people: People, lead: Lead, role: Role) -> None:
    person = make_user(role=role, ministry=people.house)

    acknowledge_lead(lead=lead, expected_version=2, by=person, today=TODAY)

    lead.refresh_from_db()
    assert (lead.acknowledged_on, lead.acknowledged_by) == (TODAY, person)
    assert lead.partnership.version == 3


def test_second_confirmation_is_refused(people: People, lead: Lead) -> None:
    acknowledge_lead(lead=lead, expected_version=2, by=people.officer, today=TODAY)

    with pytest.raises(Refusal, match="schon bestätigt"):
        acknowledge_lead(lead=lead, expected_version=3, by=people.officer, today=TODAY)


def test_loaded_lead_is_not_confirmed(people: People, partnership: Partnership) -> None:
    loaded = partnership.leads.get()

    with pytest.raises(Refusal, match="schon bestätigt"):
        acknowledge_lead(lead=loaded, expected_version=1, by=people.officer, today=TODAY)


def test_confirmation_of_what_changed_meanwhile_is_a_conflict(people: People, lead: Lead) -> None:
    with pytest.raises(Conflict):
        acknowledge_lead(lead=lead, expected_version=1, by=people.officer, today=TODAY)

    lead.refresh_from_db()
    assert lead.awaits_acknowledgement


def test_lead_is_confirmed_by_its_house_alone(people: People, lead: Lead) -> None:
    for stranger in strangers.to_a_house(people.house):
        with pytest.raises(PermissionDenied):
            acknowledge_lead(lead=lead, expected_version=2, by=stranger, today=TODAY)

    lead.refresh_from_db()
    assert lead.awaits_acknowledgement

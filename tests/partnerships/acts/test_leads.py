"""Who leads a partnership from which day on, and the house that confirms it."""

from datetime import date
from typing import Any

import pytest

from partnerships.actions.leads import change_lead
from partnerships.models import Lead, Partnership
from tests.factories import TODAY, make_ministry, make_partnership
from tests.partnerships.acts.reasons import last_reason
from tests.partnerships.conftest import People
from ui.errors import Refusal

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

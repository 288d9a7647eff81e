"""A status or a Federführung entered by mistake is taken back as if it had never been."""

from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pghistory
import pytest
from django.core.exceptions import PermissionDenied

from partnerships.models import Lead, Partnership, StatusPeriod
from partnerships.register.partners.lead_actions import change_lead
from partnerships.register.partners.reversal_actions import (
    Reversal,
    take_back_lead,
    take_back_status,
)
from partnerships.register.partners.standing_actions import begin_status
from tests.factories import NOW, TODAY, make_ministry, make_partnership, make_status_period
from tests.partnerships.acts import strangers
from tests.partnerships.acts.reasons import last_reason
from tests.partnerships.conftest import People
from ui.errors import Conflict, Refusal

BEFORE, DAY = date(2026, 2, 28), date(2026, 3, 1)
END = date(2030, 12, 31)


def by_hand(people: People) -> AbstractContextManager[Any]:
    """As in a request of a person who is signed in."""
    return pghistory.context(user=people.coordinator.pk)


@pytest.fixture
def partnership(people: People) -> Partnership:
    """Its loaded status and lead last until 2030."""
    partnership = make_partnership(status=None)
    make_status_period(partnership=partnership, valid_until=END)
    Lead.objects.create(
        partnership=partnership, ministry=people.house, source="Testdaten", valid_until=END
    )
    return partnership


def end_status(people: People, partnership: Partnership, **changes: Any) -> StatusPeriod:
    values = {"status": "ended", "valid_from": DAY, "visible_from": None, "now": NOW}
    told = {"reason": "Irrtum", "deciding_body": "", "reference": ""}
    with by_hand(people):
        return begin_status(
            partnership=partnership, by=people.coordinator, **(values | told | changes)
        )


def give_lead(people: People, partnership: Partnership, *, to_nobody: bool = False) -> Lead | None:
    with by_hand(people):
        return change_lead(
            partnership=partnership,
            ministry=None if to_nobody else make_ministry(),
            valid_from=DAY,
            reason="Irrtum",
            expected_version=Partnership.objects.get(pk=partnership.pk).version,
            by=people.coordinator,
            today=TODAY,
        )


def back(people: People, partnership: Partnership, **changes: Any) -> dict[str, Any]:
    version = Partnership.objects.get(pk=partnership.pk).version
    values = {"reason": "Verwechselt", "expected_version": version, "by": people.coordinator}
    return {"partnership": partnership, **values, **changes}


# Status


def test_mistaken_status_goes_and_the_former_lasts_as_before(
    people: People, partnership: Partnership
) -> None:
    former, mistaken = partnership.status_periods.get(), end_status(people, partnership)
    give_lead(people, partnership)

    reversal = take_back_status(**back(people, partnership))

    assert reversal == Reversal(mistaken, former, END)
    row = partnership.status_periods.get()
    assert (row, row.valid_until) == (former, END)
    assert partnership.leads.count() == 2


def test_taking_back_a_status_keeps_the_reason_twice(
    people: People, partnership: Partnership
) -> None:
    former, mistaken = partnership.status_periods.get(), end_status(people, partnership)

    take_back_status(**back(people, partnership))

    assert [last_reason(row) for row in (former, mistaken)] == ["Verwechselt"] * 2
    partnership.refresh_from_db()
    assert partnership.version == 2


def test_loaded_status_is_not_taken_back(people: People, partnership: Partnership) -> None:
    with pytest.raises(Refusal, match="keine von Hand eingetragene Änderung"):
        take_back_status(**back(people, partnership))

    assert partnership.status_periods.get().valid_until == END


def test_status_of_a_decision_is_not_taken_back(people: People, partnership: Partnership) -> None:
    end_status(people, partnership, visible_from=DAY)

    with pytest.raises(Refusal, match="keine von Hand eingetragene Änderung"):
        take_back_status(**back(people, partnership))

    assert partnership.status_periods.count() == 2


def test_taking_back_after_another_change_is_a_conflict(
    people: People, partnership: Partnership
) -> None:
    end_status(people, partnership)

    with pytest.raises(Conflict):
        take_back_status(**back(people, partnership, expected_version=7))

    assert partnership.status_periods.count() == 2


def test_status_is_taken_back_by_the_coordination_alone(
    people: People, partnership: Partnership
) -> None:
    end_status(people, partnership)

    for stranger in strangers.to_the_register():
        with pytest.raises(PermissionDenied):
            take_back_status(**back(people, partnership, by=stranger))

    assert partnership.status_periods.count() == 2


# Federführung


def test_mistaken_lead_goes_and_the_former_lasts_as_before(
    people: People, partnership: Partnership
) -> None:
    former, mistaken = partnership.leads.get(), give_lead(people, partnership)
    end_status(people, partnership)

    reversal = take_back_lead(**back(people, partnership))

    assert reversal == Reversal(mistaken, former, END)
    row = partnership.leads.get()
    assert (row, row.valid_until) == (former, END)
    assert partnership.status_periods.count() == 2


def test_taking_back_a_lead_keeps_the_reason_twice(
    people: People, partnership: Partnership
) -> None:
    former, mistaken = partnership.leads.get(), give_lead(people, partnership)

    take_back_lead(**back(people, partnership))

    assert [last_reason(row) for row in (former, mistaken)] == ["Verwechselt"] * 2
    partnership.refresh_from_db()
    assert partnership.version == 3


def test_gap_is_closed_again(people: People, partnership: Partnership) -> None:
    former = partnership.leads.get()
    give_lead(people, partnership, to_nobody=True)

    reversal = take_back_lead(**back(people, partnership))

    assert reversal == Reversal(None, former, END)
    assert partnership.leads.get().valid_until == END


def test_loaded_lead_is_not_taken_back(people: People, partnership: Partnership) -> None:
    with pytest.raises(Refusal, match="keine von Hand eingetragene Änderung"):
        take_back_lead(**back(people, partnership))

    assert partnership.leads.get().valid_until == END


def test_taking_back_a_lead_after_another_change_is_a_conflict(
    people: People, partnership: Partnership
) -> None:
    give_lead(people, partnership)

    with pytest.raises(Conflict):
        take_back_lead(**back(people, partnership, expected_version=1))

    assert partnership.leads.count() == 2


def test_lead_is_taken_back_by_the_coordination_alone(
    people: People, partnership: Partnership
) -> None:
    give_lead(people, partnership)

    for stranger in strangers.to_the_register():
        with pytest.raises(PermissionDenied):
            take_back_lead(**back(people, partnership, by=stranger))

    assert partnership.leads.count() == 2

"""What the coordination changes outside a Leitlinien-Check: status and resting."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from partnerships.models import Partnership
from partnerships.register.partners.status_actions import change_status, complete_dormancy
from tests.factories import NOW, TODAY, make_partnership, make_status_period
from tests.partnerships.acts import strangers
from tests.partnerships.conftest import People
from ui.errors import Conflict, Refusal

BEFORE, DAY, AFTER = date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)
REST = {"resume_condition": "Frieden", "review_on": date(2027, 6, 1)}


@pytest.fixture
def partnership(db: None) -> Partnership:
    return make_partnership()


def seen(people: People, partnership: Partnership, **changes: Any) -> dict[str, Any]:
    values = {"partnership": partnership, "expected_version": 1, "by": people.coordinator}
    return values | changes


# Status


def status(people: People, partnership: Partnership, **changes: Any) -> dict[str, Any]:
    values = {
        "status": "ended",
        "valid_from": DAY,
        "reason": "Ziel erreicht",
        "deciding_body": "Kabinett",
        "reference": "Nr. 7",
        **REST,
        "now": NOW,
    }
    return seen(people, partnership, **(values | changes))


def test_status_is_changed_and_seen_at_once(people: People, partnership: Partnership) -> None:
    period = change_status(**status(people, partnership))

    row = partnership.status_periods.get(status="ended")
    assert row == period
    assert (row.valid_from, row.visible_from) == (DAY, None)
    assert (row.reason, row.deciding_body, row.reference) == ("Ziel erreicht", "Kabinett", "Nr. 7")
    assert (row.confirmed_on, row.confirmed_by) == (TODAY, people.coordinator)
    partnership.refresh_from_db()
    assert partnership.version == 2


def test_condition_belongs_to_resting_alone(people: People, partnership: Partnership) -> None:
    row = change_status(**status(people, partnership))

    assert (row.resume_condition, row.review_on) == ("", None)


def test_resting_keeps_condition_and_day(people: People, partnership: Partnership) -> None:
    row = change_status(**status(people, partnership, status="dormant"))

    assert (row.resume_condition, row.review_on) == ("Frieden", date(2027, 6, 1))


def test_status_that_holds_already_is_refused(people: People, partnership: Partnership) -> None:
    with pytest.raises(Refusal, match="an diesem Tag schon „aktiv“"):
        change_status(**status(people, partnership, status="active"))

    partnership.refresh_from_db()
    assert partnership.version == 1


def test_status_that_ended_is_begun_again(people: People, partnership: Partnership) -> None:
    partnership.status_periods.update(valid_until=BEFORE)

    change_status(**status(people, partnership, status="active"))

    assert partnership.status_periods.on(DAY).get().valid_from == DAY


def test_first_status_is_entered(people: People) -> None:
    partnership = make_partnership(status=None)

    change_status(**status(people, partnership))

    assert partnership.status_periods.get().status == "ended"


def test_status_changed_meanwhile_is_a_conflict(people: People, partnership: Partnership) -> None:
    with pytest.raises(Conflict):
        change_status(**status(people, partnership, expected_version=7))

    assert partnership.status_periods.get().valid_until is None


@pytest.mark.parametrize("wanted", ["ended", "active"])
def test_status_is_changed_by_the_coordination_alone(
    people: People, partnership: Partnership, wanted: str
) -> None:
    for stranger in strangers.to_the_register():
        with pytest.raises(PermissionDenied):
            change_status(**status(people, partnership, status=wanted, by=stranger))

    assert partnership.status_periods.get().valid_until is None


# What a loaded resting lacks


def rest(people: People, partnership: Partnership, **changes: Any) -> dict[str, Any]:
    return seen(people, partnership, **({**REST, "today": TODAY} | changes))


def test_resting_is_completed(people: People) -> None:
    partnership = make_partnership(status="dormant")

    result = complete_dormancy(**rest(people, partnership))

    period = partnership.status_periods.get()
    assert result == period
    assert (period.resume_condition, period.review_on) == ("Frieden", date(2027, 6, 1))
    partnership.refresh_from_db()
    assert partnership.version == 2


def test_resting_of_today_is_completed_and_no_other(people: People) -> None:
    partnership = make_partnership(status=None)
    days = [date(2020, 1, 1), TODAY, TODAY + timedelta(days=1)]
    former, current, coming = (
        make_status_period(partnership=partnership, status="dormant", valid_from=d, valid_until=d)
        for d in days
    )

    complete_dormancy(**rest(people, partnership))

    for period in (former, current, coming):
        period.refresh_from_db()
    assert [p.resume_condition for p in (former, current, coming)] == ["", "Frieden", ""]


@pytest.mark.parametrize("found", [None, "active", "ended"])
def test_what_does_not_rest_is_not_completed(people: People, found: str | None) -> None:
    partnership = make_partnership(status=found)

    with pytest.raises(Refusal, match="ruht nicht"):
        complete_dormancy(**rest(people, partnership))


def test_resting_to_come_is_not_completed(people: People) -> None:
    partnership = make_partnership(status=None)
    tomorrow = TODAY + timedelta(days=1)
    make_status_period(partnership=partnership, status="dormant", valid_from=tomorrow)

    with pytest.raises(Refusal, match="ruht nicht"):
        complete_dormancy(**rest(people, partnership))


def test_completing_what_changed_meanwhile_is_a_conflict(people: People) -> None:
    partnership = make_partnership(status="dormant")

    with pytest.raises(Conflict):
        complete_dormancy(**rest(people, partnership, expected_version=7))

    assert partnership.status_periods.get().resume_condition == ""


def test_resting_is_completed_by_the_coordination_alone(people: People) -> None:
    partnership = make_partnership(status="dormant")

    for stranger in strangers.to_the_register():
        with pytest.raises(PermissionDenied):
            complete_dormancy(**rest(people, partnership, by=stranger))

    assert partnership.status_periods.get().resume_condition == ""

"""From which day on something is on the desk, and until when: exactly."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from ministries.clock import in_a_year
from partnerships.models import Partnership
from partnerships.records.activities import desk as activities
from partnerships.records.commitments import desk as commitments
from partnerships.records.follow_ups import desk as follow_ups
from partnerships.records.outlook import coming_steps
from partnerships.records.subject_records import desk as subject_records
from partnerships.records.working_groups import desk as working_groups
from partnerships.register import desk
from partnerships.register.agreements import desk as agreements
from partnerships.register.partners.page import find_partnership
from tests.factories import (
    make_agreement,
    make_partnership,
    make_status_period,
    make_subject_area,
)
from tests.partnerships.conftest import People
from tests.record_factories import (
    make_activity,
    make_commitment,
    make_follow_up,
    make_meeting,
    make_subject_record,
    make_working_group,
)
from ui.offers import DeskItem

DAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)


def days(number: int) -> date:
    return DAY + timedelta(days=number)


@pytest.fixture
def partnership(people: People) -> Partnership:
    return make_partnership(name="Flandern", slug="flandern", lead=people.house)


@pytest.fixture
def about(people: People, partnership: Partnership) -> dict[str, Any]:
    return {"ministry": people.house, "partnership": partnership}


def due(source: Any, user: Any, day: date = DAY) -> list[date | None]:
    """Of the items of a source, which has as many rows."""
    items: list[DeskItem] = source.desk_items(user, day)
    assert len(items) == sum(rows.count() for rows in source.desk_rows(user, day))
    return [item.due_on for item in items]


@pytest.mark.parametrize(
    ("due_on", "is_there"), [(days(-90), True), (days(7), True), (days(8), False)]
)
def test_follow_up_a_week_before(
    people: People, about: dict[str, Any], due_on: date, is_there: bool
) -> None:
    make_follow_up(due_on=due_on, **about)

    assert due(follow_ups, people.officer) == ([due_on] if is_there else [])


@pytest.mark.parametrize(
    ("side", "due_on", "is_there"),
    [
        ("ours", days(30), True),
        ("ours", days(31), False),
        ("ours", days(-1), True),
        ("ours", None, False),
        ("partner", days(-1), True),
        ("partner", days(0), False),
        ("partner", None, False),
    ],
)
def test_our_commitments_a_month_before_those_of_the_partner_once_overdue(
    people: People, about: dict[str, Any], side: str, due_on: date | None, is_there: bool
) -> None:
    make_commitment(owed_by_side=side, due_on=due_on, **about)

    assert due(commitments, people.officer) == ([due_on] if is_there else [])


@pytest.mark.parametrize(("ahead", "is_there"), [(-1, True), (30, True), (31, False)])
def test_session_a_month_before(
    people: People, about: dict[str, Any], ahead: int, is_there: bool
) -> None:
    group = make_working_group(cadence_months=12, **about)
    make_meeting(working_group=group, held_on=DAY)
    next_on = in_a_year(DAY)

    found = due(working_groups, people.officer, next_on - timedelta(days=ahead))

    assert found == ([next_on] if is_there else [])


@pytest.mark.parametrize(
    ("review_on", "is_there"), [(days(-1), True), (days(30), True), (days(31), False)]
)
def test_resting_partnership_a_month_before_it_is_looked_at(
    people: People, review_on: date, is_there: bool
) -> None:
    resting = make_partnership(status=None, lead=people.house)
    make_status_period(partnership=resting, status="dormant", review_on=review_on)

    assert due(desk, people.coordinator) == ([review_on] if is_there else [])


@pytest.mark.parametrize(
    ("fields", "is_there"),
    [
        ({"review_on": days(30)}, True),
        ({"review_on": days(31)}, False),
        ({"review_on": DAY, "terminated_on": DAY}, True),  # its last valid day
        ({"review_on": DAY, "terminated_on": days(-1)}, False),
        ({"review_on": DAY, "term": "renews", "valid_until": days(-1)}, True),
    ],
)
def test_agreement_to_review_while_it_is_in_force(
    people: People, partnership: Partnership, fields: dict[str, Any], is_there: bool
) -> None:
    make_agreement(partnership=partnership, **fields)

    found = agreements.to_review(people.coordinator, DAY)

    assert found.exists() is is_there


@pytest.mark.parametrize(
    ("valid_until", "verbs"),
    [
        (days(-1), ["Verlängerung klären"]),
        (days(0), ["Über Verlängerung entscheiden", "Vereinbarung prüfen"]),
    ],
)
def test_term_is_to_be_renewed_the_day_after_its_last(
    people: People, partnership: Partnership, valid_until: date, verbs: list[str]
) -> None:
    make_agreement(
        partnership=partnership, term="fixed_term", valid_until=valid_until, review_on=DAY
    )

    items = agreements.desk_items(people.coordinator, DAY)

    assert sorted(item.verb for item in items) == sorted(verbs)


@pytest.mark.parametrize(
    ("last", "is_there"),
    [(days(0), False), (days(-1), True), (days(-365), True), (days(-366), False)],
)
def test_results_are_asked_for_a_year_long(
    people: People, about: dict[str, Any], last: date, is_there: bool
) -> None:
    make_activity(ministry=people.house, starts_on=last - ONE_DAY, ends_on=last)

    expected = [last + timedelta(days=14)] if is_there else []
    assert due(activities, people.officer) == expected


@pytest.mark.parametrize(("age", "is_there"), [(365, False), (366, True)])
def test_subject_record_once_a_year(
    people: People, about: dict[str, Any], age: int, is_there: bool
) -> None:
    confirmed = {"confirmed_on": days(-age), "confirmed_by": people.officer}
    released = {"area": make_subject_area(), "released_by": people.officer}
    make_subject_record(**released, **confirmed, **about)

    assert due(subject_records, people.officer) == ([days(365 - age)] if is_there else [])


Make = Callable[[dict[str, Any], date], Any]


def make_session(about: dict[str, Any], day: date) -> None:
    make_meeting(working_group=make_working_group(name="Verkehr", **about), held_on=day)


def make_trip(about: dict[str, Any], day: date) -> None:
    trip = {"partnerships": [about["partnership"]], "starts_on": day, "title": "Reise"}
    make_activity(ministry=about["ministry"], **trip)


def promise(about: dict[str, Any], day: date) -> None:
    make_commitment(due_on=day, **about)


def look_again(about: dict[str, Any], day: date) -> None:
    make_follow_up(due_on=day, **about)


@pytest.mark.parametrize(
    ("make", "day", "tone"),
    [
        (promise, days(-1), "warning"),
        (promise, days(0), "info"),
        (promise, days(60), "info"),
        (promise, days(61), None),
        (look_again, days(-1), "warning"),
        (look_again, days(0), "info"),
        (look_again, days(61), None),
        (make_session, days(-1), None),
        (make_session, days(0), "info"),
        (make_session, days(60), "info"),
        (make_session, days(61), None),
        (make_trip, days(-1), None),
        (make_trip, days(0), "info"),
        (make_trip, days(60), "info"),
        (make_trip, days(61), None),
    ],
)
def test_next_steps_two_months_ahead(
    people: People, about: dict[str, Any], make: Make, day: date, tone: str | None
) -> None:
    make(about, day)
    partnership = find_partnership(people.officer, "flandern", DAY)

    steps = coming_steps(partnership, people.officer, DAY)

    assert [(step.due_on, step.tone) for step in steps] == ([(day, tone)] if tone else [])

"""The day on which a status, a mark, a lead or an activity begins and ends, and for whose eyes."""

from datetime import date, timedelta
from typing import Any

import pytest

from ministries.models import Ministry, Role, User
from partnerships.history.change_pages import page_of_partnership
from partnerships.models import Activity, Lead, Partnership, StatusPeriod
from partnerships.register.partners.house_list import houses
from partnerships.register.partners.resting import rests
from tests.factories import (
    NOW,
    make_ministry,
    make_partnership,
    make_status_period,
    make_subject_area,
    make_user,
)
from tests.partnerships.conftest import People
from tests.record_factories import make_activity

DAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
YESTERDAY, TOMORROW = DAY - ONE_DAY, DAY + ONE_DAY


def standing(user: User, day: date = DAY) -> Any:
    return Partnership.objects.visible_to(user).with_standing(user, day).get()


def told(partnership: Partnership, user: User) -> int:
    """How many of the changes this person reads today."""
    return page_of_partnership(partnership, user, DAY, "1").paginator.count


# Status


@pytest.fixture
def resting_from_today(people: People) -> Partnership:
    """Active until yesterday."""
    partnership = make_partnership(status=None)
    make_status_period(partnership=partnership, status="active", valid_until=YESTERDAY)
    make_status_period(partnership=partnership, status="dormant", valid_from=DAY)
    return partnership


@pytest.mark.parametrize(
    ("day", "status"), [(YESTERDAY, "active"), (DAY, "dormant"), (TOMORROW, "dormant")]
)
def test_status_changes_on_its_first_day(
    people: People, resting_from_today: Partnership, day: date, status: str
) -> None:
    periods = StatusPeriod.objects

    assert standing(people.officer, day).status == status
    assert [period.status for period in periods.on(day)] == [status]
    assert periods.current(day)[0].status == status
    seen = Partnership.objects
    assert seen.of_status(status, people.officer, day).exists()
    assert seen.filter(rests(people.officer, day, "pk")).exists() is (status == "dormant")


def test_each_partnership_has_its_own_status(people: People) -> None:
    for name, status in (("Flandern", "active"), ("Latium", "dormant")):
        make_status_period(partnership=make_partnership(name=name, status=None), status=status)

    seen = Partnership.objects.visible_to(people.officer).with_standing(people.officer, DAY)

    assert {row.name: row.status for row in seen} == {"Flandern": "active", "Latium": "dormant"}


def test_last_status_counts_on_after_its_end(people: People) -> None:
    """Its end tells of a successor, which not everybody may see yet."""
    partnership = make_partnership(status=None)
    make_status_period(partnership=partnership, valid_from=YESTERDAY, valid_until=YESTERDAY)

    assert standing(people.officer).status == "active"
    assert not StatusPeriod.objects.on(DAY).exists()


@pytest.mark.parametrize(
    ("visible_from", "status"),
    [(None, "ended"), (YESTERDAY, "ended"), (DAY, "ended"), (TOMORROW, "active")],
)
def test_decided_status_shows_from_its_day_on(
    people: People, visible_from: date | None, status: str
) -> None:
    partnership = make_partnership(status=None)
    make_status_period(partnership=partnership, status="active", valid_until=YESTERDAY)
    make_status_period(
        partnership=partnership, status="ended", valid_from=DAY, visible_from=visible_from
    )

    assert standing(people.officer).status == status
    assert standing(people.coordinator).status == standing(people.chief).status == "ended"
    seen = StatusPeriod.objects.visible_to(people.officer, DAY)
    assert seen.filter(status="ended").exists() is (status == "ended")
    kept_back = told(partnership, people.coordinator) - told(partnership, people.officer)
    assert kept_back == (0 if status == "ended" else 2)  # both were written in one moment


# On the way out of the scrutiny


@pytest.mark.parametrize(
    ("since", "until", "is_marked"),
    [
        (YESTERDAY, None, True),
        (DAY, None, True),
        (TOMORROW, None, False),
        (YESTERDAY, YESTERDAY, False),
        (YESTERDAY, DAY, True),  # the last day of the mark
        (YESTERDAY, TOMORROW, True),
        (None, None, False),
    ],
)
def test_mark_holds_from_its_first_to_its_last_day(
    people: People, since: date | None, until: date | None, is_marked: bool
) -> None:
    make_partnership(
        scrutiny_since=since, scrutiny_until=until, scrutiny_reason="Leitlinien" if since else ""
    )

    for user in (people.officer, people.coordinator):
        assert standing(user).is_under_scrutiny is is_marked
        assert Partnership.objects.under_scrutiny(user, DAY).exists() is is_marked
        assert Partnership.objects.with_scrutiny(user, DAY).get().is_under_scrutiny is is_marked


@pytest.mark.parametrize(
    ("visible_from", "is_marked"), [(YESTERDAY, False), (DAY, False), (TOMORROW, True)]
)
def test_end_of_a_mark_shows_from_its_day_on(
    people: People, visible_from: date, is_marked: bool
) -> None:
    partnership = make_partnership(
        status=None, scrutiny_since=date(2026, 2, 12), scrutiny_reason="Leitlinien"
    )
    partnership.scrutiny_until, partnership.scrutiny_end_visible_from = YESTERDAY, visible_from
    partnership.save()

    kept_back = told(partnership, people.coordinator) - told(partnership, people.officer)
    assert kept_back == (1 if is_marked else 0)
    assert standing(people.officer).is_under_scrutiny is is_marked
    assert not standing(people.coordinator).is_under_scrutiny
    assert not standing(people.chief).is_under_scrutiny


# Lead and houses


@pytest.mark.parametrize(("day", "lead"), [(YESTERDAY, "SMX"), (DAY, "SMX"), (TOMORROW, "SMY")])
def test_lead_changes_the_day_after_its_last(people: People, day: date, lead: str) -> None:
    partnership = make_partnership()
    for name, fields in (("SMX", {"valid_until": DAY}), ("SMY", {"valid_from": TOMORROW})):
        house = make_ministry(abbreviation=name)
        Lead.objects.create(partnership=partnership, ministry=house, source="Testdaten", **fields)

    found = standing(people.officer, day)

    assert found.lead_abbreviation == lead
    numbers = {row.abbreviation: row.lead_number for row in houses(people.officer, day)}
    assert {name for name, number in numbers.items() if number} == {lead}


@pytest.mark.parametrize(
    ("valid_until", "is_asked"), [(None, True), (TOMORROW, True), (DAY, True), (YESTERDAY, False)]
)
def test_lead_is_to_be_acknowledged_until_its_last_day(
    people: People, valid_until: date | None, is_asked: bool
) -> None:
    lead = Lead.objects.create(
        partnership=make_partnership(),
        ministry=people.house,
        valid_until=valid_until,
        is_to_be_acknowledged=True,
    )

    assert Lead.objects.unacknowledged(DAY).exists() is is_asked
    lead.acknowledged_on, lead.acknowledged_by = DAY, people.officer
    lead.save()
    assert not Lead.objects.unacknowledged(DAY).exists()


@pytest.mark.parametrize(
    ("valid_until", "names"),
    [(None, ["Kultur"]), (TOMORROW, ["Kultur"]), (DAY, ["Kultur"]), (YESTERDAY, [])],
)
def test_house_is_in_charge_until_the_last_day(
    people: People, valid_until: date | None, names: list[str]
) -> None:
    area = make_subject_area(ministry=people.house, name="Kultur")
    area.responsibilities.update(valid_until=valid_until)

    assert houses(people.officer, DAY).get(pk=people.house.pk).area_names == names
    abbreviation = type(area).objects.with_house(DAY).get().house_abbreviation
    assert abbreviation == ("SMWK" if names else None)


def test_former_house_shows_what_it_was_in_charge_of_in_the_end(people: People) -> None:
    former = make_ministry(valid_until=YESTERDAY)
    for name, until in (("Kultur", YESTERDAY), ("Sport", YESTERDAY - ONE_DAY)):
        area = make_subject_area(ministry=former, name=name)
        area.responsibilities.update(valid_until=until)

    assert houses(people.officer, DAY).get(pk=former.pk).area_names == ["Kultur"]
    assert not Ministry.objects.on(DAY).filter(pk=former.pk).exists()


# Colleagues


@pytest.mark.parametrize(
    ("valid_until", "is_seen"), [(TOMORROW, True), (DAY, True), (YESTERDAY, False)]
)
def test_account_is_seen_by_colleagues_until_the_last_day(
    people: People, monkeypatch: pytest.MonkeyPatch, valid_until: date, is_seen: bool
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    colleague = make_user(role=Role.HEAD, ministry=people.house)
    colleague.appointments.update(valid_until=valid_until)

    assert User.objects.visible_to(people.officer).filter(pk=colleague.pk).exists() is is_seen


# Activities


@pytest.mark.parametrize(
    ("fields", "last"),
    [
        ({"starts_on": DAY}, DAY),
        ({"starts_on": date(2026, 11, 1), "ends_on": DAY}, DAY),
        ({"starts_on": date(2026, 11, 1), "starts_on_precision": "month"}, date(2026, 11, 30)),
        ({"starts_on": date(2026, 1, 1), "starts_on_precision": "year"}, date(2026, 12, 31)),
        (
            {"starts_on": date(2026, 11, 1), "starts_on_precision": "month", "ends_on": DAY},
            DAY,
        ),
    ],
)
def test_activity_is_over_the_day_after_its_last(
    people: People, fields: dict[str, Any], last: date
) -> None:
    activity = make_activity(ministry=people.house, **fields)

    assert activity.last_day == last
    assert not Activity.objects.over(last).exists()
    assert Activity.objects.over(last + ONE_DAY).exists()
    assert Activity.objects.between(last, None).exists()
    assert not Activity.objects.between(last + ONE_DAY, None).exists()


@pytest.mark.parametrize(
    ("first", "last", "is_found"),
    [
        (None, YESTERDAY, False),
        (None, DAY, True),
        (DAY, DAY, True),
        (TOMORROW, None, True),
        (TOMORROW + ONE_DAY, None, False),
        (None, None, True),
        (date(2026, 1, 1), date(2026, 12, 31), True),
    ],
)
def test_activity_shares_a_day_with_a_period(
    people: People, first: date | None, last: date | None, is_found: bool
) -> None:
    """It lasts from today to tomorrow."""
    make_activity(ministry=people.house, starts_on=DAY, ends_on=TOMORROW)

    assert Activity.objects.between(first, last).exists() is is_found


@pytest.mark.parametrize(
    ("filed_on", "is_filed"), [(None, False), (YESTERDAY, True), (DAY, True), (TOMORROW, False)]
)
def test_filed_from_its_day_on(filed_on: date | None, is_filed: bool) -> None:
    assert Activity(filed_on=filed_on).is_filed(DAY) is is_filed

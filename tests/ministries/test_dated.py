"""The day in Saxony, the first and the last valid day of a period, and a function that ends at midnight."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from ministries.clock import in_a_month, in_a_year, months_later, now, today
from ministries.history.dated import Dated
from ministries.models import Ministry, Responsibility, Role, User
from tests.factories import make_appointment, make_ministry, make_subject_area, make_user
from tests.ministries.admin_forms import filled

DAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
DATED = [model for model in apps.get_models() if issubclass(model, Dated) and not model._meta.proxy]


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


# The day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 0, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC), date(2026, 7, 1)),  # summer time
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),  # clocks go forward
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),  # clocks go back
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_day_begins_at_midnight_in_saxony(
    monkeypatch: pytest.MonkeyPatch, moment: datetime, day: date
) -> None:
    set_clock(monkeypatch, moment)

    assert (today(), now()) == (day, moment)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 11, 30), 2, date(2027, 1, 30)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 15), -12, date(2025, 12, 15)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
    ],
)
def test_months_later_keep_to_the_month(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


def test_a_month_and_a_year_later() -> None:
    assert (in_a_month(DAY), in_a_year(DAY)) == (date(2026, 12, 23), date(2027, 11, 23))


# A period


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("begins", "ends", "contains"),
    [
        (None, None, True),
        (-1, None, True),
        (0, None, True),  # the first valid day
        (1, None, False),
        (None, 1, True),
        (None, 0, True),  # the last valid day
        (None, -1, False),
        (0, 0, True),
        (-1, 1, True),
        (-2, -1, False),
        (1, 2, False),
    ],
)
def test_period_contains_its_first_and_its_last_day(
    begins: int | None, ends: int | None, contains: bool
) -> None:
    first, last = (None if n is None else DAY + timedelta(days=n) for n in (begins, ends))
    house = make_ministry(valid_from=first, valid_until=last)

    assert Ministry.objects.on(DAY).exists() is contains
    assert house.contains(DAY) is contains


@pytest.mark.django_db
def test_successor_begins_the_day_after() -> None:
    area = make_subject_area()
    fields = {"subject_area": area, "source": "Testdaten"}
    former = Responsibility.objects.create(ministry=make_ministry(), valid_until=DAY, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.create(ministry=make_ministry(), valid_from=DAY, **fields)

    later = Responsibility.objects.create(
        ministry=make_ministry(), valid_from=DAY + ONE_DAY, **fields
    )

    rows = Responsibility.objects
    assert rows.by_area(DAY) == {area.pk: former.ministry_id}
    assert rows.by_area(DAY + ONE_DAY) == {area.pk: later.ministry_id}


@pytest.mark.django_db
@pytest.mark.parametrize("model", DATED)
def test_period_that_ends_before_it_begins_is_told(model: Any) -> None:
    """The database, asked to compare it with others, would fail."""
    record = model(valid_from=DAY, valid_until=DAY - ONE_DAY)

    with pytest.raises(ValidationError, match="Das Ende liegt vor dem Beginn"):
        record.validate_constraints()


@pytest.mark.django_db
def test_period_that_shares_a_day_with_another_is_told() -> None:
    former = make_ministry(abbreviation="SMX", valid_until=DAY)
    later = make_ministry(abbreviation="SMY", valid_from=DAY)
    later.abbreviation = former.abbreviation

    with pytest.raises(ValidationError, match="trägt in diesem Zeitraum schon"):
        later.full_clean()
    later.valid_from = DAY + ONE_DAY
    later.full_clean()


@pytest.mark.django_db
def test_period_of_a_single_day_is_one() -> None:
    make_ministry(valid_from=DAY, valid_until=DAY).full_clean()


@pytest.mark.django_db
def test_day_nobody_can_read_is_told_beside_the_other() -> None:
    house = make_ministry()
    house.valid_from, house.valid_until = "unsinn", DAY

    with pytest.raises(ValidationError) as told:
        house.full_clean()

    assert list(told.value.message_dict) == ["valid_from"]


@pytest.mark.django_db
def test_register_tells_of_a_period_that_ends_too_early(client: Client) -> None:
    house = make_ministry()
    client.force_login(make_user(role=Role.COORDINATOR))
    url = f"/verwaltung/ministries/ministry/{house.pk}/change/"
    data = filled(client.get(url), valid_from="24.11.2026", valid_until="23.11.2026")

    answer = client.post(url, data)

    assert answer.status_code == 200
    assert "Das Ende liegt vor dem Beginn." in answer.content.decode()
    assert Ministry.objects.get(pk=house.pk).valid_from is None


# Around midnight


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "former", "later"),
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), True, False),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), False, True),
    ],
)
def test_function_changes_hands_at_midnight_in_saxony(
    monkeypatch: pytest.MonkeyPatch, moment: datetime, former: bool, later: bool
) -> None:
    house = make_ministry()
    leaving, coming = make_user(), make_user()
    make_appointment(user=leaving, role=Role.HEAD, ministry=house, valid_until=DAY)
    make_appointment(user=coming, role=Role.HEAD, ministry=house, valid_from=DAY + ONE_DAY)
    set_clock(monkeypatch, moment)

    held = {user.pk: user.has_role(Role.HEAD) for user in User.objects.with_capacities()}

    assert held == {leaving.pk: former, coming.pk: later}
    assert User.objects.get(pk=leaving.pk).has_role(Role.HEAD) is former
    assert User.objects.get(pk=coming.pk).ministry_ids() == ({house.pk} if later else set())

"""Notice and renewal in months (§§ 187, 188 BGB), for every day of nine years, and the cases by name."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import DateField, F, Value
from django.db.models.functions import Cast
from django.test import Client

from ministries.clock import months_later
from ministries.models import Role
from partnerships.models import Agreement
from partnerships.register.agreements.reckoning import (
    EndAfterNotice,
    LastDayForNotice,
    NextNotice,
)
from partnerships.register.agreements.terms import coming_days
from partnerships.register.care import agreement_care
from tests import database
from tests.factories import make_agreement, make_partnership, make_user

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2024, 1, 1), date(2032, 12, 31)


def every_day() -> Iterator[date]:
    return (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))


@pytest.fixture
def ends() -> Any:
    """An agreement for each day on which a term can end."""
    partnership = make_partnership()
    Agreement.objects.bulk_create(
        Agreement(partnership=partnership, slug=f"{day}", title="T", kind="memorandum", term="renews",
                  renewal_months=12, valid_until=day)
        for day in every_day()
    )  # fmt: skip
    return Agreement.objects.order_by("valid_until")


def last_day_for_notice(end: date, months: int) -> date:
    """The latest day whose same-numbered day so many months on, or that month's last, is not after the end."""
    about = months_later(end, -months)
    days = (about + timedelta(days=n) for n in range(4, -4, -1))
    return next(day for day in days if months_later(day, months) <= end)


def end_of_term(first: date, months: int) -> date:
    """A term begins the day after the end before it; the later of both forward readings."""
    return max(months_later(first + ONE_DAY, months) - ONE_DAY, months_later(first, months))


@pytest.mark.long
@pytest.mark.parametrize("months", [1, 2, 3, 6, 11, 12, 18, 24, 120])
def test_last_day_for_notice(ends: Any, months: int) -> None:
    rows = ends.annotate(found=LastDayForNotice(F("valid_until"), Value(months)))

    wrong = [
        (end, found)
        for end, found in rows.values_list("valid_until", "found")
        if found != last_day_for_notice(end, months)
    ]

    assert wrong == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("step", "notice"), [(1, 0), (1, 1), (3, 0), (3, 6), (12, 3), (24, 6), (600, 120)]
)
@pytest.mark.parametrize("day", [date(2027, 2, 28), date(2028, 2, 29), date(2033, 4, 30)])
def test_term_that_renews_itself(ends: Any, step: int, notice: int, day: date) -> None:
    asked = Cast(Value(day), DateField())
    given = (F("valid_until"), Value(step), Value(notice), asked)
    rows = ends.annotate(notice_by=NextNotice(*given), ends_on=EndAfterNotice(*given))

    for first, notice_by, ends_on in rows.values_list("valid_until", "notice_by", "ends_on"):
        terms = (end_of_term(first, step * turn) for turn in range(200))
        known = ((last_day_for_notice(end, notice) if notice else end, end) for end in terms)
        expected = next((last, end) for last, end in known if last >= day)
        assert (notice_by, ends_on) == expected, first


def deadlines(day: date, **fields: Any) -> Any:
    agreement = make_agreement(partnership=make_partnership(), **fields)
    return Agreement.objects.with_renewal(day).with_deadlines(day).get(pk=agreement.pk)


@pytest.mark.parametrize(
    ("until", "months", "notice_by"),
    [
        (date(2027, 6, 30), 6, date(2026, 12, 31)),
        (date(2027, 2, 28), 3, date(2026, 11, 30)),
        (date(2027, 6, 15), 6, date(2026, 12, 15)),
        (date(2027, 8, 30), 6, date(2027, 2, 28)),
        (date(2027, 4, 30), 1, date(2027, 3, 31)),
    ],
)
def test_named_cases_of_notice(until: date, months: int, notice_by: date) -> None:
    row = deadlines(date(2026, 11, 1), term="fixed_term", valid_until=until, notice_months=months)

    assert (row.notice_by, row.notice_ends) == (notice_by, until)


@pytest.mark.parametrize(
    ("day", "ends_on"),
    [
        (date(2026, 11, 30), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2027, 2, 28)),
        (date(2027, 3, 1), date(2027, 5, 31)),
    ],
)
def test_renewal_is_reckoned_from_the_first_end(day: date, ends_on: date) -> None:
    first = date(2026, 11, 30)
    row = deadlines(day, term="renews", valid_until=first, renewal_months=3, notice_months=1)

    assert row.ends_on == ends_on


def test_notice_is_told_with_the_end_it_leads_to() -> None:
    first = date(2026, 11, 30)
    row = deadlines(
        date(2027, 2, 1), term="renews", valid_until=first, renewal_months=3, notice_months=1
    )

    assert (row.ends_on, row.notice_by, row.notice_ends) == (
        date(2027, 2, 28),
        date(2027, 4, 30),
        date(2027, 5, 31),
    )
    note = coming_days(row, date(2027, 2, 1))[0].note
    assert note == "zum 31.05.2027; rechnerisch; maßgeblich ist der Text der Vereinbarung"


def test_a_day_of_the_text_wins_and_the_working_day_before_it_is_named() -> None:
    until = date(2027, 12, 31)
    row = deadlines(
        date(2026, 12, 1),
        term="fixed_term",
        valid_until=until,
        notice_months=6,
        notice_on=date(2027, 5, 1),
    )

    (notice, _) = coming_days(row, date(2026, 12, 1))
    assert (notice.label, notice.due) == (
        "Zugang der Kündigung beim Partner spätestens am",
        date(2027, 5, 1),
    )
    assert notice.note == (
        "zum 31.12.2027; laut Text der Vereinbarung; letzter Arbeitstag davor: 30.04.2027"
    )


@pytest.mark.parametrize(
    ("field", "months"), [("notice_months", 121), ("renewal_months", 601), ("notice_months", 0)]
)
def test_what_cannot_be_meant_is_refused(field: str, months: int) -> None:
    agreement = make_agreement(partnership=make_partnership())
    setattr(agreement, field, months)

    with pytest.raises(ValidationError):
        agreement.full_clean()
    with pytest.raises(IntegrityError):
        agreement.save()


@pytest.fixture
def unbound(transactional_db: None) -> Iterator[None]:
    """As before the months had bounds."""
    bounds = {"agreement_notice_of_months": "notice_months IS NULL OR notice_months BETWEEN 1 AND 120",
              "agreement_renewal_of_months": "renewal_months IS NULL OR renewal_months BETWEEN 1 AND 600"}  # fmt: skip
    table = "ALTER TABLE partnerships_agreement"
    with database.owner(database.NAME) as owner:
        for name in bounds:
            owner.execute(f"{table} DROP CONSTRAINT {name}")
    yield
    with database.owner(database.NAME) as owner:
        for name, bound in bounds.items():
            owner.execute(f"{table} ADD CONSTRAINT {name} CHECK ({bound}) NOT VALID")


@pytest.mark.usefixtures("unbound")
@pytest.mark.django_db(transaction=True)
def test_months_stored_before_break_no_page_and_are_listed() -> None:
    user = make_user(role=Role.COORDINATOR)
    partnership = make_partnership()
    end = {"term": "renews", "valid_until": date(2020, 1, 31), "partnership": partnership}
    rubbish = make_agreement(**end, notice_months=30_000, renewal_months=30_000)
    make_agreement(**end, notice_months=3, renewal_months=12)
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])

    for page in ("/vereinbarungen/", rubbish.get_absolute_url(), partnership.get_absolute_url()):
        assert client.get(page).status_code == 200, page
    (care,) = agreement_care(user)
    assert care.text.startswith("1 Vereinbarung mit Monaten, die nicht gemeint sein können")
    assert rubbish.title in client.get(care.url).content.decode()
    Agreement.objects.filter(pk=rubbish.pk).update(notice_months=None, renewal_months=None)
    assert agreement_care(user) == []

"""Yesterday, today, tomorrow: what is overdue, what has run out, and what expires."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Model

from ministries.clock import in_a_year, today
from partnerships.models import (
    Agreement,
    Commitment,
    Contact,
    FollowUp,
    Partnership,
    SubjectRecord,
    WorkingGroup,
)
from partnerships.records.contacts.retention import clear_expired_contacts, expired_contacts
from tests.factories import (
    make_agreement,
    make_partnership,
    make_subject_area,
)
from tests.partnerships.conftest import People
from tests.record_factories import (
    make_commitment,
    make_contact,
    make_follow_up,
    make_meeting,
    make_subject_record,
    make_working_group,
)

DAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
AROUND = {"yesterday": DAY - ONE_DAY, "today": DAY, "tomorrow": DAY + ONE_DAY}
Make = Callable[..., Model]


@pytest.fixture
def partnership(people: People) -> Partnership:
    return make_partnership(name="Flandern", lead=people.house)


@pytest.fixture
def about(people: People, partnership: Partnership) -> dict[str, Any]:
    return {"ministry": people.house, "partnership": partnership}


def around(make: Make, field: str, **fields: Any) -> dict[int, str]:
    """One record each whose day is yesterday, today and tomorrow: number → name of the day."""
    return {make(**fields, **{field: day}).pk: name for name, day in AROUND.items()}


def found(rows: Any, made: dict[int, str]) -> set[str]:
    return {made[pk] for pk in rows.values_list("pk", flat=True)}


# Overdue


def test_follow_up_is_overdue_the_day_after(about: dict[str, Any]) -> None:
    made = around(make_follow_up, "due_on", **about)

    assert found(FollowUp.objects.overdue(DAY), made) == {"yesterday"}
    assert found(FollowUp.objects.due_by(DAY), made) == {"yesterday", "today"}


def test_follow_up_that_is_done_is_not_overdue(about: dict[str, Any], people: People) -> None:
    done = {"done_at": datetime(2026, 11, 1, tzinfo=UTC), "done_by": people.officer}
    make_follow_up(due_on=DAY - ONE_DAY, **done, **about)

    assert not FollowUp.objects.overdue(DAY).exists()
    assert not FollowUp.objects.due_by(DAY).exists()


def test_commitment_is_overdue_the_day_after(about: dict[str, Any]) -> None:
    made = around(make_commitment, "due_on", **about)
    made[make_commitment(due_on=None, **about).pk] = "some day"

    assert found(Commitment.objects.overdue(DAY), made) == {"yesterday"}
    late = [made[row.pk] for row in Commitment.objects.all() if row.is_overdue(DAY)]
    assert late == ["yesterday"]


def test_commitment_that_is_settled_or_archived_is_not_overdue(
    about: dict[str, Any], people: People
) -> None:
    settled = {"settled_on": DAY, "settled_by": people.officer, "outcome": "fulfilled"}
    archived = {"archived_on": DAY, "archived_by": people.officer, "archive_reason": "doppelt"}
    kept = make_commitment(due_on=DAY - ONE_DAY, **settled, **about)
    make_commitment(due_on=DAY - ONE_DAY, **archived, **about)

    assert not Commitment.objects.overdue(DAY).exists()
    assert not kept.is_overdue(DAY)


@pytest.mark.parametrize(("days", "is_late"), [(-1, False), (0, False), (1, True)])
def test_session_is_overdue_the_day_after_its_cadence(
    about: dict[str, Any], days: int, is_late: bool
) -> None:
    group = make_working_group(cadence_months=12, **about)
    make_meeting(working_group=group, held_on=DAY)
    day = in_a_year(DAY) + timedelta(days=days)

    assert WorkingGroup.objects.overdue(day).exists() is is_late
    assert WorkingGroup.objects.to_convene(day, DAY).exists() is (days >= 0)


@pytest.mark.parametrize(
    ("held_on", "last", "planned"),
    [
        (DAY - ONE_DAY, DAY - ONE_DAY, None),
        (DAY, DAY, None),
        (DAY + ONE_DAY, None, DAY + ONE_DAY),
    ],
)
def test_session_of_today_is_held_that_of_tomorrow_planned(
    about: dict[str, Any], held_on: date, last: date | None, planned: date | None
) -> None:
    make_meeting(working_group=make_working_group(**about), held_on=held_on)

    row: Any = WorkingGroup.objects.with_sessions(DAY).get()

    assert (row.last_held_on, row.planned_on) == (last, planned)


# The last valid day of an agreement


def test_agreement_has_lapsed_the_day_after_its_last(partnership: Partnership) -> None:
    fixed = {"partnership": partnership, "term": "fixed_term"}
    made = around(make_agreement, "valid_until", **fixed)

    assert found(Agreement.objects.lapsed(DAY), made) == {"yesterday"}
    run_out = Agreement.objects.with_renewal(DAY).filter(has_run_out=True)
    assert found(run_out, made) == {"yesterday"}
    assert [made[row.pk] for row in Agreement.objects.all() if row.has_lapsed(DAY)] == ["yesterday"]


@pytest.mark.parametrize(
    "fields",
    [
        {"term": "renews"},
        {"term": "open_ended"},
        {"term": "fixed_term", "terminated_on": DAY + ONE_DAY},
    ],
)
def test_agreement_that_goes_on_or_was_terminated_has_not_lapsed(
    partnership: Partnership, fields: dict[str, Any]
) -> None:
    row = make_agreement(partnership=partnership, valid_until=DAY - ONE_DAY, **fields)

    assert not Agreement.objects.lapsed(DAY).exists()
    assert not Agreement.objects.with_renewal(DAY).get().has_run_out
    assert not row.has_lapsed(DAY)


def test_agreement_with_a_successor_has_not_lapsed(partnership: Partnership) -> None:
    former = make_agreement(partnership=partnership, term="fixed_term", valid_until=DAY - ONE_DAY)
    make_agreement(partnership=partnership, predecessor=former)

    assert not Agreement.objects.lapsed(DAY).exists()
    assert not Agreement.objects.with_renewal(DAY).get(pk=former.pk).has_run_out


def test_agreement_ends_between_both_days_themselves_included(partnership: Partnership) -> None:
    made = around(make_agreement, "valid_until", partnership=partnership, term="fixed_term")
    rows = Agreement.objects

    assert found(rows.ending(after=DAY, until=DAY), made) == {"today"}
    assert found(rows.to_decide(after=DAY, until=DAY), made) == {"today"}
    assert found(rows.ending(after=DAY - ONE_DAY, until=DAY + ONE_DAY), made) == set(AROUND)
    assert found(rows.to_decide(after=DAY - ONE_DAY, until=DAY), made) == {"yesterday", "today"}


@pytest.mark.parametrize(
    ("day", "acts_by"),
    [
        (date(2026, 9, 29), date(2026, 9, 30)),
        (date(2026, 9, 30), date(2026, 9, 30)),  # the last day to give notice
        (date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_after_the_last_day_of_notice_the_end_comes_next(
    partnership: Partnership, day: date, acts_by: date
) -> None:
    until = date(2026, 12, 31)
    make_agreement(partnership=partnership, term="fixed_term", valid_until=until, notice_months=3)

    assert Agreement.objects.with_deadlines(day).get().acts_by == acts_by


@pytest.mark.parametrize(
    ("day", "ends_on"),
    [
        (date(2026, 12, 30), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2028, 12, 31)),
    ],
)
def test_renewed_term_begins_the_day_after(
    partnership: Partnership, day: date, ends_on: date
) -> None:
    until = date(2024, 12, 31)
    make_agreement(partnership=partnership, term="renews", valid_until=until, renewal_months=24)

    assert Agreement.objects.with_deadlines(day).get().ends_on == ends_on


# Contacts


def test_contact_is_in_office_on_the_last_valid_day(about: dict[str, Any]) -> None:
    made = around(make_contact, "valid_until", **about)

    assert found(Contact.objects.on(DAY), made) == {"today", "tomorrow"}


def test_contact_expires_the_day_after_the_one_to_delete_it(about: dict[str, Any]) -> None:
    made = around(make_contact, "delete_after_on", name="Demo Person", **about)
    make_contact(name="Ohne Tag", **about)

    assert found(expired_contacts(DAY), made) == {"yesterday"}
    assert clear_expired_contacts(DAY) == 1
    named = Contact.objects.exclude(name="").exclude(delete_after_on=None)
    assert found(named, made) == {"today", "tomorrow"}


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), 1),
    ],
)
def test_contact_expires_at_midnight_in_saxony(
    about: dict[str, Any], monkeypatch: pytest.MonkeyPatch, moment: datetime, number: int
) -> None:
    make_contact(name="Demo Person", delete_after_on=DAY, **about)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    assert clear_expired_contacts(today()) == number


def test_contact_unconfirmed_since_a_day(about: dict[str, Any], people: People) -> None:
    made = around(make_contact, "confirmed_on", confirmed_by=people.officer, **about)
    made[make_contact(**about).pk] = "never"

    assert found(Contact.objects.unconfirmed_since(DAY), made) == {"yesterday", "never"}


def test_subject_record_unconfirmed_since_a_day(about: dict[str, Any], people: People) -> None:
    def make(**fields: Any) -> SubjectRecord:
        return make_subject_record(area=make_subject_area(), **fields)

    released = {"released_by": people.officer, **about}
    made = around(make, "confirmed_on", confirmed_by=people.officer, **released)
    made[make(**released).pk] = "never"
    make(**about)

    assert found(SubjectRecord.objects.unconfirmed_since(DAY), made) == {"yesterday", "never"}

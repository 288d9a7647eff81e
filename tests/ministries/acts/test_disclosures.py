"""Whoever takes data out says what for, may fetch it for a quarter of an hour, and nobody else may."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ministries.accounts.disclosure_actions import handed_out, open_readings, record_disclosure
from ministries.models import Disclosure, Role, User
from tests.factories import NOW, make_appointment, make_ministry, make_user

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)
SECOND = timedelta(seconds=1)


@pytest.fixture
def officer() -> User:
    return make_user(role=Role.OFFICER, ministry=make_ministry(abbreviation="SMWK"))


def record(by: User, *, now: datetime = NOW, **changes: Any) -> Disclosure:
    values = {"kind": Disclosure.Kind.EXPORT, "subject": "Kontakte", "purpose": "Einladung"}
    return record_disclosure(**(values | changes), by=by, now=now)


def test_disclosure_keeps_who_what_and_what_for(officer: User) -> None:
    make_appointment(user=officer, role=Role.HEAD, ministry=make_ministry(abbreviation="SMI"))

    made = record_disclosure(
        kind=Disclosure.Kind.EXPORT,
        subject="Kontakte",
        purpose="Einladung",
        number=12,
        query="q=Flandern",
        by=officer,
        now=NOW,
    )

    found = Disclosure.objects.get()
    assert made == found
    assert (found.kind, found.subject, found.purpose) == ("export", "Kontakte", "Einladung")
    assert (found.number, found.query) == (12, "q=Flandern")
    assert found.capacity == "Bearbeitung (Ressort), SMWK, Freigabe (Ressort), SMI"
    assert (found.made_at, found.made_by) == (NOW, officer)


def test_disclosure_of_one_thing_without_filter(officer: User) -> None:
    record(officer)

    found = Disclosure.objects.get()
    assert (found.number, found.query) == (1, "")


def test_long_texts_are_cut_to_their_columns(officer: User) -> None:
    for number in range(9):
        house = make_ministry(abbreviation=f"LANG{number}")
        make_appointment(user=officer, role=Role.OFFICER, ministry=house)

    record(officer, subject="s" * 201, purpose="p" * 301, query="q" * 501)

    found = Disclosure.objects.get()
    assert (found.subject, found.purpose, found.query) == ("s" * 200, "p" * 300, "q" * 500)
    assert len(found.capacity) == 200


@pytest.mark.parametrize(("age", "there"), [(QUARTER, True), (QUARTER + SECOND, False)])
def test_a_quarter_of_an_hour_long(officer: User, age: timedelta, there: bool) -> None:
    record(officer, now=NOW - age)
    record(officer, now=NOW - age, kind=Disclosure.Kind.READING)

    assert handed_out(subject="Kontakte", by=officer, now=NOW).exists() is there
    assert open_readings(by=officer, now=NOW).exists() is there


def test_what_is_handed_out_is_of_that_subject_and_kind(officer: User) -> None:
    wanted = record(officer)
    record(officer, subject="Alle Daten des Hauses")
    record(officer, kind=Disclosure.Kind.READING)

    assert list(handed_out(subject="Kontakte", by=officer, now=NOW)) == [wanted]


def test_readings_are_of_that_kind(officer: User) -> None:
    record(officer)
    wanted = record(officer, kind=Disclosure.Kind.READING)

    assert list(open_readings(by=officer, now=NOW)) == [wanted]


def test_nobody_fetches_what_a_colleague_asked_for(officer: User) -> None:
    house = officer.appointments.get().ministry
    colleague = make_user(role=Role.OFFICER, ministry=house)
    record(officer)
    record(officer, kind=Disclosure.Kind.READING)

    assert not handed_out(subject="Kontakte", by=colleague, now=NOW).exists()
    assert not open_readings(by=colleague, now=NOW).exists()

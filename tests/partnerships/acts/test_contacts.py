"""Contacts: created, and confirmed once a year."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ministries.models import User
from partnerships.actions.contacts import (
    confirm_contact,
    create_contact,
    keep_until,
)
from partnerships.models import Contact
from tests.factories import TODAY
from tests.partnerships.conftest import People
from tests.record_factories import make_contact
from ui.errors import Conflict, Refusal

IN_TWO_YEARS = date(2028, 11, 23)


def new(people: People, **fields: Any) -> Contact:
    return Contact(ministry=people.house, **{"function": "Leitung"} | fields)


def confirm(contact: Contact, *, by: User) -> None:
    confirm_contact(contact=contact, expected_version=1, by=by, today=TODAY)


# How long it is kept


def test_kept_for_two_years() -> None:
    assert keep_until(TODAY) == IN_TWO_YEARS


def test_kept_until_the_last_of_a_shorter_month() -> None:
    assert keep_until(date(2028, 2, 29)) == date(2030, 2, 28)


def test_kept_as_long_as_the_settings_say(settings: Any) -> None:
    settings.CONTACT_MONTHS = 1

    assert keep_until(date(2026, 12, 31)) == date(2027, 1, 31)


# Created


def test_created_one_counts_as_confirmed(people: People, colleague: User) -> None:
    contact = new(people, is_confidential=True)

    created = create_contact(
        contact=contact, links={"circle": [colleague]}, by=people.officer, today=TODAY
    )

    stored = Contact.objects.get()
    assert created == stored
    assert (stored.confirmed_on, stored.confirmed_by) == (TODAY, people.officer)
    assert (stored.delete_after_on, stored.function) == (IN_TWO_YEARS, "Leitung")
    assert list(stored.circle.all()) == [colleague]


def test_wrong_address_is_refused(people: People) -> None:
    contact = new(people, email="keine Adresse")

    with pytest.raises(ValidationError):
        create_contact(contact=contact, links={}, by=people.officer, today=TODAY)


def test_create_is_for_its_house(people: People, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        create_contact(contact=new(people), links={}, by=outsider, today=TODAY)


# Confirmed


def test_confirmed_one_is_kept_longer(people: People) -> None:
    contact = make_contact(ministry=people.house, delete_after_on=TODAY)

    confirm(contact, by=people.officer)

    contact.refresh_from_db()
    assert (contact.confirmed_on, contact.confirmed_by) == (TODAY, people.officer)
    assert (contact.delete_after_on, contact.version) == (IN_TWO_YEARS, 2)


def test_confirm_of_an_older_version_is_a_conflict(people: People) -> None:
    with pytest.raises(Conflict):
        confirm(make_contact(ministry=people.house, version=2), by=people.officer)


def test_archived_one_is_not_confirmed(people: People) -> None:
    gone = {"archived_on": TODAY, "archived_by": people.officer, "archive_reason": "doppelt"}

    with pytest.raises(Refusal, match="archiviert"):
        confirm(make_contact(ministry=people.house, **gone), by=people.officer)


def test_confirm_is_for_its_house(people: People, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        confirm(make_contact(ministry=people.house), by=outsider)

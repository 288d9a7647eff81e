"""Contacts: created, confirmed once a year, and found where they resemble each other."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ministries.models import User
from partnerships.models import Contact
from partnerships.records.contacts.actions import (
    confirm_contact,
    create_contact,
    keep_until,
    resembling_contacts,
)
from tests.factories import TODAY, make_ministry, make_partnership
from tests.partnerships.conftest import People
from tests.record_factories import make_contact
from ui.errors import Conflict, Refusal

IN_TWO_YEARS = date(2028, 11, 23)
AS_SEEN: dict[str, Any] = {"expected_version": 1, "today": TODAY}


def new(people: People, **fields: Any) -> Contact:
    return Contact(ministry=people.house, **{"function": "Leitung"} | fields)


def confirm(contact: Contact, *, by: User) -> None:
    confirm_contact(contact=contact, expected_version=1, by=by, today=TODAY)


def resembling(user: User, *, name: str = "", email: str = "", partnership: Any = None) -> Any:
    return resembling_contacts(name=name, email=email, partnership=partnership, user=user)


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
        confirm_contact(
            contact=make_contact(ministry=people.house, version=2), by=people.officer, **AS_SEEN
        )


def test_archived_one_is_not_confirmed(people: People) -> None:
    gone = {"archived_on": TODAY, "archived_by": people.officer, "archive_reason": "doppelt"}

    with pytest.raises(Refusal, match="archiviert"):
        confirm_contact(
            contact=make_contact(ministry=people.house, **gone), by=people.officer, **AS_SEEN
        )


def test_confirm_is_for_its_house(people: People, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        confirm_contact(contact=make_contact(ministry=people.house), by=outsider, **AS_SEEN)


# Resembling


def test_same_address_resembles_wherever_it_is(people: People) -> None:
    contact = make_contact(
        ministry=people.house, partnership=make_partnership(), email="Gast@demo.example"
    )
    make_contact(ministry=people.house, email="anderer-gast@demo.example")

    assert resembling(people.officer, email="gast@Demo.example") == [contact]


def test_nearly_the_same_name_resembles_at_the_same_partnership(people: People) -> None:
    here, there = make_partnership(), make_partnership()
    about = {"ministry": people.house, "name": "Katarzyna Wiśniewska"}
    contact = make_contact(partnership=here, **about)
    make_contact(partnership=there, **about)
    make_contact(**about)
    make_contact(partnership=here, ministry=people.house, name="Katarzyna Nowak")

    assert resembling(people.officer, name="Katarzyna Wisniewska", partnership=here) == [contact]


def test_without_partnership_a_name_resembles_those_without(people: People) -> None:
    contact = make_contact(ministry=people.house, name="Demo Gast")
    make_contact(ministry=people.house, name="Demo Gast", partnership=make_partnership())

    assert resembling(people.officer, name="Demo Gast") == [contact]


def test_name_and_address_find_either(people: People) -> None:
    contacts = [
        make_contact(ministry=people.house, name="Demo Gast"),
        make_contact(ministry=people.house, email="gast@demo.example"),
    ]

    assert resembling(people.officer, name="Demo Gast", email="gast@demo.example") == contacts


def test_three_at_most_the_oldest_first(people: People) -> None:
    contacts = [make_contact(ministry=people.house, name="Demo Gast") for _ in range(4)]

    assert resembling(people.officer, name="Demo Gast") == contacts[:3]


def test_nothing_resembles_nothing(people: People) -> None:
    make_contact(ministry=people.house)

    assert resembling(people.officer) == []


def test_address_alone_does_not_resemble_those_without_one(people: People) -> None:
    make_contact(ministry=people.house)

    assert resembling(people.officer, email="gast@demo.example") == []


@pytest.mark.parametrize("hidden", [{"is_confidential": True}, {"visibility": "house"}])
def test_what_one_does_not_see_resembles_nothing(people: People, hidden: dict[str, Any]) -> None:
    make_contact(ministry=make_ministry(), name="Demo Gast", **hidden)

    assert resembling(people.officer, name="Demo Gast") == []


def test_archived_one_resembles_nothing(people: People) -> None:
    gone = {"archived_on": TODAY, "archived_by": people.officer, "archive_reason": "doppelt"}
    make_contact(ministry=people.house, name="Demo Gast", **gone)

    assert resembling(people.officer, name="Demo Gast") == []

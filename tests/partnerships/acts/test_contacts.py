"""Contacts merged: what becomes of both, and who reads the one that is kept."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.test import Client

from ministries.models import Role, User
from partnerships.actions.contacts import merge_contacts
from partnerships.models import Contact
from tests.factories import TODAY, make_appointment
from tests.partnerships.conftest import People
from tests.record_factories import make_contact

SignIn = Callable[[User], Client]


def make_confidential(people: People, *circle: User, **fields: Any) -> Contact:
    contact = make_contact(ministry=people.house, is_confidential=True, **fields)
    contact.circle.set(circle)
    return contact


def merge(kept: Contact, other: Contact, *, by: User, version: int = 1) -> None:
    merge_contacts(kept=kept, other=other, expected_version=version, by=by, today=TODAY)
    kept.refresh_from_db()
    other.refresh_from_db()


def readers(contact: Contact) -> set[User]:
    """The coordination reads every confidential one without being named in its circle."""
    return {user for user in User.objects.all() if contact in Contact.objects.visible_to(user)}


def test_open_one_that_takes_over_a_confidential_one_keeps_its_circle(
    people: People, colleague: User
) -> None:
    kept = make_contact(ministry=people.house)
    other = make_confidential(people, people.officer, colleague)

    merge(kept, other, by=people.officer)

    assert kept.is_confidential
    assert set(kept.circle.all()) == {people.officer, colleague}
    assert readers(kept) == {people.officer, colleague, people.coordinator}


def test_who_merges_into_an_open_one_is_not_locked_out(people: People, colleague: User) -> None:
    make_appointment(user=people.officer, role=Role.COORDINATOR)
    kept = make_contact(ministry=people.house)
    other = make_confidential(people, colleague)

    merge(kept, other, by=people.officer)

    assert set(kept.circle.all()) == {people.officer, colleague}


def test_confidential_one_that_takes_over_an_open_one_stays_confidential(
    people: People, colleague: User
) -> None:
    kept = make_confidential(people, people.officer, colleague)
    other = make_contact(ministry=people.house)

    merge(kept, other, by=people.officer)

    assert kept.is_confidential
    assert set(kept.circle.all()) == {people.officer, colleague}
    assert readers(kept) == {people.officer, colleague, people.coordinator}


def test_two_confidential_ones_have_both_circles(people: People, colleague: User) -> None:
    kept = make_confidential(people, people.officer)
    other = make_confidential(people, people.officer, colleague)

    merge(kept, other, by=people.officer)

    assert set(kept.circle.all()) == {people.officer, colleague}


def test_coordination_is_not_named_in_a_circle_there_was(people: People, colleague: User) -> None:
    make_appointment(user=people.officer, role=Role.COORDINATOR)
    kept = make_confidential(people, colleague)
    other = make_contact(ministry=people.house)

    merge(kept, other, by=people.officer)

    assert set(kept.circle.all()) == {colleague}


def test_two_open_ones_stay_open(people: People) -> None:
    kept, other = make_contact(ministry=people.house), make_contact(ministry=people.house)

    merge(kept, other, by=people.officer)

    assert not kept.is_confidential
    assert not kept.circle.exists()
    assert people.chief in readers(kept)


def test_page_of_a_confidential_one_is_open_after_the_merge(
    people: People, sign_in: SignIn
) -> None:
    kept = make_contact(ministry=people.house)
    other = make_confidential(people, people.officer)
    sent = {"other": other.pk, "_version": 1, "_token": uuid4()}

    answer = sign_in(people.officer).post(
        f"/kontakte/{kept.pk}/zusammenfuehren/", sent, follow=True
    )

    assert answer.status_code == 200
    assert answer.context["contact"] == kept

"""Wiedervorlagen: made in the house one works for."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ministries.models import User
from partnerships.actions.follow_ups import create_follow_up
from partnerships.models import FollowUp, Partnership
from tests.factories import TODAY, make_partnership
from tests.partnerships.conftest import People


@pytest.fixture
def partnership(people: People) -> Partnership:
    return make_partnership()


def new(people: People, partnership: Partnership, **fields: Any) -> FollowUp:
    common = {"ministry": people.house, "partnership": partnership, "due_on": TODAY}
    return FollowUp(**common | {"text": "Nachfragen"} | fields)


# Made


def test_made_for_a_person(people: People, partnership: Partnership, colleague: User) -> None:
    follow_up = new(people, partnership, assigned_to=colleague)

    created = create_follow_up(follow_up=follow_up, by=people.officer)

    stored = FollowUp.objects.get()
    assert (created, stored.ministry, stored.partnership) == (stored, people.house, partnership)
    assert (stored.text, stored.due_on, stored.assigned_to) == ("Nachfragen", TODAY, colleague)


def test_coordination_makes_them_in_its_own_house(people: People, partnership: Partnership) -> None:
    chancellery = people.coordinator.appointments.get().ministry

    create_follow_up(
        follow_up=new(people, partnership, ministry=chancellery), by=people.coordinator
    )

    assert FollowUp.objects.get().ministry == chancellery


def test_made_without_a_text_is_refused(people: People, partnership: Partnership) -> None:
    with pytest.raises(ValidationError, match="text"):
        create_follow_up(follow_up=new(people, partnership, text=""), by=people.officer)


def test_making_is_for_its_house(people: People, partnership: Partnership, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        create_follow_up(follow_up=new(people, partnership), by=outsider)


def test_nobody_makes_one_for_oneself_in_another_house(
    people: People, partnership: Partnership, outsider: User
) -> None:
    follow_up = new(people, partnership, assigned_to=outsider)

    with pytest.raises(PermissionDenied):
        create_follow_up(follow_up=follow_up, by=outsider)


def test_blocked_account_makes_none(people: People, partnership: Partnership) -> None:
    people.officer.is_active = False

    with pytest.raises(PermissionDenied):
        create_follow_up(follow_up=new(people, partnership), by=people.officer)

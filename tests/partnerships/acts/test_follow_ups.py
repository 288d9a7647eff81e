"""Wiedervorlagen: made, changed, done, moved, and handed on to a colleague."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ministries.models import Role, User
from partnerships.actions.follow_ups import change_follow_up, create_follow_up
from partnerships.models import FollowUp, Partnership
from tests.factories import NOW, TODAY, make_ministry, make_partnership, make_user
from tests.partnerships.conftest import People
from tests.record_factories import make_follow_up
from ui.errors import Conflict, Refusal


@pytest.fixture
def partnership(people: People) -> Partnership:
    return make_partnership()


def new(people: People, partnership: Partnership, **fields: Any) -> FollowUp:
    common = {"ministry": people.house, "partnership": partnership, "due_on": TODAY}
    return FollowUp(**common | {"text": "Nachfragen"} | fields)


def make(people: People, partnership: Partnership, **fields: Any) -> FollowUp:
    return make_follow_up(ministry=people.house, partnership=partnership, **fields)


def done(user: User) -> dict[str, Any]:
    return {"done_at": NOW, "done_by": user}


def change(follow_up: FollowUp, *fields: str, by: User) -> FollowUp:
    change_follow_up(follow_up=follow_up, fields=fields, expected_version=1, by=by)
    return FollowUp.objects.get(pk=follow_up.pk)


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


# Changed


def test_changed_where_it_says(people: People, partnership: Partnership) -> None:
    follow_up = make(people, partnership, text="Alt", due_on=TODAY)
    follow_up.text, follow_up.due_on = "Neu", TODAY + timedelta(days=1)

    stored = change(follow_up, "text", by=people.officer)

    assert (stored.text, stored.due_on, stored.version) == ("Neu", TODAY, 2)


def test_person_of_another_house_hands_on_what_is_meant_for_them(
    people: People, partnership: Partnership
) -> None:
    """As somebody does who has gone to another house."""
    gone = make_user(role=Role.OFFICER, ministry=make_ministry())
    follow_up = make(people, partnership, assigned_to=gone)
    follow_up.assigned_to = people.officer

    assert change(follow_up, "assigned_to", by=gone).assigned_to == people.officer


def test_nobody_takes_one_of_another_house(
    people: People, partnership: Partnership, outsider: User
) -> None:
    follow_up = make(people, partnership)
    follow_up.assigned_to = outsider

    with pytest.raises(PermissionDenied):
        change(follow_up, "assigned_to", by=outsider)


def test_done_one_is_not_changed(people: People, partnership: Partnership) -> None:
    follow_up = make(people, partnership, **done(people.officer))

    with pytest.raises(Refusal, match="Öffnen Sie sie wieder"):
        change(follow_up, "text", by=people.officer)


def test_change_to_no_text_is_refused(people: People, partnership: Partnership) -> None:
    follow_up = make(people, partnership)
    follow_up.text = ""

    with pytest.raises(ValidationError, match="text"):
        change(follow_up, "text", by=people.officer)


def test_change_of_an_older_version_is_a_conflict(people: People, partnership: Partnership) -> None:
    with pytest.raises(Conflict):
        change(make(people, partnership, version=2), "text", by=people.officer)

"""Wiedervorlagen: made, changed, done, moved, and handed on to a colleague."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ministries.models import Role, User
from partnerships.models import FollowUp, Partnership
from partnerships.records.follow_ups.actions import (
    change_follow_up,
    create_follow_up,
    finish_follow_up,
    move_follow_up,
    reopen_follow_up,
)
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


def finish(follow_up: FollowUp, *, by: User) -> None:
    finish_follow_up(follow_up=follow_up, expected_version=1, by=by, now=NOW)


def reopen(follow_up: FollowUp, *, by: User) -> None:
    reopen_follow_up(follow_up=follow_up, expected_version=1, by=by)


def move(follow_up: FollowUp, step: str = "week", *, by: User) -> None:
    move_follow_up(follow_up=follow_up, step=step, expected_version=1, by=by, today=TODAY)


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
        change_follow_up(
            follow_up=follow_up, fields=["assigned_to"], expected_version=1, by=outsider
        )


def test_done_one_is_not_changed(people: People, partnership: Partnership) -> None:
    follow_up = make(people, partnership, **done(people.officer))

    with pytest.raises(Refusal, match="Öffnen Sie sie wieder"):
        change_follow_up(
            follow_up=follow_up, fields=["text"], expected_version=1, by=people.officer
        )


def test_change_to_no_text_is_refused(people: People, partnership: Partnership) -> None:
    follow_up = make(people, partnership)
    follow_up.text = ""

    with pytest.raises(ValidationError, match="text"):
        change_follow_up(
            follow_up=follow_up, fields=["text"], expected_version=1, by=people.officer
        )


def test_change_of_an_older_version_is_a_conflict(people: People, partnership: Partnership) -> None:
    with pytest.raises(Conflict):
        change_follow_up(
            follow_up=make(people, partnership, version=2),
            fields=["text"],
            expected_version=1,
            by=people.officer,
        )


def test_change_is_for_its_house(people: People, partnership: Partnership, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        change_follow_up(
            follow_up=make(people, partnership), fields=["text"], expected_version=1, by=outsider
        )


# Done, and open again


def test_done_with_time_and_person(people: People, partnership: Partnership) -> None:
    follow_up = make(people, partnership)

    finish(follow_up, by=people.officer)

    stored = FollowUp.objects.get()
    assert (stored.done_at, stored.done_by, stored.version) == (NOW, people.officer, 2)


def test_person_of_another_house_finishes_what_is_meant_for_them(
    people: People, partnership: Partnership
) -> None:
    gone = make_user(role=Role.OFFICER, ministry=make_ministry())

    finish(make(people, partnership, assigned_to=gone), by=gone)

    assert FollowUp.objects.get().done_by == gone


def test_done_once_only(people: People, partnership: Partnership) -> None:
    follow_up = make(people, partnership, text="Nachfragen", **done(people.officer))

    with pytest.raises(Refusal, match="„Nachfragen“ ist schon erledigt"):
        finish_follow_up(follow_up=follow_up, expected_version=1, by=people.officer, now=NOW)


def test_done_of_an_older_version_is_a_conflict(people: People, partnership: Partnership) -> None:
    with pytest.raises(Conflict):
        finish_follow_up(
            follow_up=make(people, partnership, version=2),
            expected_version=1,
            by=people.officer,
            now=NOW,
        )


def test_done_is_for_its_house(people: People, partnership: Partnership, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        finish_follow_up(
            follow_up=make(people, partnership), expected_version=1, by=outsider, now=NOW
        )


def test_what_was_meant_for_somebody_without_a_function_is_not_theirs_any_more(
    people: People, partnership: Partnership
) -> None:
    retired = make_user()

    with pytest.raises(PermissionDenied):
        finish_follow_up(
            follow_up=make(people, partnership, assigned_to=retired),
            expected_version=1,
            by=retired,
            now=NOW,
        )


def test_reopened_one_is_open(people: People, partnership: Partnership) -> None:
    follow_up = make(people, partnership, **done(people.officer))

    reopen(follow_up, by=people.officer)

    stored = FollowUp.objects.get()
    assert (stored.done_at, stored.done_by, stored.version) == (None, None, 2)


def test_open_one_is_not_reopened(people: People, partnership: Partnership) -> None:
    follow_up = make(people, partnership, text="Nachfragen")

    with pytest.raises(Refusal, match="„Nachfragen“ ist noch offen"):
        reopen_follow_up(follow_up=follow_up, expected_version=1, by=people.officer)


def test_reopening_of_an_older_version_is_a_conflict(
    people: People, partnership: Partnership
) -> None:
    with pytest.raises(Conflict):
        reopen_follow_up(
            follow_up=make(people, partnership, version=2, **done(people.officer)),
            expected_version=1,
            by=people.officer,
        )


def test_reopening_is_for_its_house(
    people: People, partnership: Partnership, outsider: User
) -> None:
    with pytest.raises(PermissionDenied):
        reopen_follow_up(
            follow_up=make(people, partnership, **done(people.officer)),
            expected_version=1,
            by=outsider,
        )


# Moved


@pytest.mark.parametrize(
    ("due_on", "step", "moved_to"),
    [
        (date(2026, 12, 1), "week", date(2026, 12, 8)),
        (TODAY, "week", date(2026, 11, 30)),
        (date(2026, 11, 1), "week", date(2026, 11, 30)),
        (date(2027, 1, 31), "month", date(2027, 2, 28)),
        (date(2026, 11, 1), "month", date(2026, 12, 23)),
    ],
)
def test_moved_on_from_its_day_or_from_today(
    people: People, partnership: Partnership, due_on: date, step: str, moved_to: date
) -> None:
    move(make(people, partnership, due_on=due_on), step, by=people.officer)

    stored = FollowUp.objects.get()
    assert (stored.due_on, stored.version) == (moved_to, 2)


def test_done_one_is_not_moved(people: People, partnership: Partnership) -> None:
    follow_up = make(people, partnership, text="Nachfragen", **done(people.officer))

    with pytest.raises(Refusal, match="„Nachfragen“ ist schon erledigt"):
        move_follow_up(
            follow_up=follow_up, step="week", expected_version=1, by=people.officer, today=TODAY
        )


def test_move_of_an_older_version_is_a_conflict(people: People, partnership: Partnership) -> None:
    with pytest.raises(Conflict):
        move_follow_up(
            follow_up=make(people, partnership, version=2),
            step="week",
            expected_version=1,
            by=people.officer,
            today=TODAY,
        )


def test_move_is_for_its_house(people: People, partnership: Partnership, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        move_follow_up(
            follow_up=make(people, partnership),
            step="week",
            expected_version=1,
            by=outsider,
            today=TODAY,
        )


def test_right_to_write_is_about_one_follow_up(people: People) -> None:
    assert not people.officer.has_perm("partnerships.write_follow_up")

"""All that is open and meant for somebody goes to a colleague."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ministries.models import Ministry, Role, User
from partnerships.models import FollowUp
from partnerships.records.follow_ups.actions import hand_over_follow_ups
from tests.factories import NOW, make_appointment, make_ministry, make_partnership, make_user
from tests.partnerships.conftest import People
from tests.record_factories import make_contact, make_follow_up
from ui.errors import Refusal


def make(house: Ministry, assigned_to: User, **fields: Any) -> FollowUp:
    fields = {"partnership": make_partnership()} | fields
    return make_follow_up(ministry=house, assigned_to=assigned_to, **fields)


def hand_over(to: User, *, by: User) -> int:
    return hand_over_follow_ups(to=to, reason="Wechsel", by=by)


def holder(follow_up: FollowUp) -> tuple[User | None, int]:
    follow_up.refresh_from_db()
    return follow_up.assigned_to, follow_up.version


def test_all_that_is_open_goes_over(people: People, colleague: User) -> None:
    first, second = (make(people.house, people.officer) for _ in range(2))

    number = hand_over(colleague, by=people.officer)

    assert number == 2
    assert (holder(first), holder(second)) == ((colleague, 2), (colleague, 2))


def test_reason_is_in_the_history_of_each(people: People, colleague: User) -> None:
    first, second = (make(people.house, people.officer) for _ in range(2))

    hand_over(colleague, by=people.officer)

    events = FollowUp.pgh_event_model.objects.filter(pgh_label="update")  # type: ignore[attr-defined]
    told = {(event.pgh_obj_id, event.pgh_context["reason"]) for event in events}
    assert told == {(first.pk, "Wechsel"), (second.pk, "Wechsel")}


def test_what_is_done_or_of_somebody_else_stays(people: People, colleague: User) -> None:
    third = make_user(role=Role.OFFICER, ministry=people.house)
    make(people.house, people.officer)
    done = make(people.house, people.officer, done_at=NOW, done_by=people.officer)
    other = make(people.house, third)

    hand_over(colleague, by=people.officer)

    assert (holder(done), holder(other)) == ((people.officer, 1), (third, 1))


def test_what_belongs_to_a_house_the_colleague_is_not_of_stays(
    people: People, colleague: User
) -> None:
    second = make_ministry()
    make_appointment(user=people.officer, role=Role.OFFICER, ministry=second)
    make(people.house, people.officer)
    elsewhere = make(second, people.officer)

    hand_over(colleague, by=people.officer)

    assert holder(elsewhere) == (people.officer, 1)


def test_what_one_does_not_see_any_more_stays(people: People, colleague: User) -> None:
    secret = make_contact(ministry=people.house, is_confidential=True)
    make(people.house, people.officer)
    hidden = make(people.house, people.officer, contact=secret)

    hand_over(colleague, by=people.officer)

    assert holder(hidden) == (people.officer, 1)


def test_coordination_of_the_house_takes_over(people: People) -> None:
    coordinator = make_user(role=Role.COORDINATOR, ministry=people.house)
    follow_up = make(people.house, people.officer)

    hand_over(coordinator, by=people.officer)

    assert holder(follow_up) == (coordinator, 2)


def test_nothing_to_hand_over_is_told(people: People, colleague: User) -> None:
    with pytest.raises(Refusal, match=f"keine offene Wiedervorlage, die {colleague} übernehmen"):
        hand_over_follow_ups(to=colleague, reason="Wechsel", by=people.officer)


def test_manager_takes_nothing_over(people: People) -> None:
    manager = make_user(role=Role.MANAGER, ministry=people.house)
    follow_up = make(people.house, people.officer)

    with pytest.raises(Refusal, match="keine offene Wiedervorlage"):
        hand_over_follow_ups(to=manager, reason="Wechsel", by=people.officer)

    assert holder(follow_up) == (people.officer, 1)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_keeps_none_hands_none_over(people: People, colleague: User, role: Role) -> None:
    by = make_user(role=role, ministry=people.house)
    make(people.house, by)

    with pytest.raises(PermissionDenied):
        hand_over_follow_ups(to=colleague, reason="Wechsel", by=by)

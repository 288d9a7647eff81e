"""Sessions of a working group are entered, corrected and struck by its house."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from partnerships.models import Meeting, WorkingGroup
from partnerships.records.shared.actions import archive_record
from partnerships.records.working_groups.actions import add_meeting, change_meeting, remove_meeting
from tests.factories import TODAY, make_partnership
from tests.partnerships.acts import strangers
from tests.partnerships.acts.reasons import last_event
from tests.partnerships.conftest import People
from tests.record_factories import make_commitment, make_meeting, make_working_group
from ui.errors import Conflict, Refusal

DAY = date(2026, 4, 3)


@pytest.fixture
def group(people: People) -> WorkingGroup:
    """One of two of the house."""
    partnership = make_partnership()
    make_working_group(ministry=people.house, partnership=partnership)
    return make_working_group(ministry=people.house, partnership=partnership)


@pytest.fixture
def meeting(group: WorkingGroup) -> Meeting:
    return make_meeting(working_group=group, held_on=DAY, place="Dresden")


def archive(people: People, group: WorkingGroup) -> None:
    archive_record(
        record=group, reason="Aufgelöst", expected_version=1, by=people.officer, today=TODAY
    )


def seen(people: People, meeting: Meeting, **changes: Any) -> dict[str, Any]:
    return {"meeting": meeting, "expected_version": 1, "by": people.officer} | changes


# Entered


def test_session_is_entered(people: People, group: WorkingGroup) -> None:
    new = Meeting(working_group=group, held_on=DAY, place="Gent")

    result = add_meeting(meeting=new, by=people.officer)

    row = Meeting.objects.get()
    assert (row, row.working_group, row.held_on, row.place) == (result, group, DAY, "Gent")


def test_second_session_of_a_day_is_not_entered(people: People, meeting: Meeting) -> None:
    again = Meeting(working_group=meeting.working_group, held_on=DAY)

    with pytest.raises(ValidationError, match="schon erfasst"):
        add_meeting(meeting=again, by=people.officer)


def test_session_of_an_archived_group_is_not_entered(people: People, group: WorkingGroup) -> None:
    opened_before = WorkingGroup.objects.get(pk=group.pk)
    archive(people, group)

    with pytest.raises(Refusal, match="archiviert"):
        add_meeting(meeting=Meeting(working_group=opened_before, held_on=DAY), by=people.officer)

    assert not Meeting.objects.exists()


def test_session_is_entered_by_the_house_of_the_group_alone(
    people: People, group: WorkingGroup
) -> None:
    for stranger in strangers.to_a_house(people.house):
        with pytest.raises(PermissionDenied):
            add_meeting(meeting=Meeting(working_group=group, held_on=DAY), by=stranger)

    assert not Meeting.objects.exists()


# Corrected


def test_named_fields_of_a_session_are_written_and_no_others(
    people: People, meeting: Meeting
) -> None:
    meeting.minutes, meeting.place = "Beschlossen", "Gent"

    result = change_meeting(**seen(people, meeting), fields=["minutes"])

    row = Meeting.objects.get()
    assert result == row
    assert (row.minutes, row.place, row.version) == ("Beschlossen", "Dresden", 2)


def test_session_does_not_move_to_the_day_of_another(people: People, meeting: Meeting) -> None:
    other = make_meeting(working_group=meeting.working_group)
    other.held_on = DAY

    with pytest.raises(ValidationError, match="schon erfasst"):
        change_meeting(**seen(people, other), fields=["held_on"])


def test_session_of_an_archived_group_is_not_changed(people: People, meeting: Meeting) -> None:
    archive(people, meeting.working_group)
    meeting.minutes = "Beschlossen"

    with pytest.raises(Refusal, match="archiviert"):
        change_meeting(**seen(people, meeting), fields=["minutes"])


def test_session_changed_meanwhile_is_a_conflict(people: People, meeting: Meeting) -> None:
    meeting.minutes = "Beschlossen"

    with pytest.raises(Conflict):
        change_meeting(**seen(people, meeting, expected_version=7), fields=["minutes"])

    assert Meeting.objects.get().minutes == ""


def test_session_is_changed_by_the_house_of_the_group_alone(
    people: People, meeting: Meeting
) -> None:
    meeting.minutes = "Beschlossen"

    for stranger in strangers.to_a_house(people.house):
        with pytest.raises(PermissionDenied):
            change_meeting(**seen(people, meeting, by=stranger), fields=["minutes"])

    assert Meeting.objects.get().minutes == ""


# Struck


def test_session_is_struck_and_stays_in_the_history(people: People, meeting: Meeting) -> None:
    kept = make_meeting(working_group=meeting.working_group)

    remove_meeting(**seen(people, meeting))

    assert Meeting.objects.get() == kept
    assert last_event(meeting).place == "Dresden"


def test_session_with_a_commitment_is_not_struck(people: People, meeting: Meeting) -> None:
    make_commitment(
        ministry=people.house, partnership=meeting.working_group.partnership, meeting=meeting
    )

    with pytest.raises(Refusal, match="wurde etwas zugesagt"):
        remove_meeting(**seen(people, meeting))


def test_commitment_of_another_session_does_not_matter(people: People, meeting: Meeting) -> None:
    kept = make_meeting(working_group=meeting.working_group)
    make_commitment(
        ministry=people.house, partnership=meeting.working_group.partnership, meeting=kept
    )

    remove_meeting(**seen(people, meeting))

    assert Meeting.objects.get() == kept


def test_session_of_an_archived_group_is_not_struck(people: People, meeting: Meeting) -> None:
    archive(people, meeting.working_group)

    with pytest.raises(Refusal, match="archiviert"):
        remove_meeting(**seen(people, meeting))


def test_session_changed_meanwhile_is_not_struck(people: People, meeting: Meeting) -> None:
    make_meeting(working_group=meeting.working_group)

    with pytest.raises(Conflict) as told:
        remove_meeting(**seen(people, meeting, expected_version=7))

    assert told.value.current == meeting
    assert Meeting.objects.filter(pk=meeting.pk).exists()


def test_session_is_struck_by_the_house_of_the_group_alone(
    people: People, meeting: Meeting
) -> None:
    for stranger in strangers.to_a_house(people.house):
        with pytest.raises(PermissionDenied):
            remove_meeting(**seen(people, meeting, by=stranger))

    assert Meeting.objects.get() == meeting

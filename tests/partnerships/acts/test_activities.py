"""What an activity goes through: announced, scheduled, done, called off."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ministries.models import User
from partnerships.models import Activity
from partnerships.records.activities.actions import move_activity, moves_of, report_activity
from tests.factories import TODAY
from tests.partnerships.conftest import People
from tests.record_factories import make_activity
from ui.errors import Conflict, Refusal

NEXT = {
    "planned": {"announced", "scheduled", "done", "cancelled"},
    "announced": {"planned", "scheduled", "done", "cancelled"},
    "scheduled": {"planned", "done", "cancelled"},
    "done": {"scheduled"},
    "cancelled": {"planned"},
}
MOVES = [(source, target) for source, targets in NEXT.items() for target in sorted(targets)]
REPORT: dict[str, Any] = {"results": "Drei Konzerte", "expected_version": 1, "today": TODAY}
OTHERS = [(source, target) for source in NEXT for target in NEXT if target not in NEXT[source]]


def make(people: People, state: str = "planned", **fields: Any) -> Activity:
    reason = "Unwetter" if state == "cancelled" else ""
    return make_activity(
        ministry=people.house, **{"state": state, "cancel_reason": reason} | fields
    )


def make_archived(people: People) -> Activity:
    return make(people, archived_on=TODAY, archived_by=people.officer, archive_reason="doppelt")


def move(activity: Activity, target: str, *, by: User, **values: Any) -> Activity:
    move_activity(activity=activity, target=target, by=by, **{"expected_version": 1} | values)
    return Activity.objects.get(pk=activity.pk)


def report(activity: Activity, *, by: User) -> Activity:
    report_activity(activity=activity, by=by, **REPORT)
    return Activity.objects.get(pk=activity.pk)


@pytest.mark.parametrize("state", NEXT)
def test_moves_of_a_state(people: People, state: str) -> None:
    assert {move.target for move in moves_of(make(people, state))} == NEXT[state]


@pytest.mark.parametrize(("source", "target"), MOVES)
def test_moved_along_the_states(people: People, source: str, target: str) -> None:
    activity = make(people, source)

    moved = move(activity, target, reason="Krankheit", by=people.officer)

    reason = "Krankheit" if target == "cancelled" else ""
    assert (moved.state, moved.cancel_reason, moved.version) == (target, reason, 2)


@pytest.mark.parametrize(("source", "target"), OTHERS)
def test_other_moves_are_refused(people: People, source: str, target: str) -> None:
    activity = make(people, source)

    with pytest.raises(Refusal, match=f"„{activity.get_state_display()}“. Laden Sie die Seite neu"):
        move_activity(
            activity=activity,
            target=target,
            reason="Krankheit",
            expected_version=1,
            by=people.officer,
        )


def test_reason_of_a_move_is_in_the_history(people: People) -> None:
    activity = make(people)

    move(activity, "cancelled", reason="Krankheit", by=people.officer)

    event = Activity.pgh_event_model.objects.get(pgh_label="update")  # type: ignore[attr-defined]
    assert event.pgh_context["reason"] == "Krankheit"


def test_calling_off_needs_a_reason(people: People) -> None:
    activity = make(people)

    with pytest.raises(Refusal, match="Nennen Sie den Grund der Absage"):
        move_activity(activity=activity, target="cancelled", expected_version=1, by=people.officer)


def test_move_needs_no_reason(people: People) -> None:
    assert move(make(people), "announced", by=people.officer).state == "announced"


def test_move_of_an_older_version_is_a_conflict(people: People) -> None:
    activity = make(people, version=2)

    with pytest.raises(Conflict):
        move_activity(activity=activity, target="announced", expected_version=1, by=people.officer)


def test_archived_one_is_not_moved(people: People) -> None:
    with pytest.raises(Refusal, match="archiviert"):
        move_activity(
            activity=make_archived(people),
            target="announced",
            expected_version=1,
            by=people.officer,
        )


def test_move_is_for_its_house(people: People, outsider: User) -> None:
    activity = make(people)
    activity.participating.set(outsider.ministry_ids())

    with pytest.raises(PermissionDenied):
        move_activity(activity=activity, target="announced", expected_version=1, by=outsider)


# Done, with its results


@pytest.mark.parametrize("state", ["planned", "announced", "scheduled", "done"])
def test_results_make_it_done(people: People, state: str) -> None:
    activity = make(people, state, results="alt", starts_on=TODAY)

    reported = report(activity, by=people.officer)

    assert (reported.state, reported.results, reported.version) == ("done", "Drei Konzerte", 2)


def test_results_before_it_began_are_refused(people: People) -> None:
    activity = make(people, starts_on=TODAY + timedelta(days=1))

    with pytest.raises(Refusal, match="noch nicht begonnen"):
        report_activity(activity=activity, by=people.officer, **REPORT)


def test_results_of_a_cancelled_one_are_refused(people: People) -> None:
    with pytest.raises(Refusal, match="abgesagt"):
        report_activity(activity=make(people, "cancelled"), by=people.officer, **REPORT)


def test_results_of_an_older_version_are_a_conflict(people: People) -> None:
    with pytest.raises(Conflict):
        report_activity(activity=make(people, version=2), by=people.officer, **REPORT)


def test_results_of_an_archived_one_are_refused(people: People) -> None:
    with pytest.raises(Refusal, match="archiviert"):
        report_activity(activity=make_archived(people), by=people.officer, **REPORT)


def test_results_are_for_its_house(people: People, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        report_activity(activity=make(people), by=outsider, **REPORT)

"""The scrutiny mark is set and ended by the coordination, or goes as set by mistake."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from partnerships.models import Partnership
from partnerships.register.partners.status_actions import end_scrutiny, set_scrutiny
from tests.factories import make_partnership
from tests.partnerships.acts import strangers
from tests.partnerships.acts.reasons import last_event
from tests.partnerships.conftest import People
from ui.errors import Conflict, Refusal

SINCE, NEXT_DAY, DAY = date(2026, 2, 1), date(2026, 2, 2), date(2026, 3, 1)


@pytest.fixture
def unmarked(db: None) -> Partnership:
    return make_partnership()


@pytest.fixture
def marked(db: None) -> Partnership:
    return make_partnership(scrutiny_since=SINCE, scrutiny_reason="Leitlinien-Check")


def stands(partnership: Partnership) -> tuple[Any, ...]:
    """The four columns of the mark."""
    row = Partnership.objects.get(pk=partnership.pk)
    return (
        row.scrutiny_since,
        row.scrutiny_reason,
        row.scrutiny_until,
        row.scrutiny_end_visible_from,
    )


UNMARKED = (None, "", None, None)
MARKED = (SINCE, "Leitlinien-Check", None, None)


# Set


def to_set(people: People, partnership: Partnership, **changes: Any) -> dict[str, Any]:
    values = {"partnership": partnership, "since": SINCE, "reason": "Leitlinien-Check"}
    return values | {"expected_version": 1, "by": people.coordinator} | changes


def test_mark_is_set(people: People, unmarked: Partnership) -> None:
    set_scrutiny(**to_set(people, unmarked))

    assert stands(unmarked) == MARKED
    assert Partnership.objects.get().version == 2


def test_mark_that_ended_is_set_anew(people: People) -> None:
    partnership = make_partnership(
        scrutiny_since=date(2024, 1, 1),
        scrutiny_reason="Früher",
        scrutiny_until=date(2024, 6, 30),
        scrutiny_end_visible_from=date(2024, 7, 1),
    )

    set_scrutiny(**to_set(people, partnership))

    assert stands(partnership) == MARKED


def test_marked_partnership_is_not_marked_again(people: People, marked: Partnership) -> None:
    with pytest.raises(Refusal, match="schon auf dem Prüfstand"):
        set_scrutiny(**to_set(people, marked, since=DAY))


def test_marking_what_changed_meanwhile_is_a_conflict(
    people: People, unmarked: Partnership
) -> None:
    with pytest.raises(Conflict):
        set_scrutiny(**to_set(people, unmarked, expected_version=7))

    assert stands(unmarked) == UNMARKED


def test_mark_is_set_by_the_coordination_alone(people: People, unmarked: Partnership) -> None:
    for stranger in strangers.to_the_register():
        with pytest.raises(PermissionDenied):
            set_scrutiny(**to_set(people, unmarked, by=stranger))

    assert stands(unmarked) == UNMARKED


# Ended


def to_end(people: People, partnership: Partnership, **changes: Any) -> dict[str, Any]:
    values = {"partnership": partnership, "from_day": DAY}
    return values | {"expected_version": 1, "by": people.coordinator} | changes


def test_mark_ends_the_day_before(people: People, marked: Partnership) -> None:
    end_scrutiny(**to_end(people, marked))

    assert stands(marked) == (SINCE, "Leitlinien-Check", date(2026, 2, 28), None)


def test_mark_ends_from_the_day_after_it_began(people: People, marked: Partnership) -> None:
    end_scrutiny(**to_end(people, marked, from_day=NEXT_DAY))

    assert stands(marked) == (SINCE, "Leitlinien-Check", SINCE, None)


@pytest.mark.parametrize("from_day", [None, date(2026, 1, 31), SINCE])
def test_mark_does_not_end_before_its_second_day(
    people: People, marked: Partnership, from_day: date | None
) -> None:
    with pytest.raises(Refusal, match="einen Tag nach dem Beginn"):
        end_scrutiny(**to_end(people, marked, from_day=from_day))

    assert stands(marked) == MARKED


def test_mark_set_by_mistake_goes_as_if_it_had_never_been(
    people: People, marked: Partnership
) -> None:
    end_scrutiny(**to_end(people, marked, from_day=None, was_mistake=True))

    assert stands(marked) == UNMARKED
    assert Partnership.objects.get().version == 2


def test_mistake_stays_in_the_history(people: People, marked: Partnership) -> None:
    end_scrutiny(**to_end(people, marked, was_mistake=True))

    former = type(last_event(marked)).objects.filter(pgh_obj_id=marked.pk).earliest("pgh_id")
    assert (former.scrutiny_since, former.scrutiny_reason) == (SINCE, "Leitlinien-Check")


@pytest.mark.parametrize("was_mistake", [False, True])
def test_partnership_without_mark_is_refused(
    people: People, unmarked: Partnership, was_mistake: bool
) -> None:
    with pytest.raises(Refusal, match="nicht auf dem Prüfstand"):
        end_scrutiny(**to_end(people, unmarked, was_mistake=was_mistake))


def test_mark_that_ended_is_not_ended_again(people: People) -> None:
    partnership = make_partnership(
        scrutiny_since=SINCE, scrutiny_reason="Früher", scrutiny_until=date(2026, 2, 20)
    )

    with pytest.raises(Refusal, match="nicht auf dem Prüfstand"):
        end_scrutiny(**to_end(people, partnership))


@pytest.mark.parametrize("was_mistake", [False, True])
def test_ending_what_changed_meanwhile_is_a_conflict(
    people: People, marked: Partnership, was_mistake: bool
) -> None:
    with pytest.raises(Conflict):
        end_scrutiny(**to_end(people, marked, was_mistake=was_mistake, expected_version=7))

    assert stands(marked) == MARKED


@pytest.mark.parametrize("was_mistake", [False, True])
def test_mark_is_ended_by_the_coordination_alone(
    people: People, marked: Partnership, was_mistake: bool
) -> None:
    for stranger in strangers.to_the_register():
        with pytest.raises(PermissionDenied):
            end_scrutiny(**to_end(people, marked, was_mistake=was_mistake, by=stranger))

    assert stands(marked) == MARKED

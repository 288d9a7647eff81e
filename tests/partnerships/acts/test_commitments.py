"""A promise is kept or has become void, and a mistake is taken back."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ministries.models import User
from partnerships.models import Commitment
from partnerships.records.commitments.actions import reopen_commitment, settle_commitment
from tests.factories import TODAY, make_partnership
from tests.partnerships.conftest import People
from tests.record_factories import make_commitment
from ui.errors import Conflict, Refusal

SETTLED: dict[str, Any] = {"outcome": "fulfilled", "expected_version": 1, "today": TODAY}


def make(people: People, **fields: Any) -> Commitment:
    return make_commitment(ministry=people.house, partnership=make_partnership(), **fields)


def make_settled(people: People) -> Commitment:
    done = {"settled_on": TODAY, "settled_by": people.officer}
    return make(people, outcome="fulfilled", outcome_note="Brief", **done)


def archived(people: People) -> dict[str, Any]:
    return {"archived_on": TODAY, "archived_by": people.officer, "archive_reason": "doppelt"}


def state(commitment: Commitment) -> tuple[Any, ...]:
    row = Commitment.objects.get(pk=commitment.pk)
    return (row.outcome, row.outcome_note, row.settled_on, row.settled_by, row.version)


@pytest.mark.parametrize("outcome", ["fulfilled", "dropped"])
def test_settled_with_outcome_day_and_person(people: People, outcome: str) -> None:
    commitment = make(people)

    values = SETTLED | {"outcome": outcome, "note": "Laut Brief"}
    settle_commitment(commitment=commitment, by=people.officer, **values)

    assert state(commitment) == (outcome, "Laut Brief", TODAY, people.officer, 2)


def test_settled_without_a_note(people: People) -> None:
    commitment = make(people, outcome_note="von früher")

    settle_commitment(commitment=commitment, by=people.officer, **SETTLED)

    assert state(commitment) == ("fulfilled", "", TODAY, people.officer, 2)


def test_settle_asks_for_an_outcome(people: People) -> None:
    with pytest.raises(Refusal, match="ob die Zusage erfüllt oder hinfällig ist"):
        settle_commitment(commitment=make(people), by=people.officer, **SETTLED | {"outcome": ""})


def test_settled_once_only(people: People) -> None:
    commitment = make_settled(people)

    with pytest.raises(Refusal, match="Die Zusage ist schon erfüllt"):
        settle_commitment(
            commitment=commitment, by=people.officer, **SETTLED | {"outcome": "dropped"}
        )


def test_settle_of_an_older_version_is_a_conflict(people: People) -> None:
    with pytest.raises(Conflict):
        settle_commitment(commitment=make(people, version=2), by=people.officer, **SETTLED)


def test_settle_is_for_its_house(people: People, outsider: User) -> None:
    commitment = make(people)

    with pytest.raises(PermissionDenied):
        settle_commitment(commitment=commitment, by=outsider, **SETTLED)

    assert state(commitment) == ("", "", None, None, 1)


def test_archived_one_is_not_settled(people: People) -> None:
    commitment = make(people)
    Commitment.objects.update(**archived(people))

    with pytest.raises(Refusal, match="archiviert"):
        settle_commitment(commitment=commitment, by=people.officer, **SETTLED)


def test_reopened_one_is_as_before(people: People) -> None:
    commitment = make_settled(people)

    reopen_commitment(commitment=commitment, expected_version=1, by=people.officer)

    assert state(commitment) == ("", "", None, None, 2)


def test_open_one_is_not_reopened(people: People) -> None:
    with pytest.raises(Refusal, match="Die Zusage ist offen"):
        reopen_commitment(commitment=make(people), expected_version=1, by=people.officer)


def test_reopen_of_an_older_version_is_a_conflict(people: People) -> None:
    commitment = make_settled(people)

    with pytest.raises(Conflict):
        reopen_commitment(commitment=commitment, expected_version=2, by=people.officer)


def test_reopen_is_for_its_house(people: People, outsider: User) -> None:
    commitment = make_settled(people)

    with pytest.raises(PermissionDenied):
        reopen_commitment(commitment=commitment, expected_version=1, by=outsider)


def test_archived_one_is_not_reopened(people: People) -> None:
    commitment = make_settled(people)
    Commitment.objects.update(**archived(people))

    with pytest.raises(Refusal, match="archiviert"):
        reopen_commitment(commitment=commitment, expected_version=1, by=people.officer)

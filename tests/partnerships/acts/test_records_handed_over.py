"""A record changes hands by an offer that the other house confirms, refuses or loses again."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ministries.models import Ministry, Role, User
from partnerships.models import Commitment
from partnerships.records.shared.actions import (
    accept_record,
    archive_record,
    offer_record,
    withdraw_offer,
)
from tests.factories import TODAY, make_ministry, make_partnership, make_user
from tests.partnerships.acts import strangers
from tests.partnerships.acts.reasons import last_reason
from tests.partnerships.conftest import People
from tests.record_factories import make_commitment
from ui.errors import Conflict, Refusal


@pytest.fixture
def record(people: People) -> Commitment:
    return make_commitment(ministry=people.house, partnership=make_partnership())


@pytest.fixture
def other(people: People) -> Ministry:
    return make_ministry(abbreviation="SMI")


@pytest.fixture
def taker(other: Ministry) -> User:
    return make_user(role=Role.OFFICER, ministry=other)


@pytest.fixture
def offered(people: People, record: Commitment, other: Ministry) -> Commitment:
    offer_record(**offer(people, record, other))
    return record


def offer(people: People, record: Commitment, to: Ministry, **changes: Any) -> dict[str, Any]:
    values = {"record": record, "to": to, "reason": "Zuständigkeit"}
    return values | {"expected_version": 1, "by": people.officer} | changes


def stands(record: Commitment) -> tuple[str, str, str, int]:
    """Whose it is, whom it is offered to and why, and its version."""
    row = Commitment.objects.get(pk=record.pk)
    return str(row.ministry), str(row.offered_to or ""), row.offer_reason, row.version


# Offered


def test_offered_record_stays_with_its_house(
    people: People, record: Commitment, other: Ministry
) -> None:
    offer_record(**offer(people, record, other))

    assert stands(record) == ("SMWK", "SMI", "Zuständigkeit", 2)
    assert last_reason(record) == "Zuständigkeit"


def test_offer_to_ones_own_house_is_refused(people: People, record: Commitment) -> None:
    with pytest.raises(Refusal, match="gehört schon zu SMWK"):
        offer_record(**offer(people, record, people.house))


def test_archived_record_is_not_offered(
    people: People, record: Commitment, other: Ministry
) -> None:
    archive_record(
        record=record, reason="Erledigt", expected_version=1, by=people.officer, today=TODAY
    )

    with pytest.raises(Refusal, match="archiviert"):
        offer_record(**offer(people, record, other, expected_version=2))


def test_offering_what_changed_meanwhile_is_a_conflict(
    people: People, record: Commitment, other: Ministry
) -> None:
    with pytest.raises(Conflict):
        offer_record(**offer(people, record, other, expected_version=7))

    assert stands(record) == ("SMWK", "", "", 1)


def test_record_is_offered_by_its_house_alone(
    people: People, record: Commitment, other: Ministry, taker: User
) -> None:
    for stranger in (*strangers.to_a_house(people.house), taker):
        with pytest.raises(PermissionDenied):
            offer_record(**offer(people, record, other, by=stranger))

    assert stands(record) == ("SMWK", "", "", 1)


# Taken back or refused


def test_own_house_withdraws_its_offer(people: People, offered: Commitment) -> None:
    withdraw_offer(record=offered, expected_version=2, by=people.officer)

    assert stands(offered) == ("SMWK", "", "", 3)


def test_other_house_refuses_the_offer(offered: Commitment, taker: User) -> None:
    withdraw_offer(record=offered, expected_version=2, by=taker)

    assert stands(offered) == ("SMWK", "", "", 3)


def test_withdrawing_without_an_offer_is_refused(people: People, record: Commitment) -> None:
    with pytest.raises(Refusal, match="keinem Ressort angeboten"):
        withdraw_offer(record=record, expected_version=1, by=people.officer)


def test_withdrawing_what_changed_meanwhile_is_a_conflict(
    people: People, offered: Commitment
) -> None:
    with pytest.raises(Conflict):
        withdraw_offer(record=offered, expected_version=1, by=people.officer)

    assert stands(offered) == ("SMWK", "SMI", "Zuständigkeit", 2)


def test_offer_is_withdrawn_by_the_two_houses_alone(
    people: People, offered: Commitment, other: Ministry
) -> None:
    for stranger in (*strangers.to_a_house(people.house), *strangers.to_a_house(other)):
        with pytest.raises(PermissionDenied):
            withdraw_offer(record=offered, expected_version=2, by=stranger)

    assert stands(offered) == ("SMWK", "SMI", "Zuständigkeit", 2)


# Taken over


def test_accepted_record_belongs_to_the_other_house(offered: Commitment, taker: User) -> None:
    accept_record(record=offered, expected_version=2, by=taker)

    assert stands(offered) == ("SMI", "", "", 3)
    assert last_reason(offered) == "Übernahme bestätigt: Zuständigkeit"


def test_archived_record_is_not_accepted(people: People, offered: Commitment, taker: User) -> None:
    archive_record(
        record=offered, reason="Erledigt", expected_version=2, by=people.officer, today=TODAY
    )

    with pytest.raises(Refusal, match="archiviert"):
        accept_record(record=offered, expected_version=3, by=taker)


def test_accepting_what_changed_meanwhile_is_a_conflict(offered: Commitment, taker: User) -> None:
    with pytest.raises(Conflict):
        accept_record(record=offered, expected_version=1, by=taker)

    assert stands(offered) == ("SMWK", "SMI", "Zuständigkeit", 2)


def test_record_is_accepted_by_the_other_house_alone(
    people: People, offered: Commitment, other: Ministry
) -> None:
    for stranger in (people.officer, *strangers.to_a_house(other)):
        with pytest.raises(PermissionDenied):
            accept_record(record=offered, expected_version=2, by=stranger)

    assert stands(offered) == ("SMWK", "SMI", "Zuständigkeit", 2)


def test_record_that_is_not_offered_is_accepted_by_nobody(
    people: People, record: Commitment, taker: User
) -> None:
    for person in (people.officer, taker):
        with pytest.raises(PermissionDenied):
            accept_record(record=record, expected_version=1, by=person)

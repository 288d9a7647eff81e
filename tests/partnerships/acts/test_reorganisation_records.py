"""What becomes of the records of a house that is cut anew, and of what hangs on them."""

from datetime import date
from typing import Any

import pytest

from ministries.models import Ministry, Responsibility
from partnerships.models import Activity, FollowUp, SubjectRecord
from partnerships.reorganisation.actions import reorganise
from partnerships.reorganisation.facts import Plan
from tests.factories import NOW, TODAY, make_ministry, make_partnership, make_subject_area
from tests.partnerships.conftest import People
from tests.record_factories import (
    make_activity,
    make_commitment,
    make_contact,
    make_document,
    make_follow_up,
    make_gift,
    make_note,
    make_subject_record,
    make_working_group,
)


@pytest.fixture
def house(people: People) -> Ministry:
    return people.house


@pytest.fixture
def other(db: None) -> Ministry:
    return make_ministry(abbreviation="SMI")


@pytest.fixture
def third(db: None) -> Ministry:
    return make_ministry(abbreviation="SMF")


@pytest.fixture
def area(house: Ministry) -> Responsibility:
    return make_subject_area(ministry=house).responsibilities.get()


def act(people: People, **parts: Any) -> dict[str, Any]:
    values = {"house": people.house, "valid_from": date(2026, 9, 1), "reason": "Erlass"}
    plan = Plan(**({"successor": None} | values | parts))
    return {"plan": plan, "by": people.coordinator, "today": TODAY}


def sachstand(area: Responsibility, house: Ministry, **fields: Any) -> SubjectRecord:
    partnership = make_partnership()
    return make_subject_record(
        partnership=partnership, area=area.subject_area, ministry=house, **fields
    )


def stands(record: Any) -> tuple[str, str, int]:
    """Whose it is, whom it is offered to, and its version."""
    record.refresh_from_db()
    return str(record.ministry), str(record.offered_to or ""), record.version


def whose(record: Any) -> tuple[str, int]:
    record.refresh_from_db()
    return str(record.ministry), record.version


# Records


def test_records_of_every_kind_go_to_the_successor(
    people: People, house: Ministry, other: Ministry, area: Responsibility
) -> None:
    partnership = make_partnership()
    own: dict[str, Any] = {"ministry": house, "partnership": partnership}
    makers = (make_commitment, make_contact, make_gift, make_note, make_working_group)
    records: list[Any] = [make(**own) for make in makers]
    records += [make_document(**own, uploaded_by=people.officer), make_activity(ministry=house)]
    records += [sachstand(area, house)]

    reorganise(**act(people, successor=other))

    assert [stands(record) for record in records] == [("SMI", "", 2)] * 8


def test_records_of_another_house_stay(people: People, other: Ministry, third: Ministry) -> None:
    note = make_note(
        ministry=third, partnership=make_partnership(), offered_to=other, offer_reason="Anlass"
    )

    reorganise(**act(people, successor=other))

    assert stands(note) == ("SMF", "SMI", 1)


def test_offer_by_the_old_house_is_void(
    people: People, house: Ministry, other: Ministry, third: Ministry
) -> None:
    note = make_note(
        ministry=house, partnership=make_partnership(), offered_to=third, offer_reason="Anlass"
    )

    reorganise(**act(people, successor=other))

    assert stands(note) == ("SMI", "", 2)
    assert note.offer_reason == ""


def test_offer_to_the_old_house_goes_on(
    people: People, house: Ministry, other: Ministry, third: Ministry
) -> None:
    note = make_note(
        ministry=third, partnership=make_partnership(), offered_to=house, offer_reason="Anlass"
    )

    reorganise(**act(people, successor=other))

    assert stands(note) == ("SMF", "SMI", 2)
    assert note.offer_reason == "Anlass"


def test_sachstand_goes_with_its_area_and_not_to_the_successor(
    people: People, house: Ministry, other: Ministry, third: Ministry, area: Responsibility
) -> None:
    record = sachstand(area, house)

    reorganise(**act(people, successor=other, areas={area: third}))

    assert stands(record) == ("SMF", "", 2)


def test_sachstand_of_an_area_that_stays_is_left_alone(
    people: People, house: Ministry, other: Ministry, third: Ministry, area: Responsibility
) -> None:
    record = sachstand(area, house, offered_to=third, offer_reason="Anlass")

    reorganise(**act(people, successor=other, staying=[area]))

    assert stands(record) == ("SMWK", "SMF", 1)


def test_without_successor_only_what_is_named_is_touched(
    people: People, house: Ministry, other: Ministry, third: Ministry, area: Responsibility
) -> None:
    foreign = make_subject_area(ministry=third).responsibilities.get()
    offer = {"offered_to": third, "offer_reason": "Anlass"}
    named, unnamed = sachstand(area, house), sachstand(foreign, house, **offer)
    note = make_note(ministry=house, partnership=make_partnership(), **offer)

    reorganise(**act(people, areas={area: other}))

    assert stands(named) == ("SMI", "", 2)
    assert [stands(record) for record in (unnamed, note)] == [("SMWK", "SMF", 1)] * 2


# Follow-ups


def follow(house: Ministry, **fields: Any) -> FollowUp:
    return make_follow_up(ministry=house, partnership=make_partnership(), **fields)


def test_open_follow_ups_go_to_the_successor(
    people: People, house: Ministry, other: Ministry
) -> None:
    going, done = follow(house), follow(house, done_at=NOW, done_by=people.officer)

    reorganise(**act(people, successor=other))

    assert [whose(row) for row in (going, done)] == [("SMI", 2), ("SMWK", 1)]


def test_follow_up_goes_with_its_sachstand(
    people: People, house: Ministry, other: Ministry, third: Ministry, area: Responsibility
) -> None:
    row = follow(house, subject_record=sachstand(area, house))

    reorganise(**act(people, successor=other, areas={area: third}))

    assert whose(row) == ("SMF", 2)


def test_follow_up_stays_with_its_sachstand(
    people: People, house: Ministry, other: Ministry, area: Responsibility
) -> None:
    row = follow(house, subject_record=sachstand(area, house))

    reorganise(**act(people, successor=other, staying=[area]))

    assert whose(row) == ("SMWK", 1)


def test_follow_up_on_the_sachstand_of_another_house_stays_ones_own(
    people: People, house: Ministry, other: Ministry, third: Ministry, area: Responsibility
) -> None:
    row = follow(house, subject_record=sachstand(area, third))

    reorganise(**act(people, successor=other, areas={area: third}))

    assert whose(row) == ("SMI", 2)


def test_follow_up_of_another_house_stays(people: People, other: Ministry, third: Ministry) -> None:
    row = follow(third)

    reorganise(**act(people, successor=other))

    assert whose(row) == ("SMF", 1)


def test_without_successor_other_follow_ups_are_left_alone(
    people: People, house: Ministry, other: Ministry, area: Responsibility
) -> None:
    going, staying = follow(house, subject_record=sachstand(area, house)), follow(house)

    reorganise(**act(people, areas={area: other}))

    assert [whose(row) for row in (going, staying)] == [("SMI", 2), ("SMWK", 1)]


# Activities the house takes part in


def takes_part(house: Ministry, owner: Ministry, state: str) -> Activity:
    activity = make_activity(ministry=owner, state=state, cancel_reason="Krankheit")
    activity.participating.add(house)
    return activity


@pytest.mark.parametrize("state", ["planned", "announced", "scheduled"])
def test_successor_joins_what_is_still_to_come(
    people: People, house: Ministry, other: Ministry, third: Ministry, state: str
) -> None:
    activity = takes_part(house, third, state)

    reorganise(**act(people, successor=other))

    assert set(activity.participating.all()) == {house, other}


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_successor_does_not_join_what_is_over(
    people: People, house: Ministry, other: Ministry, third: Ministry, state: str
) -> None:
    activity = takes_part(house, third, state)

    reorganise(**act(people, successor=other))

    assert set(activity.participating.all()) == {house}


def test_successor_that_takes_part_already_does_so_once(
    people: People, house: Ministry, other: Ministry, third: Ministry
) -> None:
    activity = takes_part(house, third, "planned")
    activity.participating.add(other)

    reorganise(**act(people, successor=other))

    assert set(activity.participating.all()) == {house, other}


def test_nobody_joins_without_a_successor(
    people: People, house: Ministry, other: Ministry, area: Responsibility
) -> None:
    activity = takes_part(house, other, "planned")

    reorganise(**act(people, areas={area: other}))

    assert set(activity.participating.all()) == {house}

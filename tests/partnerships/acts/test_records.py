"""What every record of a house can go through, by its house and nobody else."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import DjangoAssertNumQueries

from ministries.models import Ministry
from partnerships.models import Commitment, Note
from partnerships.records.shared.actions import (
    archive_record,
    change_record,
    check_texts,
    create_record,
    restore_record,
)
from tests.factories import TODAY, make_partnership
from tests.partnerships.acts import strangers
from tests.partnerships.acts.reasons import last_reason
from tests.partnerships.conftest import People
from tests.record_factories import make_commitment, make_note
from ui.errors import Conflict, Refusal


@pytest.fixture
def record(people: People) -> Commitment:
    return make_commitment(ministry=people.house, partnership=make_partnership(), title="Alt")


@pytest.fixture
def archived(people: People, record: Commitment) -> Commitment:
    archive_record(record=record, reason="Erledigt", **seen(people), today=TODAY)
    return record


def seen(people: People, version: int = 1) -> dict[str, Any]:
    return {"expected_version": version, "by": people.officer}


# Written


def new(house: Ministry, **fields: Any) -> Note:
    values = {"title": "Neu", "noted_on": TODAY, "text": "Text", "partnership": make_partnership()}
    return Note(ministry=house, **(values | fields))


def test_record_is_created_with_its_links(people: People) -> None:
    links = {"circle": [people.officer, people.chief]}

    record = create_record(record=new(people.house), links=links, by=people.officer)

    row = Note.objects.get()
    assert (row, row.title, row.ministry) == (record, "Neu", people.house)
    assert set(row.circle.all()) == {people.officer, people.chief}


def test_record_is_created_without_links(people: People) -> None:
    create_record(record=new(people.house), by=people.officer)

    assert not Note.objects.get().circle.exists()


def test_record_with_a_text_too_long_is_not_created(people: People) -> None:
    with pytest.raises(ValidationError, match="title"):
        create_record(record=new(people.house, title="x" * 201), by=people.officer)

    assert not Note.objects.exists()


def test_record_is_created_in_ones_own_house_alone(people: People) -> None:
    for stranger in strangers.to_a_house(people.house):
        with pytest.raises(PermissionDenied):
            create_record(record=new(people.house), by=stranger)

    assert not Note.objects.exists()


def changed(people: People, record: Any, **changes: Any) -> dict[str, Any]:
    return {"record": record, "fields": ["title"], **seen(people)} | changes


def test_named_fields_are_written_and_no_others(people: People, record: Commitment) -> None:
    record.title, record.due_on = "Neu", TODAY

    result = change_record(**changed(people, record))

    row = Commitment.objects.get()
    assert (result, row.title, row.version) == (record, "Neu", 2)
    assert row.due_on != TODAY


def test_links_are_replaced(people: People) -> None:
    note = make_note(ministry=people.house, partnership=make_partnership())
    note.circle.add(people.officer)

    change_record(**changed(people, note, links={"circle": [people.chief]}))

    assert list(note.circle.all()) == [people.chief]


def test_links_not_named_stay(people: People) -> None:
    note = make_note(ministry=people.house, partnership=make_partnership())
    note.circle.add(people.officer)

    change_record(**changed(people, note))

    assert list(note.circle.all()) == [people.officer]


def test_archived_record_is_not_changed(people: People, archived: Commitment) -> None:
    with pytest.raises(Refusal, match="archiviert"):
        change_record(**changed(people, archived, expected_version=2))


def test_wrong_value_is_not_written(people: People, record: Commitment) -> None:
    record.title = ""

    with pytest.raises(ValidationError, match="title"):
        change_record(**changed(people, record))


def test_record_changed_meanwhile_is_a_conflict(people: People, record: Commitment) -> None:
    record.title = "Neu"

    with pytest.raises(Conflict) as told:
        change_record(**changed(people, record, expected_version=7))

    assert told.value.current.title == "Alt"
    assert Commitment.objects.get().title == "Alt"


def test_record_is_changed_by_its_house_alone(people: People, record: Commitment) -> None:
    record.title = "Neu"

    for stranger in strangers.to_a_house(people.house):
        with pytest.raises(PermissionDenied):
            change_record(**changed(people, record, by=stranger))

    assert Commitment.objects.get().title == "Alt"


def test_texts_are_checked_without_a_query(
    people: People, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    note = new(people.house)

    with django_assert_num_queries(0):
        check_texts(note)


@pytest.mark.parametrize("wrong", [{"title": "x" * 201}, {"kind": "?"}, {"noted_on": "gestern"}])
def test_texts_refuse_length_choice_and_day(people: People, wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        check_texts(new(people.house, **wrong))


# Archived


def test_archived_with_day_person_and_reason(people: People, record: Commitment) -> None:
    archive_record(record=record, reason="Erledigt", **seen(people), today=TODAY)

    row = Commitment.objects.get()
    assert (row.archived_on, row.archived_by) == (TODAY, people.officer)
    assert (row.archive_reason, row.version) == ("Erledigt", 2)
    assert last_reason(row) == "Erledigt"


def test_archived_twice_is_refused(people: People, archived: Commitment) -> None:
    with pytest.raises(Refusal, match="schon archiviert"):
        archive_record(record=archived, reason="Nochmals", **seen(people, 2), today=TODAY)


def test_archiving_what_changed_meanwhile_is_a_conflict(people: People, record: Commitment) -> None:
    with pytest.raises(Conflict):
        archive_record(record=record, reason="Erledigt", **seen(people, 7), today=TODAY)

    assert Commitment.objects.get().archived_on is None


def test_record_is_archived_by_its_house_alone(people: People, record: Commitment) -> None:
    for stranger in strangers.to_a_house(people.house):
        with pytest.raises(PermissionDenied):
            archive_record(
                record=record, reason="Erledigt", expected_version=1, by=stranger, today=TODAY
            )

    assert Commitment.objects.get().archived_on is None


def test_restored_as_if_never_archived(people: People, archived: Commitment) -> None:
    restore_record(record=archived, reason="Doch nicht", **seen(people, 2))

    row = Commitment.objects.get()
    assert (row.archived_on, row.archived_by, row.archive_reason) == (None, None, "")
    assert row.version == 3
    assert last_reason(row) == "Doch nicht"


def test_restoring_what_is_in_use_is_refused(people: People, record: Commitment) -> None:
    with pytest.raises(Refusal, match="nicht archiviert"):
        restore_record(record=record, reason="Doch nicht", **seen(people))


def test_restoring_what_changed_meanwhile_is_a_conflict(
    people: People, archived: Commitment
) -> None:
    with pytest.raises(Conflict):
        restore_record(record=archived, reason="Doch nicht", **seen(people, 1))

    assert Commitment.objects.get().archived_on == TODAY


def test_record_is_restored_by_its_house_alone(people: People, archived: Commitment) -> None:
    for stranger in strangers.to_a_house(people.house):
        with pytest.raises(PermissionDenied):
            restore_record(record=archived, reason="Doch nicht", expected_version=2, by=stranger)

    assert Commitment.objects.get().archived_on == TODAY

"""A Sachstand is released to all, released again when it changed, and confirmed once a year."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ministries.models import Role
from partnerships.models import SubjectRecord
from partnerships.records.shared.actions import archive_record
from partnerships.records.subject_records.actions import (
    TEXTS,
    confirm_subject_record,
    release_subject_record,
)
from tests.factories import TODAY, make_partnership, make_subject_area, make_user
from tests.partnerships.acts import strangers
from tests.partnerships.conftest import People
from tests.record_factories import make_subject_record
from ui.errors import Conflict, Refusal

RELEASED_ON = date(2026, 5, 1)  # by the factory


def write(people: People, **fields: Any) -> SubjectRecord:
    return make_subject_record(
        partnership=make_partnership(),
        area=make_subject_area(ministry=people.house),
        ministry=people.house,
        **fields,
    )


@pytest.fixture
def draft(people: People) -> SubjectRecord:
    return write(people, source="Gespräch", internal_notes="Nur für uns")


@pytest.fixture
def released(people: People) -> SubjectRecord:
    return write(people, released_by=people.officer)


def seen(people: People, record: SubjectRecord, **changes: Any) -> dict[str, Any]:
    values = {"record": record, "expected_version": 1, "by": people.officer, "today": TODAY}
    return values | changes


def archive(people: People, record: SubjectRecord) -> None:
    archive_record(
        record=record, reason="Erledigt", expected_version=1, by=people.officer, today=TODAY
    )


# Released


def test_release_copies_the_four_texts(people: People, draft: SubjectRecord) -> None:
    release_subject_record(**seen(people, draft))

    row = SubjectRecord.objects.get()
    texts = [getattr(row, f"released_{name}") for name in TEXTS]
    assert texts == ["Es läuft.", "Austausch", "Reise", "Gespräch"]
    assert not row.has_draft


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD])
def test_release_is_a_confirmation_too(people: People, draft: SubjectRecord, role: Role) -> None:
    person = make_user(role=role, ministry=people.house)

    release_subject_record(**seen(people, draft, by=person))

    row = SubjectRecord.objects.get()
    assert (row.released_on, row.released_by) == (TODAY, person)
    assert (row.confirmed_on, row.confirmed_by) == (TODAY, person)
    assert row.version == 2


@pytest.mark.parametrize("name", TEXTS)
def test_changed_text_is_released_again(people: People, released: SubjectRecord, name: str) -> None:
    setattr(released, name, "Neu")
    released.save()
    colleague = make_user(role=Role.HEAD, ministry=people.house)

    release_subject_record(**seen(people, released, by=colleague))

    row: Any = SubjectRecord.objects.get()
    assert getattr(row, f"released_{name}") == "Neu"
    assert (row.released_on, row.released_by) == (TODAY, colleague)


def test_draft_beside_a_release_is_read_by_nobody_yet(
    people: People, released: SubjectRecord
) -> None:
    released.situation = "Neu"
    released.save()

    row = SubjectRecord.objects.get()
    assert (row.released_situation, row.has_draft) == ("Es läuft.", True)


@pytest.mark.parametrize("text", ["", " \n "])
def test_empty_sachstand_is_not_released(people: People, text: str) -> None:
    with pytest.raises(Refusal, match="ist leer"):
        release_subject_record(**seen(people, write(people, situation=text)))


def test_text_that_all_read_already_is_not_released_again(
    people: People, released: SubjectRecord
) -> None:
    with pytest.raises(Refusal, match="Alle lesen schon diesen Text"):
        release_subject_record(**seen(people, released))

    assert SubjectRecord.objects.get().released_on == RELEASED_ON


def test_archived_sachstand_is_not_released(people: People, draft: SubjectRecord) -> None:
    archive(people, draft)

    with pytest.raises(Refusal, match="archiviert"):
        release_subject_record(**seen(people, draft, expected_version=2))


def test_text_changed_meanwhile_is_not_released(people: People, draft: SubjectRecord) -> None:
    with pytest.raises(Conflict):
        release_subject_record(**seen(people, draft, expected_version=7))

    assert SubjectRecord.objects.get().released_on is None


def test_sachstand_is_released_by_its_house_alone(people: People, draft: SubjectRecord) -> None:
    for stranger in strangers.to_a_house(people.house):
        with pytest.raises(PermissionDenied):
            release_subject_record(**seen(people, draft, by=stranger))

    assert SubjectRecord.objects.get().released_on is None


# Confirmed


def test_confirmation_leaves_the_release_as_it_was(people: People, released: SubjectRecord) -> None:
    colleague = make_user(role=Role.HEAD, ministry=people.house)

    confirm_subject_record(**seen(people, released, by=colleague))

    row = SubjectRecord.objects.get()
    assert (row.confirmed_on, row.confirmed_by, row.version) == (TODAY, colleague, 2)
    assert (row.released_on, row.released_by) == (RELEASED_ON, people.officer)


def test_confirmation_releases_no_draft(people: People, released: SubjectRecord) -> None:
    released.situation = "Neu"
    released.save()

    confirm_subject_record(**seen(people, released))

    row = SubjectRecord.objects.get()
    assert (row.situation, row.released_situation) == ("Neu", "Es läuft.")


def test_confirmation_is_repeated_year_by_year(people: People, released: SubjectRecord) -> None:
    confirm_subject_record(**seen(people, released))

    next_year = TODAY.replace(year=TODAY.year + 1)
    confirm_subject_record(**seen(people, released, expected_version=2, today=next_year))

    assert SubjectRecord.objects.get().confirmed_on == next_year


def test_draft_is_not_confirmed(people: People, draft: SubjectRecord) -> None:
    with pytest.raises(Refusal, match="Geben Sie ihn erst frei"):
        confirm_subject_record(**seen(people, draft))


def test_archived_sachstand_is_not_confirmed(people: People, released: SubjectRecord) -> None:
    archive(people, released)

    with pytest.raises(Refusal, match="archiviert"):
        confirm_subject_record(**seen(people, released, expected_version=2))


def test_text_changed_meanwhile_is_not_confirmed(people: People, released: SubjectRecord) -> None:
    with pytest.raises(Conflict):
        confirm_subject_record(**seen(people, released, expected_version=7))

    assert SubjectRecord.objects.get().confirmed_on is None


def test_sachstand_is_confirmed_by_its_house_alone(people: People, released: SubjectRecord) -> None:
    for stranger in strangers.to_a_house(people.house):
        with pytest.raises(PermissionDenied):
            confirm_subject_record(**seen(people, released, by=stranger))

    assert SubjectRecord.objects.get().confirmed_on is None

"""A note is written, released, and from then on superseded instead of edited."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ministries.models import Role
from partnerships.models import Note
from partnerships.records.notes.actions import (
    change_note,
    refuse_if_released,
    release_note,
    supersede_note,
)
from tests.factories import NOW, TODAY, make_ministry, make_partnership, make_user
from tests.partnerships.acts import strangers
from tests.partnerships.conftest import People
from tests.record_factories import make_note
from ui.errors import Conflict, Refusal


@pytest.fixture
def draft(people: People) -> Note:
    return make_note(ministry=people.house, partnership=make_partnership(), text="Entwurf")


@pytest.fixture
def released(people: People) -> Note:
    return make_note(
        ministry=people.house, partnership=make_partnership(), released_by=people.officer
    )


def archive(note: Note) -> None:
    note.archived_on, note.archived_by, note.archive_reason = TODAY, make_user(), "Erledigt"
    note.save()


# Written


def written(people: People, note: Note, **changes: Any) -> dict[str, Any]:
    note.text = "Neuer Text"
    values = {"fields": ["text"], "links": {}, "expected_version": 1, "by": people.officer}
    return {"note": note, **values, **changes}


def test_draft_is_changed(people: People, draft: Note) -> None:
    circle = [people.officer]

    changed = change_note(**written(people, draft, links={"circle": circle}))

    row = Note.objects.get()
    assert changed == row
    assert (row.text, row.version, list(row.circle.all())) == ("Neuer Text", 2, circle)


def test_released_note_is_not_changed(people: People, draft: Note) -> None:
    opened_before = Note.objects.get()
    release_note(note=draft, expected_version=1, by=people.officer, now=NOW)

    with pytest.raises(Refusal, match="ist freigegeben"):
        change_note(**written(people, opened_before, expected_version=2))

    assert Note.objects.get().text == "Entwurf"


def test_draft_changed_meanwhile_is_a_conflict(people: People, draft: Note) -> None:
    with pytest.raises(Conflict):
        change_note(**written(people, draft, expected_version=7))


def test_draft_is_changed_by_its_house_alone(people: People, draft: Note) -> None:
    for stranger in strangers.to_a_house(people.house):
        with pytest.raises(PermissionDenied):
            change_note(**written(people, draft, by=stranger))

    assert Note.objects.get().text == "Entwurf"


def test_released_is_asked_of_the_row_as_it_stands(people: People, draft: Note) -> None:
    opened_before = Note.objects.get()
    refuse_if_released(opened_before)
    release_note(note=draft, expected_version=1, by=people.officer, now=NOW)

    with pytest.raises(Refusal, match="Ersetzen Sie ihn durch einen neuen"):
        refuse_if_released(opened_before)


def test_release_of_another_note_refuses_nothing(draft: Note, released: Note) -> None:
    assert refuse_if_released(draft) is None  # type: ignore[func-returns-value]


# Released


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD])
def test_release_keeps_who_and_when(people: People, draft: Note, role: Role) -> None:
    person = make_user(role=role, ministry=people.house)

    release_note(note=draft, expected_version=1, by=person, now=NOW)

    row = Note.objects.get()
    assert (row.released_at, row.released_by, row.version) == (NOW, person, 2)


def test_second_release_is_refused(people: People, released: Note) -> None:
    with pytest.raises(Refusal, match="ist freigegeben"):
        release_note(note=released, expected_version=1, by=people.officer, now=NOW)


def test_archived_note_is_not_released(people: People, draft: Note) -> None:
    archive(draft)

    with pytest.raises(Refusal, match="archiviert"):
        release_note(note=draft, expected_version=1, by=people.officer, now=NOW)

    assert Note.objects.get().released_at is None


def test_note_changed_meanwhile_is_not_released(people: People, draft: Note) -> None:
    with pytest.raises(Conflict):
        release_note(note=draft, expected_version=7, by=people.officer, now=NOW)

    assert Note.objects.get().released_at is None


def test_note_is_released_by_its_house_alone(people: People, draft: Note) -> None:
    for stranger in strangers.to_a_house(people.house):
        with pytest.raises(PermissionDenied):
            release_note(note=draft, expected_version=1, by=stranger, now=NOW)

    assert Note.objects.get().released_at is None


# Superseded


def successor(former: Note, **fields: Any) -> Note:
    values = {"title": "Neu", "noted_on": TODAY, "text": "Berichtigt", "ministry": former.ministry}
    return Note(partnership=former.partnership, **(values | fields))


def test_successor_is_a_draft_beside_the_former(people: People, released: Note) -> None:
    links = {"circle": [people.officer]}

    supersede_note(former=released, note=successor(released), links=links, by=people.officer)

    row = Note.objects.get(title="Neu")
    assert (row.supersedes, row.text, row.released_at) == (released, "Berichtigt", None)
    assert list(row.circle.all()) == [people.officer]
    assert Note.objects.get(pk=released.pk).released_at == NOW


def test_successor_is_returned(people: People, released: Note) -> None:
    made = supersede_note(former=released, note=successor(released), links={}, by=people.officer)

    assert made == Note.objects.get(title="Neu")


def test_draft_is_not_superseded(people: People, draft: Note) -> None:
    with pytest.raises(Refusal, match="noch nicht freigegeben"):
        supersede_note(former=draft, note=successor(draft), links={}, by=people.officer)


def test_note_is_superseded_once(people: People, released: Note) -> None:
    supersede_note(former=released, note=successor(released), links={}, by=people.officer)

    with pytest.raises(Refusal, match="schon ersetzt"):
        supersede_note(former=released, note=successor(released), links={}, by=people.officer)


def test_archived_note_is_not_superseded(people: People, released: Note) -> None:
    archive(released)

    with pytest.raises(Refusal, match="archiviert"):
        supersede_note(former=released, note=successor(released), links={}, by=people.officer)


def test_note_is_superseded_by_its_house_alone(people: People, released: Note) -> None:
    for stranger in strangers.to_a_house(people.house):
        with pytest.raises(PermissionDenied):
            supersede_note(former=released, note=successor(released), links={}, by=stranger)


def test_successor_belongs_to_a_house_of_the_writer(people: People, released: Note) -> None:
    foreign = successor(released, ministry=make_ministry())

    with pytest.raises(PermissionDenied):
        supersede_note(former=released, note=foreign, links={}, by=people.officer)


def test_other_house_does_not_supersede_with_a_note_of_its_own(
    people: People, released: Note
) -> None:
    house = make_ministry()
    other = make_user(role=Role.OFFICER, ministry=house)
    own = successor(released, ministry=house)

    with pytest.raises(PermissionDenied):
        supersede_note(former=released, note=own, links={}, by=other)

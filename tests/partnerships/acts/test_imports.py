"""An import on its way: its columns named, taken over or thrown away by who brought the file."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ministries.models import Job, User
from partnerships.imports.actions import (
    CHECK,
    TAKE_OVER,
    discard_import,
    map_columns,
    request_take_over,
)
from partnerships.imports.mapping import fingerprint
from partnerships.models import ColumnMapping, Import
from tests.partnerships.conftest import People
from tests.record_factories import make_column_mapping, make_import
from ui.errors import Refusal

MAPPING = {"0": "function"}
ACTS: list[Callable[..., None]] = [
    lambda row, by: map_columns(row=row, mapping=MAPPING, by=by),
    lambda row, by: request_take_over(row=row, by=by),
    lambda row, by: discard_import(row=row, by=by),
]


def make(people: People, **fields: Any) -> Import:
    return make_import(ministry=people.house, uploaded_by=people.officer, **fields)


def queued(task: str) -> list[Any]:
    return [job.args for job in Job.objects.filter(task_name=task)]


def state(row: Import) -> str:
    row.refresh_from_db()
    return row.state


# Whose it is


@pytest.mark.parametrize("act", ACTS)
def test_colleague_does_nothing_with_it(
    people: People, colleague: User, act: Callable[..., None]
) -> None:
    with pytest.raises(PermissionDenied):
        act(make(people), colleague)


@pytest.mark.parametrize("act", ACTS)
def test_who_has_left_the_house_does_nothing_with_it(
    people: People, act: Callable[..., None]
) -> None:
    row = make(people)
    people.officer.appointments.all().delete()

    with pytest.raises(PermissionDenied):
        act(row, people.officer)


# Columns named


@pytest.mark.parametrize("before", ["mapping", "checked"])
def test_mapped_one_is_checked(people: People, before: str) -> None:
    row = make(people, state=before, mapping={}, done_count=1, notice="Fehler")

    map_columns(row=row, mapping=MAPPING, by=people.officer)

    assert state(row) == "checking"
    assert (row.mapping, row.done_count, row.notice) == (MAPPING, 0, "")
    assert queued(CHECK) == [{"import_id": row.pk}]


def test_mapping_is_kept_for_files_of_this_form(people: People) -> None:
    row = make(people, state="mapping")

    map_columns(row=row, mapping=MAPPING, by=people.officer)

    kept = ColumnMapping.objects.get()
    assert (kept.ministry, kept.kind, kept.mapping) == (people.house, "kontakte", MAPPING)
    assert kept.fingerprint == fingerprint(["Funktion"])


def test_newer_mapping_replaces_the_one_before(people: People) -> None:
    kept = make_column_mapping(
        ministry=people.house, fingerprint=fingerprint(["Funktion"]), mapping={"0": "name"}
    )

    map_columns(row=make(people, state="mapping"), mapping=MAPPING, by=people.officer)

    assert [(one.pk, one.mapping) for one in ColumnMapping.objects.all()] == [(kept.pk, MAPPING)]


def test_mapping_names_what_the_kind_needs(people: People) -> None:
    row = make(people, state="mapping", kind="sachstaende")

    with pytest.raises(Refusal, match="Es fehlt eine Spalte für „Partnerschaft“, „Fachgebiet“"):
        map_columns(row=row, mapping={"0": "situation"}, by=people.officer)


@pytest.mark.parametrize("before", ["checking", "running", "done", "discarded"])
def test_mapping_is_settled_once_it_goes_on(people: People, before: str) -> None:
    row = make(people)
    Import.objects.update(state=before)

    with pytest.raises(Refusal, match="stehen schon fest"):
        map_columns(row=row, mapping=MAPPING, by=people.officer)


def test_mapping_is_for_its_house(people: People, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        map_columns(row=make(people), mapping=MAPPING, by=outsider)


# Taken over


def test_requested_one_runs(people: People) -> None:
    row = make(people, done_count=1, notice="Seit der Prüfung …")

    request_take_over(row=row, by=people.officer)

    assert (state(row), row.done_count, row.notice) == ("running", 0, "")
    assert queued(TAKE_OVER) == [{"import_id": row.pk}]


def test_changes_alone_are_worth_it(people: People) -> None:
    row = make(people, new_count=0, changed_count=1)

    request_take_over(row=row, by=people.officer)

    assert state(row) == "running"


@pytest.mark.parametrize(
    "fields",
    [
        {"errors": [{"cell": "A2"}]},
        {"new_count": 0, "same_count": 1},
        *({"state": state} for state in ("mapping", "checking", "running", "done", "discarded")),
    ],
)
def test_what_is_not_ready_is_not_taken_over(people: People, fields: dict[str, Any]) -> None:
    row = make(people)
    Import.objects.update(**fields)

    with pytest.raises(Refusal, match="kann nicht übernommen werden"):
        request_take_over(row=row, by=people.officer)

    assert queued(TAKE_OVER) == []


def test_take_over_is_for_its_house(people: People, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        request_take_over(row=make(people), by=outsider)


# Thrown away


@pytest.mark.parametrize("before", ["mapping", "checked"])
def test_discarded_one_keeps_nothing_of_the_file(people: People, before: str) -> None:
    row = make(people, state=before, errors=[{"cell": "A2"}])

    discard_import(row=row, by=people.officer)

    assert (state(row), row.rows, row.items, row.errors) == ("discarded", [], [], [])


@pytest.mark.parametrize("before", ["checking", "running", "done", "discarded"])
def test_what_goes_on_is_not_discarded(people: People, before: str) -> None:
    row = make(people)
    Import.objects.update(state=before)

    with pytest.raises(Refusal, match="wird gerade bearbeitet oder ist schon abgeschlossen"):
        discard_import(row=row, by=people.officer)

    assert (state(row), row.rows) == (before, [[2, ["Leitung"]]])


def test_discarding_is_for_its_house(people: People, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        discard_import(row=make(people), by=outsider)

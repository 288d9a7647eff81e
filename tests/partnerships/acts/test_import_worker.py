"""What the worker does with an import: checked without a trace, taken over whole or not at all."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from ministries.models import Role
from partnerships.imports.actions import check_import, take_over_import
from partnerships.imports.kinds import Draft
from partnerships.imports.registry import KINDS
from partnerships.models import Contact, Import
from partnerships.records.contacts.importing import ContactImport
from tests.factories import make_appointment
from tests.partnerships.conftest import People
from tests.record_factories import make_contact, make_import
from ui.errors import Conflict, Refusal

ROWS = [[2, ["Leitung"]], [3, ["Referat"]]]


def make(people: People, state: str = "checking", **fields: Any) -> Import:
    common = {"rows": ROWS, "row_count": 2, "items": [], "new_count": 0}
    return make_import(
        ministry=people.house, uploaded_by=people.officer, state=state, **common | fields
    )


def make_running(people: People, **fields: Any) -> Import:
    """Checked, and asked to be taken over."""
    row = make(people, **fields)
    check_import(row.pk)
    Import.objects.update(state="running")
    return row


def counts(row: Import) -> tuple[int, int, int]:
    return row.new_count, row.changed_count, row.same_count


def functions() -> set[str]:
    return set(Contact.objects.values_list("function", flat=True))


# Checked


def test_checked_one_says_what_it_would_do(people: People) -> None:
    make_contact(ministry=people.house, function="Referat")
    row = make(people, notice="Fehler")

    check_import(row.pk)

    row.refresh_from_db()
    told = [(item["row"], item["title"], item["outcome"]) for item in row.items]
    assert told == [(2, "Leitung", "new"), (3, "Referat", "same")]
    assert (row.state, row.notice, row.errors, row.done_count) == ("checked", "", [], 2)
    assert (counts(row), len(row.fingerprint)) == ((1, 0, 1), 64)
    assert functions() == {"Referat"}


def test_checked_one_says_which_cell_is_wrong(people: People) -> None:
    row = make(people, rows=[[2, ["a" * 161]]])

    check_import(row.pk)

    row.refresh_from_db()
    assert (row.state, [error["cell"] for error in row.errors]) == ("checked", ["A2"])


@pytest.mark.parametrize("state", ["mapping", "checked", "running", "done", "discarded"])
def test_what_does_not_wait_is_not_checked(people: People, state: str) -> None:
    row = make(people, state)

    check_import(row.pk)

    row.refresh_from_db()
    assert (row.state, row.items) == (state, [])


def test_what_is_thrown_away_meanwhile_stays_so(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(ContactImport):
        def draft(self, values: Any) -> Draft:
            Import.objects.update(state="discarded")
            return super().draft(values)

    monkeypatch.setitem(KINDS, "kontakte", Late)
    row = make(people)

    check_import(row.pk)

    row.refresh_from_db()
    assert (row.state, row.items) == ("discarded", [])


# Taken over


def test_taken_over_row_by_row(people: People) -> None:
    same = make_contact(ministry=people.house, function="Referat")
    row = make_running(people)

    take_over_import(row.pk)

    row.refresh_from_db()
    assert (row.state, row.rows, len(row.items)) == ("done", [], 2)
    assert row.taken_over_at is not None
    assert Contact.objects.get(function="Leitung").source == "liste.xlsx, Zeile 2"
    same.refresh_from_db()
    assert (same.version, same.source) == (1, "")


def test_history_names_who_brought_the_file(people: People) -> None:
    make_appointment(user=people.officer, role=Role.HEAD, ministry=people.house)
    row = make_running(people)

    take_over_import(row.pk)

    event = Contact.pgh_event_model.objects.earliest("pgh_id")  # type: ignore[attr-defined]
    assert event.pgh_context == {
        "user": people.officer.pk,
        "role": ["officer SMWK", "head SMWK"],
        "url": f"/import/{row.pk}/",
        "reason": "Import aus liste.xlsx",
    }


def test_taken_over_once_only(people: People) -> None:
    row = make_running(people)
    take_over_import(row.pk)

    take_over_import(row.pk)

    assert Contact.objects.count() == 2


@pytest.mark.parametrize("state", ["mapping", "checking", "checked", "done", "discarded"])
def test_what_was_not_asked_for_is_not_taken_over(people: People, state: str) -> None:
    row = make_running(people)
    Import.objects.update(state=state)

    take_over_import(row.pk)

    row.refresh_from_db()
    assert (row.state, functions()) == (state, set())


def test_what_changed_since_the_preview_is_shown_first(people: People) -> None:
    row = make_running(people)
    make_contact(ministry=people.house, function="Referat")

    take_over_import(row.pk)

    row.refresh_from_db()
    assert (row.state, counts(row)) == ("checked", (1, 0, 1))
    assert row.notice.startswith("Seit der Prüfung hat sich in Brücke etwas geändert.")
    assert functions() == {"Referat"}


def test_errors_found_only_then_are_shown(people: People) -> None:
    row = make_running(people, rows=ROWS[:1])
    Import.objects.update(rows=[[2, ["Leitung"]], [3, ["a" * 161]]])

    take_over_import(row.pk)

    row.refresh_from_db()
    assert (row.state, len(row.errors), functions()) == ("checked", 1, set())


def test_who_lost_the_function_writes_nothing(people: People) -> None:
    row = make_running(people)
    people.officer.appointments.all().delete()

    take_over_import(row.pk)

    row.refresh_from_db()
    assert (row.state, functions()) == ("checked", set())
    assert row.notice.startswith("Sie dürfen diese Angaben nicht mehr importieren.")


@pytest.mark.parametrize(
    ("error", "notice"),
    [
        (Conflict(None), "Seit der Prüfung hat sich in Brücke etwas geändert."),
        (IntegrityError(), "Seit der Prüfung hat sich in Brücke etwas geändert."),
        (PermissionDenied(), "Sie dürfen diese Angaben nicht mehr importieren."),
        (Refusal("Voll."), "Die Übernahme ist nicht gelungen. Es wurde nichts übernommen. Voll."),
        (
            ValidationError(["Zu lang.", "Falsch."]),
            "Die Übernahme ist nicht gelungen. Es wurde nichts übernommen. Zu lang.; Falsch.",
        ),
        (
            Refusal("a" * 400),
            f"Die Übernahme ist nicht gelungen. Es wurde nichts übernommen. {'a' * 400}"[:300],
        ),
    ],
)
def test_failure_in_the_middle_leaves_nothing(
    people: People, monkeypatch: pytest.MonkeyPatch, error: Exception, notice: str
) -> None:
    class Failing(ContactImport):
        def write(self, draft: Draft, *, source: str) -> Any:
            if draft.record.function == "Referat":
                raise error
            return super().write(draft, source=source)

    row = make_running(people)
    monkeypatch.setitem(KINDS, "kontakte", Failing)

    take_over_import(row.pk)

    row.refresh_from_db()
    assert (row.state, row.notice[: len(notice)], functions()) == ("checked", notice, set())

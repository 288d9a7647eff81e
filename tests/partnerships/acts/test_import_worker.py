"""What the worker does with an import: checked without a trace, taken over whole or not at all."""

from typing import Any

import pytest

from partnerships.actions.imports import check_import
from partnerships.imports.contacts import ContactImport
from partnerships.imports.kinds import Draft
from partnerships.imports.registry import KINDS
from partnerships.models import Contact, Import
from tests.partnerships.conftest import People
from tests.record_factories import make_contact, make_import

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

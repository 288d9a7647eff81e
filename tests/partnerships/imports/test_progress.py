"""How far a take-over has come shows while nothing of it is written yet."""

import time
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection

from partnerships.imports.kinds import Draft
from partnerships.imports.registry import KINDS
from partnerships.models import Import
from partnerships.records.contacts.importing import ContactImport
from tests.partnerships.conftest import People
from tests.partnerships.imports.sheets import take_over, upload, xlsx

pytestmark = pytest.mark.long


@pytest.mark.django_db(transaction=True)
def test_progress_of_a_take_over_shows_while_nothing_is_written(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []

    class Watched(ContactImport):
        def write(self, draft: Draft, *, source: str) -> None:
            super().write(draft, source=source)
            told.append(Import.objects.get().done_count)

    content = xlsx(("Funktion",), *((f"Referat {number}",) for number in range(250)))
    row = upload(content, kind="kontakte", house=people.house, by=people.officer)
    monkeypatch.setitem(KINDS, "kontakte", Watched)
    take_over(row, people.officer)
    assert sorted(set(told)) == [125, 175, 225]


@pytest.mark.django_db(transaction=True)
def test_long_check_does_not_leave_the_transaction_idle(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(ContactImport):
        def draft(self, values: Mapping[str, Any]) -> Draft:
            time.sleep(0.01)
            return super().draft(values)

    content = xlsx(("Funktion",), *((f"Referat {number}",) for number in range(250)))
    row = upload(content, kind="kontakte", house=people.house, by=people.officer)
    monkeypatch.setitem(KINDS, "kontakte", Slow)
    with connection.cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = '2s'")
    try:
        take_over(row, people.officer)
    finally:
        connection.close()
    assert row.state == "done"

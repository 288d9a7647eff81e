"""A file is brought: read, its columns recognised, and checked at once where they are known."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from ministries.models import Job, Ministry, User
from partnerships.imports.actions import CHECK, start_import
from partnerships.imports.mapping import fingerprint
from partnerships.imports.registry import KINDS
from partnerships.models import Import
from tests.factories import NOW, make_ministry
from tests.partnerships.conftest import People
from tests.partnerships.imports.sheets import xlsx
from tests.record_factories import make_column_mapping
from ui.errors import Refusal


def start(house: Ministry, content: bytes, *, by: User, **values: str) -> Import:
    row = start_import(ministry=house, by=by, **brought(content, **values))
    return Import.objects.get(pk=row.pk)


def brought(content: bytes, *, name: str = "liste.csv", kind: str = "kontakte") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content), "kind": KINDS[kind], "now": NOW}


def with_second_sheet(book: Workbook) -> None:
    """The second is the list; the first is about something else."""
    book.worksheets[0].title = "Hinweise"
    book.create_sheet("Liste")
    book["Liste"].append(["Funktion", "Name"])
    book["Liste"].append(["Leitung", "Demo Gast"])


def test_known_headings_are_checked_at_once(people: People) -> None:
    row = start(people.house, b"Funktion;Name\nLeitung;Demo Gast\n", by=people.officer)

    assert (row.kind, row.ministry, row.file_name) == ("kontakte", people.house, "liste.csv")
    assert (row.uploaded_at, row.uploaded_by) == (NOW, people.officer)
    assert (row.headings, row.rows) == (["Funktion", "Name"], [[2, ["Leitung", "Demo Gast"]]])
    assert (row.row_count, row.unread) == (1, "")
    assert (row.mapping, row.state) == ({"0": "function", "1": "name"}, "checking")
    assert Job.objects.get(task_name=CHECK).args == {"import_id": row.pk}


def test_unknown_heading_is_asked_about(people: People) -> None:
    row = start(people.house, b"Funktion;Wer\nLeitung;Demo Gast\n", by=people.officer)

    assert (row.mapping, row.state) == ({"0": "function"}, "mapping")
    assert not Job.objects.filter(task_name=CHECK).exists()


def test_mapping_of_the_house_is_used_again(people: People) -> None:
    known, mapping = fingerprint(["Funktion", "Wer"]), {"1": "name"}
    make_column_mapping(ministry=people.house, fingerprint=known, mapping=mapping)

    row = start(people.house, b"Funktion;Wer\nLeitung;Demo Gast\n", by=people.officer)

    assert (row.mapping, row.state) == (mapping, "checking")


@pytest.mark.parametrize("other", [{"kind": "aktivitaeten"}, {"fingerprint": "0" * 64}])
def test_mapping_of_other_files_is_not_used(people: People, other: dict[str, str]) -> None:
    known = {"fingerprint": fingerprint(["Funktion", "Wer"])}
    make_column_mapping(ministry=people.house, mapping={"1": "name"}, **known | other)

    row = start(people.house, b"Funktion;Wer\nLeitung;Demo Gast\n", by=people.officer)

    assert (row.mapping, row.state) == ({"0": "function"}, "mapping")


def test_mapping_of_another_house_is_not_used(people: People) -> None:
    known = fingerprint(["Funktion", "Wer"])
    make_column_mapping(ministry=make_ministry(), fingerprint=known, mapping={"1": "name"})

    row = start(people.house, b"Funktion;Wer\nLeitung;Demo Gast\n", by=people.officer)

    assert row.state == "mapping"


def test_kept_mapping_without_what_is_needed_is_asked_about(people: People) -> None:
    known = fingerprint(["Partnerschaft", "Lage"])
    mapping = {"0": "partnership"}
    make_column_mapping(
        ministry=people.house, kind="sachstaende", fingerprint=known, mapping=mapping
    )
    content = b"Partnerschaft;Lage\nFlandern;gut\n"

    row = start(people.house, content, kind="sachstaende", by=people.officer)

    assert (row.mapping, row.state) == (mapping, "mapping")


def test_sheet_that_fits_best_is_read(people: People) -> None:
    content = xlsx(("Hinweis", "Funktion"), ("Bitte", "ausfüllen"), change=with_second_sheet)

    row = start(people.house, content, name="liste.xlsx", by=people.officer)

    assert (row.sheet, row.unread) == ("Liste", "Hinweise")
    assert row.rows == [[2, ["Leitung", "Demo Gast"]]]


def test_headings_alone_are_refused(people: People) -> None:
    with pytest.raises(Refusal, match="hat Überschriften, aber keine Zeile darunter"):
        start_import(ministry=people.house, by=people.officer, **brought(b"Funktion;Name\n"))

    assert not Import.objects.exists()


def test_starting_is_for_its_house(people: People, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        start_import(ministry=people.house, by=outsider, **brought(b"Funktion\nLeitung\n"))


def test_register_is_not_brought_by_a_house(people: People) -> None:
    regions = brought(b"Name;Staat\nFlandern;Belgien\n", kind="regionen")

    with pytest.raises(PermissionDenied):
        start_import(ministry=people.house, by=people.officer, **regions)


def test_coordination_brings_the_register_for_its_own_house(people: People) -> None:
    chancellery = people.coordinator.appointments.get().ministry
    content = b"Name;Staat\nFlandern;Belgien\n"

    row = start(chancellery, content, kind="regionen", by=people.coordinator)

    assert (row.ministry, row.state) == (chancellery, "checking")

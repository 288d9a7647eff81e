"""A document is stored once, within the space of its house."""

from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from ministries.models import User
from partnerships.files.store import folder, path_of
from partnerships.models import Document, Partnership
from partnerships.records.documents.actions import refuse_over_quota, upload_document
from tests.factories import NOW, TODAY, make_ministry, make_partnership
from tests.partnerships.conftest import People
from tests.record_factories import make_document
from ui.errors import Refusal

CONTENT = b"Programm der Reise"
CHECKSUM = sha256(CONTENT).hexdigest()


@pytest.fixture
def partnership(people: People) -> Partnership:
    return make_partnership()


def new(people: People, partnership: Partnership, **fields: Any) -> dict[str, Any]:
    """The document as its form has it, and the file."""
    common = {"ministry": people.house, "partnership": partnership, "title": "Programm"}
    file = SimpleUploadedFile("programm.txt", CONTENT)
    return {"file": file, "document": Document(**common | fields), "now": NOW}


def stored_files() -> set[str]:
    return {path.name for path in folder().rglob("*") if path.is_file()}


# Uploaded


def test_uploaded_with_what_is_known_of_the_file(
    people: People, partnership: Partnership, colleague: User
) -> None:
    links = {"circle": [colleague]}

    created = upload_document(
        links=links, by=people.officer, **new(people, partnership, is_confidential=True)
    )

    stored = Document.objects.get()
    assert (created, stored.title, stored.file_name) == (stored, "Programm", "programm.txt")
    assert (stored.media_type, stored.size, stored.checksum) == ("text/plain", 18, CHECKSUM)
    assert (stored.uploaded_at, stored.uploaded_by) == (NOW, people.officer)
    assert list(stored.circle.all()) == [colleague]
    assert path_of(stored.storage_name).read_bytes() == CONTENT


def test_title_that_is_too_long_is_refused(people: People, partnership: Partnership) -> None:
    with pytest.raises(ValidationError, match="title"):
        upload_document(by=people.officer, **new(people, partnership, title="a" * 201))


def test_upload_is_for_its_house(people: People, partnership: Partnership, outsider: User) -> None:
    before = stored_files() if folder().exists() else set()

    with pytest.raises(PermissionDenied):
        upload_document(by=outsider, **new(people, partnership))

    after = stored_files() if folder().exists() else set()
    assert after == before


def test_stranger_learns_nothing_of_the_space_of_the_house(
    people: People, partnership: Partnership, outsider: User, settings: Any
) -> None:
    settings.DOCUMENTS_OF_A_HOUSE = 0

    with pytest.raises(PermissionDenied):
        upload_document(by=outsider, **new(people, partnership))


# The space of a house


def test_space_is_used_to_the_last_byte(
    people: People, partnership: Partnership, settings: Any
) -> None:
    settings.DOCUMENTS_OF_A_HOUSE = 100
    about = {"partnership": partnership, "uploaded_by": people.officer}
    make_document(ministry=people.house, size=60, **about)
    gone = {"archived_on": TODAY, "archived_by": people.officer, "archive_reason": "doppelt"}
    make_document(ministry=people.house, size=20, **gone, **about)
    make_document(ministry=make_ministry(), size=60, **about)

    refuse_over_quota(people.house, 20)
    with pytest.raises(Refusal, match=f"von {people.house} ist aufgebraucht"):
        refuse_over_quota(people.house, 21)


def test_empty_house_has_all_its_space(people: People, settings: Any) -> None:
    settings.DOCUMENTS_OF_A_HOUSE = 100

    refuse_over_quota(people.house, 100)
    with pytest.raises(Refusal, match="aufgebraucht"):
        refuse_over_quota(people.house, 101)


def test_file_that_does_not_fit_is_not_kept(
    people: People, partnership: Partnership, settings: Any
) -> None:
    settings.DOCUMENTS_OF_A_HOUSE = len(CONTENT) - 1

    with pytest.raises(Refusal, match="aufgebraucht"):
        upload_document(by=people.officer, **new(people, partnership))


def test_file_that_just_fits_is_kept(
    people: People, partnership: Partnership, settings: Any
) -> None:
    settings.DOCUMENTS_OF_A_HOUSE = len(CONTENT)

    assert upload_document(by=people.officer, **new(people, partnership)).size == len(CONTENT)


# The same file twice


def known(people: People, partnership: Partnership, **fields: Any) -> Document:
    common = {"ministry": people.house, "partnership": partnership, "title": "Erste Fassung"}
    return make_document(uploaded_by=people.officer, **common | {"checksum": CHECKSUM} | fields)


def test_same_file_is_pointed_out_by_its_title(people: People, partnership: Partnership) -> None:
    known(people, partnership)

    with pytest.raises(Refusal, match="liegt bei der Partnerschaft schon vor: „Erste Fassung“"):
        upload_document(by=people.officer, **new(people, partnership))

    assert Document.objects.count() == 1


def test_same_file_belongs_to_another_partnership_too(
    people: People, partnership: Partnership
) -> None:
    known(people, make_partnership())

    assert upload_document(by=people.officer, **new(people, partnership)).checksum == CHECKSUM


def test_same_file_belongs_to_another_house_too(people: People, partnership: Partnership) -> None:
    known(people, partnership, ministry=make_ministry())

    assert upload_document(by=people.officer, **new(people, partnership)).checksum == CHECKSUM


def test_another_file_is_another_document(people: People, partnership: Partnership) -> None:
    known(people, partnership, checksum="0" * 64)

    assert upload_document(by=people.officer, **new(people, partnership)).checksum == CHECKSUM


def test_archived_file_may_come_again(people: People, partnership: Partnership) -> None:
    gone = {"archived_on": TODAY, "archived_by": people.officer, "archive_reason": "doppelt"}
    known(people, partnership, **gone)

    assert upload_document(by=people.officer, **new(people, partnership)).checksum == CHECKSUM


def test_file_one_does_not_see_is_not_pointed_out(people: People, partnership: Partnership) -> None:
    known(people, partnership, is_confidential=True)

    assert upload_document(by=people.officer, **new(people, partnership)).checksum == CHECKSUM

"""Documents: uploaded, found, handed out; files that are hostile or merely wrong."""

import os
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ministries.models import Role
from partnerships.files.store import folder, path_of
from partnerships.models import Document, Partnership
from partnerships.tasks import sweep_documents
from tests import factories, record_factories
from tests.partnerships import files, mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Any:
    return factories.make_ministry()


@pytest.fixture
def officer(house: Any, client: Client) -> Any:
    user = factories.make_user(role=Role.OFFICER, ministry=house)
    client.force_login(user)
    return user


@pytest.fixture
def partnership() -> Partnership:
    return factories.make_partnership(name="Flandern", slug="flandern")


def upload(client: Client, name: str, content: bytes, **fields: Any) -> Any:
    url = reverse("partnerships:document-upload", args=["flandern"])
    token = client.get(url).context["form"]
    house = token.fields["ministry"].queryset.first()
    data = {
        "_token": "6a7c9c86-6f7d-4a8f-b0a5-0d4b7a6f0001",
        "file": SimpleUploadedFile(name, content),
        "ministry": house.pk,
        "visibility": "government",
        **fields,
    }
    return client.post(url, data)


def test_upload_is_kept_under_a_random_name(
    client: Client, officer: Any, partnership: Partnership
) -> None:
    answer = upload(client, "Programm der Reise.pdf", files.pdf("Programm"))

    assert answer.status_code == 302
    document = Document.objects.get()
    assert document.title == "Programm der Reise.pdf"
    assert document.uploaded_by == officer
    assert path_of(document.storage_name).read_bytes() == files.pdf("Programm")
    assert "Programm" not in document.storage_name


def test_file_comes_back_as_attachment(
    client: Client, officer: Any, partnership: Partnership
) -> None:
    upload(client, "Übersicht.pdf", files.pdf("Programm"))

    answer = client.get(reverse("partnerships:document-file", args=[Document.objects.get().pk]))

    assert b"".join(answer) == files.pdf("Programm")
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%C3%9Cbersicht")
    assert answer["Content-Type"] == "application/pdf"
    assert "sandbox" in answer["Content-Security-Policy"]


SENTENCE = "Die Schulung zu VS-NfD ist am Montag."


def test_words_of_a_marking_are_asked_about(
    client: Client, officer: Any, partnership: Partnership
) -> None:
    before = set(folder().rglob("*"))
    answer = upload(client, "a.txt", SENTENCE.encode())

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ist das Dokument eingestuft?" in page
    assert f"„{SENTENCE}“" in page
    assert '<input type="checkbox" name="is_unclassified"' in page
    assert not Document.objects.exists()
    # Others upload into the same folder meanwhile.
    new = [path for path in folder().rglob("*") if path.is_file() and path not in before]
    assert all(SENTENCE.encode() not in path.read_bytes() for path in new)


def test_no_to_the_question_is_kept_in_the_history(
    client: Client, officer: Any, partnership: Partnership
) -> None:
    sent = {"is_unclassified": "on", "_token": "6a7c9c86-6f7d-4a8f-b0a5-0d4b7a6f0002"}
    upload(client, "a.txt", SENTENCE.encode(), **sent)
    upload(
        client, "b.txt", b"Programm", **sent | {"_token": "6a7c9c86-6f7d-4a8f-b0a5-0d4b7a6f0003"}
    )

    events = Document.pgh_event_model.objects.order_by("pgh_id")
    told = list(events.values_list("file_name", "pgh_context__reason"))
    assert told == [("a.txt", "auf Nachfrage: nicht eingestuft"), ("b.txt", None)]


def test_no_to_the_question_takes_no_marking(
    client: Client, officer: Any, partnership: Partnership
) -> None:
    answer = upload(client, "a.txt", b"VS-NfD\nText", is_unclassified="on")

    assert "als Verschlusssache gekennzeichnet" in answer.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"), [("Antwort.eml", mails.eml()), ("Antwort.msg", mails.msg())]
)
def test_mail_is_kept_and_never_opened_as_a_page(
    client: Client, officer: Any, partnership: Partnership, name: str, content: bytes
) -> None:
    assert upload(client, name, content).status_code == 302

    document = Document.objects.get()
    answer = client.get(reverse("partnerships:document-file", args=[document.pk]))
    assert (answer["Content-Type"], b"".join(answer)) == ("application/octet-stream", content)
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    for page in ("partnerships:documents", "partnerships:document"):
        where = partnership.slug if page.endswith("s") else document.pk
        assert "E-Mail, " in client.get(reverse(page, args=[where])).content.decode()


def test_attachment_of_a_mail_is_refused_by_name(
    client: Client, officer: Any, partnership: Partnership
) -> None:
    answer = upload(client, "Antwort.eml", mails.eml(("rechnung.exe", b"MZ")))

    assert "Anlage „rechnung.exe“: Dateien mit diesem Namen" in answer.content.decode()


def test_same_file_twice_is_pointed_out(
    client: Client, officer: Any, partnership: Partnership
) -> None:
    upload(client, "a.pdf", files.pdf("Programm"))

    answer = upload(
        client, "b.pdf", files.pdf("Programm"), _token="6a7c9c86-6f7d-4a8f-b0a5-0d4b7a6f0002"
    )

    assert answer.status_code == 422
    assert "liegt bei der Partnerschaft schon vor" in answer.content.decode()
    assert Document.objects.count() == 1


def test_quota_of_the_house_is_kept(
    client: Client, officer: Any, partnership: Partnership, settings: Any
) -> None:
    settings.DOCUMENTS_OF_A_HOUSE = 100

    answer = upload(client, "a.pdf", files.pdf("Programm"))

    assert answer.status_code == 422
    assert "aufgebraucht" in answer.content.decode()


def test_file_over_the_limit_is_refused(
    client: Client, officer: Any, partnership: Partnership, settings: Any
) -> None:
    settings.DOCUMENT_LARGEST = 100

    assert upload(client, "a.pdf", files.pdf("Programm")).status_code == 422


def test_scanner_that_does_not_answer_lets_nothing_pass(
    client: Client, officer: Any, partnership: Partnership, settings: Any
) -> None:
    settings.CLAMD_SOCKET = "/nirgendwo/clamd.sock"

    answer = upload(client, "a.pdf", files.pdf("Programm"))

    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_foreign_activity_is_not_offered(
    client: Client, officer: Any, partnership: Partnership
) -> None:
    foreign = record_factories.make_activity(
        ministry=factories.make_ministry(), partnerships=[partnership]
    )

    answer = upload(client, "a.pdf", files.pdf("Programm"), activity=foreign.pk)

    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_refused_file_leaves_nothing_behind(
    client: Client, officer: Any, partnership: Partnership
) -> None:
    before = set(folder().rglob("*")) if folder().exists() else set()

    upload(client, "a.pdf", b"<html>kein PDF</html>")

    assert set(folder().rglob("*")) == before


def test_file_without_document_is_removed_after_a_day(
    client: Client, officer: Any, partnership: Partnership
) -> None:
    upload(client, "a.pdf", files.pdf("Programm"))
    kept = path_of(Document.objects.get().storage_name)
    orphan, young = (folder() / name for name in ("verwaist", "eben-erst"))
    orphan.write_bytes(b"x")
    young.write_bytes(b"x")
    for path in (kept, orphan):
        os.utime(path, (0, 0))

    sweep_documents(timestamp=0)

    assert (kept.exists(), orphan.exists(), young.exists()) == (True, False, True)
    young.unlink()

"""A file that speaks of markings is taken once the person says that it has none."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partnerships.models import Import
from tests.partnerships.conftest import People, SignIn
from tests.partnerships.imports.sheets import xlsx

pytestmark = pytest.mark.long


def test_words_of_a_marking_are_asked_about(people: People, sign_in: SignIn) -> None:
    client = sign_in(people.officer)
    content = xlsx(("Funktion", "Bemerkungen"), ("Leitung", "Schulung zu VS-NfD am Montag"))

    def send(**more: str) -> Any:
        file = SimpleUploadedFile("liste.xlsx", content)
        sent = {"file": file, "ministry": people.house.pk, "_token": uuid4(), **more}
        return client.post("/import/neu/kontakte/", sent)

    page = send().content.decode()
    assert "Ist das Dokument eingestuft?" in page
    assert not Import.objects.exists()
    assert '<input type="checkbox" name="is_unclassified"' in page
    assert send(is_unclassified="on").status_code == 302

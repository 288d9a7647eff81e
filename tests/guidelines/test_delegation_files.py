"""Files that are no Word form of Brücke, or worse."""

import io
from collections.abc import Callable

import docx
import pytest

from guidelines.delegations.actions import Addressee
from guidelines.delegations.reading import read
from guidelines.models import Delegation
from partnerships.files.findings import Refused
from tests.guidelines.conftest import World
from tests.guidelines.test_delegation_mailbox import form_of, keep, one, typed, upload
from tests.guidelines.test_delegations import given
from tests.partnerships import files

__all__ = ["one"]
HOSTILE = [(name, content) for name, content in files.hostile() if name.endswith(".docx")]


@pytest.mark.parametrize(("name", "content"), HOSTILE, ids=[name for name, _ in HOSTILE])
def test_no_hostile_file_is_read(name: str, content: files.Content) -> None:
    with pytest.raises(Refused):
        read(name, files.built(content))


def other_document() -> bytes:
    target = io.BytesIO()
    docx.Document().save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (lambda: b"%PDF-1.7 %%EOF", "formular.pdf", "Word-Formular als DOCX-Datei"),
        (lambda: b"kein Archiv", "formular.docx", "keine DOCX-Datei"),
        (lambda: files.docx(word__vbaProject=b"x"), "formular.docx", "Makros"),
        (lambda: files.bomb(files.docx()), "formular.docx", "zu groß"),
        (files.docx, "formular.docx", "beschädigt"),
        (other_document, "formular.docx", "keine Frage aus einem Word-Formular"),
    ],
)
def test_wrong_file_is_refused_in_german(
    world: World, one: Delegation, content: Callable[[], bytes], name: str, told: str
) -> None:
    response = upload(world, one, content(), name)

    assert response.status_code == 422
    assert told in response.content.decode()
    assert not Delegation.objects.exclude(state="open").exists()


def test_marking_in_a_form_is_refused(world: World, one: Delegation) -> None:
    response = upload(world, one, typed(form_of(world, one), answer="nicht", reason="VS-NfD"))

    assert response.status_code == 422
    assert not Delegation.objects.exclude(state="open").exists()


def test_number_of_another_house_says_what_no_number_says(world: World, one: Delegation) -> None:
    other = given(
        world,
        statements=[world.other_statement],
        by=world.other.officer,
        to=Addressee(unit="Referat 99", mailbox="referat99@demo.example"),
    )

    response = upload(world, one, typed(form_of(world, one), number=str(other.pk), answer="nicht"))

    assert f"Nummer „{other.pk}“ gehört zu keiner" in response.content.decode()
    keep(world, other, response.content.decode(), **{f"answer_{other.pk}": "2"})
    assert not Delegation.objects.exclude(state="open").exists()

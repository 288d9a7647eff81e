"""The letters as files: what stands in them, whoever opens them, and that everybody can read them."""

import io
import zipfile
from typing import Any

import docx
import pypdf
import pytest
from django.test import override_settings
from django.urls import reverse

from guidelines.models import RequestLetter
from guidelines.rounds.joining_actions import add_house_later, add_partnerships
from partnerships.models import Partnership
from tests.factories import NOW, make_check, make_partnership
from tests.guidelines.conftest import World, signed_in
from tests.reports.test_signs import squeezed, words_of

HOSTILE = "Ost-<b>#let</b> $x$ {{ 7*7 }} 湖北省 \u202eRTL"


@pytest.fixture
def letter(world: World) -> RequestLetter:
    add_house_later(
        checks=[world.check], ministry=world.stranger.ministry, by=world.coordinator, now=NOW
    )
    return RequestLetter.objects.get()


def url(letter: RequestLetter) -> str:
    return letter.get_absolute_url()


def all_url(letter: RequestLetter) -> str:
    return reverse("guidelines:request-letters", args=[letter.round.slug])


def fetch(user: Any, address: str, kind: str) -> Any:
    return signed_in(user).get(address, {"format": kind})


def word_text(content: bytes) -> str:
    made = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def as_text(kind: str, response: Any) -> str:
    if kind == "pdf":
        return words_of(response.content)
    return squeezed(word_text(response.content) if kind == "docx" else response.content.decode())


@pytest.mark.parametrize("kind", ["pdf", "docx", "txt"])
@override_settings(HOUSE_CONTACT="Telefon 0351 1234|staatskanzlei@demo.example")
def test_file_says_list_reason_deadline_link_and_whom_to_call(
    world: World,
    letter: RequestLetter,
    kind: str,
) -> None:
    response = fetch(world.coordinator, url(letter), kind)

    text = as_text(kind, response)
    chancellery = world.coordinator.appointments.get().ministry
    for words in (
        str(world.check.partnership),
        "nachträglich beteiligt",
        f"bis zum {letter.due_on:%d.%m.%Y}",
        "/stellungnahmen/",
        "Telefon 0351 1234",
        chancellery.mailbox,
        str(letter.round.edition),
    ):
        assert squeezed(words) in text, words
    assert f"-{letter.ministry.slug}-" in response["Content-Disposition"]


def test_pdf_is_tagged_and_word_file_is_german(world: World, letter: RequestLetter) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(fetch(world.coordinator, url(letter), "pdf").content))
    word = docx.Document(io.BytesIO(fetch(world.coordinator, url(letter), "docx").content))

    catalogue: Any = pdf.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].startswith("de")
    assert word.core_properties.language == "de-DE"
    assert word.core_properties.title.startswith(str(letter.round))


@pytest.mark.parametrize("kind", ["pdf", "docx", "txt"])
def test_hostile_name_stays_text(world: World, letter: RequestLetter, kind: str) -> None:
    Partnership.objects.filter(pk=world.check.partnership_id).update(name=HOSTILE)

    text = as_text(kind, fetch(world.coordinator, url(letter), kind))

    assert squeezed("Ost-<b>#let</b> $x$ {{ 7*7 }}") in text
    assert ("[fremdeSchrift]" if kind == "pdf" else "湖北省") in text
    assert "\u202e" not in text


def test_all_of_a_round_are_one_pdf_or_one_zip(world: World, letter: RequestLetter) -> None:
    partnership = make_partnership(name="Nachzügler", lead=world.other.ministry)
    add_partnerships(
        check_round=letter.round, partnerships=[partnership], by=world.coordinator, now=NOW
    )
    letters = RequestLetter.objects.count()
    assert letters > 1

    pdf = pypdf.PdfReader(io.BytesIO(fetch(world.coordinator, all_url(letter), "pdf").content))
    packed = zipfile.ZipFile(io.BytesIO(fetch(world.coordinator, all_url(letter), "zip").content))

    assert len(pdf.pages) == letters
    assert len(packed.namelist()) == len(set(packed.namelist())) == 2 * letters
    assert any(
        "Nachzügler" in word_text(packed.read(name))
        for name in packed.namelist()
        if name.endswith("docx")
    )


@pytest.mark.parametrize("kind", ["", "pdf", "docx", "txt"])
def test_confidential_partnership_is_named_in_no_letter(
    world: World,
    letter: RequestLetter,
    kind: str,
) -> None:
    other = make_check(check_round=letter.round)
    add_house_later(checks=[other], ministry=letter.ministry, by=world.coordinator, now=NOW)
    secret = RequestLetter.objects.exclude(pk=letter.pk).get()
    Partnership.objects.filter(pk=other.partnership_id).update(is_confidential=True)

    response = fetch(world.coordinator, url(secret), kind)

    text = as_text(kind, response) if kind else squeezed(response.text)
    assert squeezed("eine vertrauliche Partnerschaft") in text
    assert squeezed(str(other.partnership)) not in text
    assert fetch(world.stranger.officer, url(secret), kind).status_code == 404
    other.partnership.circle.add(world.stranger.officer)
    assert fetch(world.stranger.officer, url(secret), kind).status_code == 200

"""Every sign somebody stored stands in the PDF and the Word file, or is told there; none stops them."""

import io
from datetime import UTC, datetime
from typing import Any

import docx
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from ministries.models import Role
from reports.content import Facts, Report, Section, Table, Text
from reports.pdf import report_pdf, set_in_type
from reports.word import report_docx
from tests import factories
from tests.record_factories import make_activity
from tests.signs import store, stored_and_told
from ui.text import clean_all

# What the German of the houses needs beside its letters.
COMMON = [
    "CO₂", "ﬁnanzierung", "≥ 30 %", "☐ offen", "☑ erledigt", "½", "5 µg/m³", "→ Ziel", "№ 7", "„so“ – ‚so‘",
    "Łódź, Győr, Tōkyō", "Київ, Αθήνα", "2 × 3 ≠ 5", "♦ ★ ●",
]  # fmt: skip
TOLD = {
    "湖北省": "[fremde Schrift]",
    "Wuhan (武汉市), Hubei": "Wuhan ([fremde Schrift]), Hubei",
    "தமிழ் நாடு": "[fremde Schrift]",
    "湖北省，武汉。": "[fremde Schrift]",
    "a\u0378b \u0380\u0381\u0382\u0383": "a[Zeichen]b [Zeichen]",
    "Fest 🎉🎉 der Chöre": "Fest [Zeichen] der Chöre",
    "👩\u200d👧 Familie": "[Zeichen] Familie",
    "\ue000 Symbol": "[Zeichen] Symbol",
}


def report(texts: list[str]) -> Any:
    return clean_all(
        Report(
            title=f"Dossier {texts[0]}",
            subtitle=texts[-1],
            as_of=datetime(2026, 11, 30, tzinfo=UTC),
            sections=[
                Section("Angaben", [Facts([("Angabe", text) for text in texts])]),
                Section("Texte", [Text("\n\n".join(texts), texts[0], texts[-1])]),
                Section("Tabelle", [Table(["Eins", "Zwei"], [(text, "") for text in texts])]),
            ],
        )
    )


def words_of(pdf: bytes) -> str:
    """A line may end anywhere, at a hyphen too."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return squeezed("".join(page.extract_text() for page in pages)).replace("\u2010", "-")


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u00ad", "")


def test_pdf_shows_common_signs() -> None:
    words = words_of(report_pdf(report(COMMON)))

    assert [text for text in COMMON if words.count(squeezed(text)) < 3] == []


@pytest.mark.parametrize(("text", "told"), TOLD.items())
def test_what_cannot_be_set_is_told_by_word_or_sign(text: str, told: str) -> None:
    assert set_in_type(text) == told


def test_pdf_is_set_with_every_sign_there_is() -> None:
    every = [chr(code) for code in range(0x20000) if not 0xD800 <= code <= 0xDFFF]
    texts = [" ".join(every[start : start + 64]) for start in range(0, len(every), 64)]
    known = sorted({text for text in map(set_in_type, texts) if set(text) - set("[Zeichn] frmdSt")})

    assert report_pdf(report(known))


def test_word_that_no_line_holds_goes_on_in_the_next() -> None:
    made = pypdf.PdfReader(io.BytesIO(report_pdf(report(["M" * 120]))))

    lines = [line for page in made.pages for line in page.extract_text().splitlines()]

    assert max(line.count("M") for line in lines) < 80


def test_dossier_bears_what_was_stored_before(client: Client, db: None) -> None:
    house = factories.make_ministry(abbreviation="SMWK")
    partnership = factories.make_partnership(name="Flandern", slug="flandern", lead=house)
    activity = make_activity(ministry=house, partnerships=[partnership])
    texts = stored_and_told()
    together = "\n\n".join(stored for stored, _ in texts.values())
    store(partnership, agreed_wording=together, name="Que\u0301bec \uffff")
    store(activity, title="Fahrt \uffff\x01", results="d\u0092Ávila \u0378\u0380\u0383")
    client.force_login(factories.make_user(role=Role.OFFICER, ministry=house))
    address = reverse("reports:dossier", args=["flandern"])

    page, pdf, word = (client.get(address, {"format": kind}) for kind in ("", "pdf", "docx"))

    told = [kept for _, kept in texts.values()]
    assert page.status_code == 200
    made = docx.Document(io.BytesIO(word.content))
    lines = [" ".join(paragraph.text.split()) for paragraph in made.paragraphs]
    assert [kept for kept in told if kept not in lines] == []
    assert "Dossier Québec" in lines[0]
    words = words_of(pdf.content)
    for kept in ("Québec", "Dresden", "d’Ávila", "Niederschlesien", "Oberösterreich", "Bretagne"):
        assert kept in words


def test_word_file_bears_every_text() -> None:
    made = report_docx(report([stored for stored, _ in stored_and_told().values()]))

    assert docx.Document(io.BytesIO(made)).tables

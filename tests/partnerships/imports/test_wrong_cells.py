"""What is meant well and wrong is named to the cell, whatever is imported; nothing of the file is written."""

from typing import Any

import pytest
from openpyxl.utils import get_column_letter

from ministries.models import Ministry
from partnerships.models import (
    Activity,
    Agreement,
    Contact,
    Import,
    Partnership,
    Region,
    SubjectRecord,
)
from tests.factories import make_partnership, make_region, make_subject_area
from tests.partnerships.conftest import People
from tests.partnerships.imports.sheets import upload, xlsx

pytestmark = pytest.mark.long
RIGHT: dict[str, dict[str, object]] = {
    "kontakte": {
        "Funktion": "Leitung",
        "Partnerschaft": "Flandern",
        "E-Mail-Adresse": "",
        "im Amt seit": "",
        "im Amt bis": "",
        "Dolmetschen nötig": "",
        "Wer sieht das?": "",
        "Ressort": "",
        "Nr.": "",
        "Partnerbehörde": "",
        "Organisation": "",
        "vertraulich": "",
        "Telefon": "",
    },
    "aktivitaeten": {
        "Aktivität": "Gastspiel",
        "Zeitraum": "3.4.2026",
        "Art": "",
        "Stand": "",
        "Partnerschaften": "Flandern",
        "Fachgebiete": "",
        "Beteiligte Ressorts": "",
        "Weitere Staaten": "",
        "Wer sieht das?": "",
        "Ort": "",
        "Kontaktebene": "",
        "Nr.": "",
        "Ressort": "",
    },
    "sachstaende": {"Partnerschaft": "Flandern", "Fachgebiet": "Kultur", "Sachstand": "Der Austausch läuft."},
    "vereinbarungen": {
        "Vereinbarung": "Gemeinsame Erklärung",
        "Partnerschaft": "Flandern",
        "Art": "Gemeinsame Erklärung",
        "Unterzeichnet": "April 2010",
        "Art der Laufzeit": "",
        "Laufzeit bis": "",
        "Kündigungsfrist in Monaten": "",
        "zu prüfen am": "",
    },
    "partnerschaften": {
        "Partnerschaft": "Wallonien",
        "Partnerregionen": "Wallonie",
        "Art der Beziehung": "Partnerschaft",
        "besteht seit": "1999",
        "Status": "",
        "Status seit": "",
        "Federführung": "",
        "Federführung seit": "",
        "Fachgebiete": "Kultur",
        "im Leitlinien-Check": "",
    },
    "regionen": {
        "Name": "Wallonien",
        "Staat": "Belgien",
        "ISO 3166-2": "BE-WAL",
        "NUTS": "BE3",
        "Einwohner": "",
        "Verflechtungsraum": "",
    },
}  # fmt: skip
WRONG: list[tuple[str, str, object]] = [
    ("kontakte", "Partnerschaft", "Atlantis"),
    ("kontakte", "Partnerschaft", "Flandern; Flandern"),
    ("kontakte", "E-Mail-Adresse", "keine Adresse"),
    ("kontakte", "E-Mail-Adresse", "a@demo.example; b@demo.example"),
    ("kontakte", "im Amt seit", "32.1.2026"),
    ("kontakte", "im Amt seit", "April 2026"),
    ("kontakte", "im Amt seit", "15.12."),
    ("kontakte", "im Amt seit", "Mo, 3.4.2026"),
    ("kontakte", "im Amt seit", "3.4.2026 9 Uhr"),
    ("kontakte", "im Amt seit", 10**30),
    ("kontakte", "im Amt seit", "seit langem"),
    ("kontakte", "im Amt seit", 2019),
    ("kontakte", "im Amt bis", "29.2.2026"),
    ("kontakte", "Dolmetschen nötig", "vielleicht"),
    ("kontakte", "vertraulich", "teilweise"),
    ("kontakte", "Funktion", "x" * 161),
    ("kontakte", "Telefon", "0" * 61),
    ("kontakte", "Wer sieht das?", "alle Menschen"),
    ("kontakte", "Ressort", "SMX"),
    ("kontakte", "Nr.", "12"),
    ("kontakte", "Nr.", "zwölf"),
    ("kontakte", "Partnerbehörde", "Zauberei"),
    ("kontakte", "Organisation", "Chor ohne Namen"),
    ("aktivitaeten", "Aktivität", ""),
    ("aktivitaeten", "Aktivität", "x" * 301),
    ("aktivitaeten", "Zeitraum", ""),
    ("aktivitaeten", "Zeitraum", "irgendwann"),
    ("aktivitaeten", "Zeitraum", "3.–5.4."),
    ("aktivitaeten", "Zeitraum", "12.05.65"),
    ("aktivitaeten", "Zeitraum", "5.4.2026–3.4.2026"),
    ("aktivitaeten", "Art", "Kaffeefahrt"),
    ("aktivitaeten", "Stand", "abgesagt"),
    ("aktivitaeten", "Stand", "fertig"),
    ("aktivitaeten", "Partnerschaften", "Flandern; Atlantis"),
    ("aktivitaeten", "Fachgebiete", "Zauberei"),
    ("aktivitaeten", "Beteiligte Ressorts", "SMX"),
    ("aktivitaeten", "Weitere Staaten", "Preußen"),
    ("aktivitaeten", "Wer sieht das?", "niemand"),
    ("aktivitaeten", "Kontaktebene", "Kaiser"),
    ("aktivitaeten", "Nr.", "99999"),
    ("aktivitaeten", "Ressort", "Staatskanzlei"),
    ("sachstaende", "Partnerschaft", ""),
    ("sachstaende", "Fachgebiet", "Kultur und Sport"),
    ("sachstaende", "Fachgebiet", ""),
    ("vereinbarungen", "Vereinbarung", ""),
    ("vereinbarungen", "Art", "Handschlag"),
    ("vereinbarungen", "Unterzeichnet", "Frühling"),
    ("vereinbarungen", "Unterzeichnet", "Q1/2025"),
    ("vereinbarungen", "Art der Laufzeit", "ewig"),
    ("vereinbarungen", "Laufzeit bis", "Ende offen"),
    ("vereinbarungen", "Laufzeit bis", "12.05.65"),
    ("vereinbarungen", "Laufzeit bis", "April 2030"),
    ("vereinbarungen", "Kündigungsfrist in Monaten", 30_000),
    ("vereinbarungen", "Kündigungsfrist in Monaten", "4,5"),
    ("vereinbarungen", "Kündigungsfrist in Monaten", "sechs"),
    ("vereinbarungen", "zu prüfen am", "bald"),
    ("partnerschaften", "Partnerschaft", ""),
    ("partnerschaften", "Partnerschaft", "x" * 121),
    ("partnerschaften", "Partnerregionen", "Atlantis"),
    ("partnerschaften", "Partnerregionen", ""),
    ("partnerschaften", "Art der Beziehung", "Liebe"),
    ("partnerschaften", "Art der Beziehung", ""),
    ("partnerschaften", "besteht seit", "immer schon"),
    ("partnerschaften", "Status", "prächtig"),
    ("partnerschaften", "Status seit", "1.1.2090"),
    ("partnerschaften", "Federführung", "SMX"),
    ("partnerschaften", "Fachgebiete", "Zauberei"),
    ("partnerschaften", "im Leitlinien-Check", "vielleicht"),
    ("regionen", "Staat", "Preußen"),
    ("regionen", "ISO 3166-2", "PL 02"),
    ("regionen", "NUTS", "pl51"),
    ("regionen", "Name", ""),
    ("regionen", "Einwohner", "viele"),
    ("regionen", "Verflechtungsraum", "halb"),
]


@pytest.fixture
def send(people: People) -> Any:
    area = make_subject_area(name="Kultur", ministry=people.house)
    make_partnership(name="Flandern", slug="flandern", areas=[area])
    make_region(name="Wallonie")

    def sent(kind: str, *rows: dict[str, object]) -> Import:
        is_register = kind in ("vereinbarungen", "regionen", "partnerschaften")
        house = Ministry.objects.get(is_chancellery=True) if is_register else people.house
        by = people.coordinator if is_register else people.officer
        content = xlsx(list(RIGHT[kind]), *[list((RIGHT[kind] | row).values()) for row in rows])
        return upload(content, kind=kind, house=house, by=by)

    return sent


@pytest.mark.parametrize("kind", RIGHT)
def test_row_without_fault_has_none(kind: str, send: Any) -> None:
    row = send(kind, {})
    assert row.errors == []
    assert row.new_count == 1


@pytest.mark.parametrize("kind", RIGHT)
def test_each_wrong_cell_is_named(kind: str, send: Any) -> None:
    """All of a kind in one file, each in a row of its own."""
    wrong = [(heading, value) for one, heading, value in WRONG if one == kind]
    row = send(kind, *[{heading: value} for heading, value in wrong])

    letters = {name: get_column_letter(n) for n, name in enumerate(RIGHT[kind], start=1)}
    cells = [f"{letters[heading]}{n}" for n, (heading, _) in enumerate(wrong, start=2)]
    assert [error["cell"] for error in row.errors] == cells
    assert [error["heading"] for error in row.errors] == [heading for heading, _ in wrong]
    assert all(error["expected"] for error in row.errors)
    written = (Activity, Agreement, Contact, SubjectRecord)
    assert not any(model._default_manager.exists() for model in written)
    assert (Region.objects.count(), Partnership.objects.count()) == (2, 1)


def test_as_many_wrong_cells_as_asked() -> None:
    assert len(WRONG) >= 40


def test_end_before_the_beginning_is_named(send: Any) -> None:
    row = send("kontakte", {"im Amt seit": "3.4.2026", "im Amt bis": "3.4.2025"})
    assert [error["heading"] for error in row.errors] == ["im Amt bis"]


def test_all_wrong_cells_of_a_row_are_named(send: Any) -> None:
    row = send("kontakte", {"im Amt seit": "x", "im Amt bis": "y", "Dolmetschen nötig": "z"})
    assert [error["cell"] for error in row.errors] == ["D2", "E2", "F2"]


@pytest.mark.parametrize("kind", ["kontakte", "aktivitaeten", "sachstaende"])
def test_row_that_stands_twice_is_named(kind: str, send: Any) -> None:
    row = send(kind, {}, {})
    assert row.errors[0]["row"] == 3
    assert "Zeile 2" in row.errors[0]["expected"]

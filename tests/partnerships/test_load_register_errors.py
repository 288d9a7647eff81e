"""Wrong files: every fault by file, line, column, value and what was expected, and nothing loaded."""

from pathlib import Path

import pytest

from ministries.models import Ministry
from partnerships.models import Partnership, Region
from tests.partnerships.register_files import SMALL, changed, refusal_of, write_files

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "partnerships",
            "dormant",
            "schlafend",
            "partnerships.csv, Zeile 2, Spalte „status“: Wert „schlafend“. "
            "Erwartet: einer von exploratory, active, dormant, ended.",
        ),
        (
            "partnerships",
            "2022-02-24",
            "24.02.2022",
            "partnerships.csv, Zeile 2, Spalte „status_since“: Wert „24.02.2022“. "
            "Erwartet: ein Datum als 2024-12-19, 2024-12 oder 2024.",
        ),
        (
            "partnerships",
            ",kultur,",
            ",kultur;kunst,",
            "partnerships.csv, Zeile 2, Spalte „subject_areas“: Wert „kunst“. "
            "Erwartet: der Kurzname von einem Fachgebiet aus subject_areas.csv; diesen gibt es nicht.",
        ),
        (
            "partnerships",
            "smx-alt:2021-10-01:2024-12-18",
            "smx-alt:2021",
            "Spalte „former_leads“: Wert „smx-alt:2021“",
        ),
        (
            "ministries",
            "SMX,Staatsministerium X,no",
            "SMX,Staatsministerium X,nein",
            "ministries.csv, Zeile 3, Spalte „is_chancellery“: Wert „nein“. Erwartet: yes oder no.",
        ),
        (
            "regions",
            "50.850",
            "50°51'",
            "regions.csv, Zeile 2, Spalte „latitude“: Wert „50°51'“. Erwartet: eine Zahl in Grad",
        ),
        ("regions", ",BE,BE-VLG", ",Mordor,BE-VLG", "regions.csv, Zeile 2, Spalte „country“"),
        (
            "responsibilities",
            "2024-12-19",
            "2024-12",
            "responsibilities.csv, Zeile 2, Spalte „valid_from“: Wert „2024-12“. Erwartet: ein Tag",
        ),
        (
            "agreements",
            "2025-01-01,fixed_term",
            ",fixed_term",
            "agreements.csv, Zeile 3. Erwartet: ein zulässiger Eintrag. "
            "Eine befristete Vereinbarung hat ein Ende.",
        ),
        (
            "agreements",
            "flandern-2020,",
            "flandern-1995,",
            "Erwartet: ein Kurzname, der in dieser Datei nur einmal vorkommt.",
        ),
        (
            "criteria",
            "nicht,teils,meist,immer",
            "nicht,teils,meist,",
            "criteria.csv, Zeile 2. Erwartet: ein zulässiger Eintrag. "
            "Bitte für jede der vier Stufen ein Wort angeben.",
        ),
        (
            "guidelines",
            "fassung,1",
            "fassung,eins",
            "guidelines.csv, Zeile 2, Spalte „number“: Wert „eins“. Erwartet: eine ganze Zahl",
        ),
    ],
)
def test_load_register_error_names_the_cell(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    assert message in refusal_of(write_files(tmp_path, **changed(file, old, new)))


def test_load_register_tells_all_errors_at_once(tmp_path: Path) -> None:
    faults = changed("regions", ",no,Test", ",vielleicht,Test") | changed(
        "agreements", "memorandum", "vertrag"
    )

    text = refusal_of(write_files(tmp_path, **faults))

    assert "Es wurde nichts geladen: 2 Fehler" in text
    assert "regions.csv, Zeile 2, Spalte „is_border_region“" in text
    assert "agreements.csv, Zeile 3, Spalte „kind“" in text


def test_load_register_one_fault_loads_nothing(tmp_path: Path) -> None:
    refusal_of(write_files(tmp_path, **changed("criteria", "yes_no", "ja_nein")))

    assert not Ministry.objects.exists()
    assert not Region.objects.exists()
    assert not Partnership.objects.exists()


def test_load_register_missing_column(tmp_path: Path) -> None:
    text = refusal_of(write_files(tmp_path, **changed("subject_areas", "sort_order", "order")))

    assert "subject_areas.csv, Zeile 1, Spalte „sort_order“" in text
    assert "Spalte „order“: Wert „order“. Erwartet: nur die Spalten slug, name, sort_order" in text


def test_load_register_wrong_number_of_cells(tmp_path: Path) -> None:
    text = refusal_of(
        write_files(tmp_path, **changed("subject_areas", "Kunst,1", "Kunst,1,zu viel"))
    )

    assert "subject_areas.csv, Zeile 2. Erwartet: 3 Spalten, gefunden wurden 4." in text


def test_load_register_missing_file(tmp_path: Path) -> None:
    (write_files(tmp_path) / "regions.csv").unlink()

    assert "regions.csv. Erwartet: die lesbare Datei" in refusal_of(tmp_path)


def test_load_register_other_encoding(tmp_path: Path) -> None:
    text = SMALL["ministries.csv"].encode("cp1252")
    (write_files(tmp_path) / "ministries.csv").write_bytes(text)

    assert "ministries.csv. Erwartet: Text in UTF-8" in refusal_of(tmp_path)


def test_load_register_overlapping_responsibilities(tmp_path: Path) -> None:
    both = SMALL["responsibilities.csv"] + "kultur,sk,2025-01-01,,Test\n"

    text = refusal_of(write_files(tmp_path, responsibilities=both))

    assert "responsibilities.csv, Zeile 3" in text
    assert "In diesem Zeitraum ist für dieses Fachgebiet schon ein Ressort zuständig." in text

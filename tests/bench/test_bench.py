"""The bench's own code over a few rows: both sides answer, show the same, and are measured."""

from collections.abc import Iterator
from dataclasses import asdict
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.urls import clear_url_caches
from pytest_django import DjangoDbBlocker

from tests import figures
from tests.bench import houses, inside, records, report, stock_settings
from tests.bench.databases import Database
from tests.bench.export import Export
from tests.bench.scenarios import OURS, ROW, SCENARIOS, STOCK, Times

pytestmark = [pytest.mark.django_db, pytest.mark.long]
STOCK_SETTINGS = {
    "ROOT_URLCONF": "tests.bench.stock_urls",
    "MIDDLEWARE": stock_settings.MIDDLEWARE,
    "TEMPLATES": stock_settings.TEMPLATES,
    "AUTHENTICATION_BACKENDS": stock_settings.AUTHENTICATION_BACKENDS,
}


@pytest.fixture(scope="module")
def subjects(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[inside.Subjects]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_register", stdout=StringIO())
        call_command("generate_load", partnerships=30, rounds=1, stdout=StringIO())
        yield inside.subjects()
        transaction.set_rollback(True)


@pytest.fixture
def stock() -> Iterator[None]:
    """Stock Django in this process; its addresses are forgotten afterwards."""
    with override_settings(**STOCK_SETTINGS):
        clear_url_caches()
        yield
    clear_url_caches()


def body(path: str, cookies: str) -> bytes:
    response = inside.signed_in(cookies).get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content


QUERIES = ("", "?status=active", "?q=")


def test_both_lists_show_the_same_rows(subjects: inside.Subjects, stock: None) -> None:
    theirs = [len(ROW.findall(body(f"{STOCK}{query}", subjects.stock))) for query in QUERIES]

    with override_settings(
        ROOT_URLCONF="tests.bench.own_urls",
        MIDDLEWARE=OWN_MIDDLEWARE,
        TEMPLATES=OWN_TEMPLATES,
        AUTHENTICATION_BACKENDS=OWN_BACKENDS,
    ):
        clear_url_caches()
        ours = [len(ROW.findall(body(f"{OURS}{query}", subjects.coordinator))) for query in QUERIES]

    assert theirs == ours
    assert theirs[0] == 25


OWN_MIDDLEWARE, OWN_TEMPLATES = settings.MIDDLEWARE, settings.TEMPLATES
OWN_BACKENDS = settings.AUTHENTICATION_BACKENDS


def test_stock_admin_opens_the_page_of_one(subjects: inside.Subjects, stock: None) -> None:
    page = body(f"{STOCK}{subjects.pk}/change/", subjects.stock)

    assert subjects.name in page.decode()
    for inline in ("status_periods", "leads", "participations", "agreements"):
        assert f'id="{inline}-group"'.encode() in page


def test_sql_of_every_page_is_measured(
    subjects: inside.Subjects, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inside, "SAMPLES", 1)

    found = inside.sql(subjects)

    assert {key for key, _ in report.SQL_LIMITS} < set(found)
    assert found["search"]["ms"] > found["search"]["search_ms"] > 0 == found["page"]["search_ms"]
    assert all(page["queries"] > 3 and page["ms"] > 0 for page in found.values())


def test_report_keeps_every_figure_and_marks_what_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "figures.md"
    page.write_text("# Gemessen\n")
    monkeypatch.setattr(figures, "FILE", page)
    monkeypatch.setattr(report, "missed", [])
    sizes = [10, 100]

    report.generated([Database(size, "", size * 10, 3.0) for size in sizes])
    report.times(
        {(one.name, size): Times(size, 100.0) for one in SCENARIOS for size in sizes}, sizes
    )
    report.sql(
        {
            10: {
                key: {"queries": 7, "ms": 6.0, "search_ms": 2.0}
                for key in ("search", "fragment", "dashboard", "list", "officer")
            }
        }
    )
    report.export(Export(rows=100, first_byte=20, all_bytes=700, memory=2))
    report.memory(100, 140.0)
    report.throughput(100, 61.0)
    cost = {"/eine/": {"ms": 40.0, "queries": 8}, "/andere/": {"ms": 20.0, "queries": 16}}
    report.houses(100, dict.fromkeys(("lists", "forms", "saves", "pages"), cost))
    report.records(100, {"imports": {"kontakte": 61.0}, "dossier": 0.4})

    lines = {line.split(" | ")[0][2:]: line for line in page.read_text().splitlines()}
    assert "verfehlt" in lines["CSV: alles"]
    assert "verfehlt" not in lines["CSV: erstes Byte"]
    assert "verfehlt" in lines["Import von 5.000 Zeilen, kontakte"]
    assert "verfehlt" not in lines["Dossier als PDF"]
    assert "verfehlt" in lines["Wachstum: Liste"]
    assert "höchstens 16 – verfehlt" in lines["Formulare der Ressorts: Abfragen"]
    assert "langsamste /eine/" in lines["Speichern in den Ressorts: Abfragen"]
    assert "verfehlt" in lines["SQL der ganzen Seite mit Suche, 10 Partnerschaften"]
    assert "verfehlt" not in lines["SQL der Suche, Namensteil, 10 Partnerschaften"]
    assert "verfehlt" not in lines["SQL der Übersicht, 10 Partnerschaften"]
    assert len(report.missed) == page.read_text().count("verfehlt")


def test_imports_and_dossier_are_measured(
    subjects: inside.Subjects, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "SAMPLES", 1)

    assert all(records.import_seconds(kind, rows=10) > 0 for kind in records.HEADINGS)
    assert records.dossier_seconds() > 0


def test_what_a_house_opens_and_saves_is_measured(
    subjects: inside.Subjects, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(houses, "SAMPLES", 1)

    found = houses.houses()

    for kind, (_, limit) in report.HOUSES.items():
        assert {path: cost for path, cost in found[kind].items() if cost["queries"] > limit} == {}
    assert set(found["saves"]) == set(houses.FORMS)


def test_subjects_travel_as_json(subjects: inside.Subjects) -> None:
    assert asdict(subjects)["slug"].startswith("messdaten-")

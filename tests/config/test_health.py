"""/healthz tells database, migrations and worker apart; /csp-bericht takes reports and keeps addresses out."""

import json
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from structlog.testing import capture_logs

from tests import database

pytestmark = pytest.mark.django_db
REPORT = {
    "csp-report": {
        "document-uri": "https://bruecke.example/partnerschaften/geheim/?q=Name",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://boese.example/skript.js?wer=ich",
    }
}


def add_worker(*, age: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)",
            [age],
        )


def test_all_is_well(client: Client) -> None:
    add_worker(age="5 seconds")

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"database": True, "migrations": True, "worker": True}


@pytest.mark.parametrize("age", [None, "5 minutes"])
def test_missing_or_silent_worker_is_told(client: Client, age: str | None) -> None:
    if age:
        add_worker(age=age)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"database": True, "migrations": True, "worker": False}


@pytest.fixture
def one_migration_open() -> Iterator[None]:
    last = "app = 'config' AND name = '0002_cache'"
    with database.owner(database.NAME) as owner:
        owner.execute(f"UPDATE django_migrations SET app = 'open' WHERE {last}")
        yield
        owner.execute("UPDATE django_migrations SET app = 'config' WHERE app = 'open'")


def test_open_migration_is_told(client: Client, one_migration_open: None) -> None:
    add_worker(age="5 seconds")

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"database": True, "migrations": False, "worker": True}


def test_unreachable_database_is_told(client: Client) -> None:
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "gibt_es_nicht"
    try:
        response = client.get("/healthz")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name

    assert response.status_code == 503
    assert response.json() == {"database": False, "migrations": False, "worker": False}


def test_report_is_logged_without_addresses_of_pages(client: Client) -> None:
    with capture_logs() as logs:
        response = client.post(
            "/csp-bericht", json.dumps(REPORT), content_type="application/csp-report"
        )

    assert response.status_code == 204
    assert {
        "event": "csp-report",
        "log_level": "warning",
        "directive": "script-src-elem",
        "blocked": "boese.example",
    } in logs
    assert "geheim" not in str(logs)


@pytest.mark.parametrize(
    "body", ["", "x", "[]", "{}", '{"csp-report": 1}', '{"csp-report": {}}', '{"csp-report": null}']
)
def test_unreadable_report_is_refused(client: Client, body: str) -> None:
    response = client.post("/csp-bericht", body, content_type="application/csp-report")

    assert response.status_code == 400


def test_long_report_is_refused(client: Client) -> None:
    response = client.post("/csp-bericht", "x" * 20_000, content_type="application/csp-report")

    assert response.status_code == 413


def test_report_needs_no_token_but_a_post(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/csp-bericht", "x", content_type="text/plain").status_code == 400
    assert client.get("/csp-bericht").status_code == 405

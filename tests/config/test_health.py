"""/healthz tells database, migrations and worker apart; /csp-bericht takes reports and keeps addresses out."""

import json
import logging
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings
from structlog.testing import capture_logs

from config.operations import backups
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
    assert checks(response) == {"database": True, "migrations": True, "worker": True}


def checks(response: Any) -> dict[str, bool]:
    return {name: response.json()[name] for name in ("database", "migrations", "worker")}


@pytest.mark.parametrize("age", [None, "5 minutes"])
def test_missing_or_silent_worker_is_told(client: Client, age: str | None) -> None:
    if age:
        add_worker(age=age)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert checks(response) == {"database": True, "migrations": True, "worker": False}


@pytest.fixture(params=["config.0002_cache", "partnerships.0001_initial"])
def one_migration_open(request: pytest.FixtureRequest) -> Iterator[None]:
    """The second is one of those that a squashed one replaces."""
    key = request.param.split(".")
    with database.owner(database.NAME) as owner:
        owner.execute("UPDATE django_migrations SET app = 'open' WHERE app = %s AND name = %s", key)
        yield
        owner.execute("UPDATE django_migrations SET app = %s WHERE app = 'open'", key[:1])


def test_open_migration_is_told(client: Client, one_migration_open: None) -> None:
    add_worker(age="5 seconds")

    response = client.get("/healthz")

    assert response.status_code == 503
    assert checks(response) == {"database": True, "migrations": False, "worker": True}


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
    assert checks(response) == {"database": False, "migrations": False, "worker": False}


@pytest.fixture
def silent_server() -> Iterator[None]:
    """It takes the connection and says nothing, as a frozen machine does."""
    former = {name: connection.settings_dict[name] for name in ("HOST", "PORT")}
    with socket.create_server(("127.0.0.1", 0)) as server:
        connection.close()
        connection.settings_dict.update(HOST="127.0.0.1", PORT=str(server.getsockname()[1]))
        yield
        connection.close()
        connection.settings_dict.update(former)


def test_silent_database_is_told_within_two_seconds(client: Client, silent_server: None) -> None:
    begun = time.monotonic()

    response = client.get("/healthz")

    assert time.monotonic() - begun < 2
    assert response.status_code == 503
    assert checks(response) == {"database": False, "migrations": False, "worker": False}


def test_waiting_jobs_and_last_backup_are_told(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    assert numbers(client) == {"queue": 0, "oldest_job_seconds": None, "last_backup": None}
    with connection.cursor() as cursor:
        for hours in (-2, -1, 1):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at) "
                "VALUES ('mail', 'x', now() + %s * interval '1 hour')",
                [hours],
            )
    backups.note_time()

    told = numbers(client)

    assert (told["queue"], told["oldest_job_seconds"]) == (2, 7200)
    assert told["last_backup"] == backups.last_time().read_text()
    assert numbers(client, X_Forwarded_For="192.0.2.1") == {}


def numbers(client: Client, **headers: str) -> dict[str, Any]:
    told = client.get("/healthz", headers=headers).json()
    return {name: value for name, value in told.items() if not isinstance(value, bool)}


def test_missing_worker_is_no_unhandled_error(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", False)

    assert client.get("/healthz").status_code == 503

    assert [record for record in caplog.records if record.name == "django.request"] == []


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

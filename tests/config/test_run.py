"""`make run` and `make stop` on a data folder and a port of their own; the tests follow one trial through its life."""

import http.client
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trial import Trial

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def trial(reachable_folder: Path) -> Iterator[Trial]:
    trial = Trial(reachable_folder / "data")
    try:
        trial.start()
        yield trial
    finally:
        trial.stop()


def test_start_prints_address_and_password(trial: Trial) -> None:
    assert "\nPasswort: " in trial.said()
    assert f"http://127.0.0.1:{trial.port}/" in trial.said()


def test_started_trial_is_healthy(trial: Trial) -> None:
    trial.wait_until(trial.is_healthy)


def test_server_names_no_software(trial: Trial) -> None:
    response = trial.get("/healthz")

    assert response is not None
    assert response.getheader("Server") is None


def test_forwarded_header_has_no_effect(trial: Trial) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", trial.port, timeout=20)
    connection.request("GET", "/konto/login/", headers={"X-Forwarded-Proto": "https"})
    response = connection.getresponse()
    connection.close()

    assert response.getheader("Strict-Transport-Security") is None


def test_second_start_in_the_same_folder_is_refused(trial: Trial) -> None:
    again = trial.run("config.run")

    assert again.returncode == 1
    assert "läuft in diesem Ordner schon" in again.stderr


def test_taken_port_is_explained(trial: Trial) -> None:
    check = trial.run("config.preflight", "--port")

    assert check.returncode == 1
    assert f"Port {trial.port} ist belegt" in check.stderr
    assert "make run" in check.stderr


def test_killed_worker_comes_back(trial: Trial) -> None:
    for process in trial.descendants("manage.py", "worker"):
        os.kill(process, signal.SIGKILL)

    trial.wait_until(lambda: "Worker war weg" in trial.said())
    trial.wait_until(trial.is_healthy)


def test_killed_web_server_comes_back(trial: Trial) -> None:
    os.kill(min(trial.descendants("config.wsgi")), signal.SIGKILL)

    trial.wait_until(lambda: "Webserver war weg" in trial.said())
    trial.wait_until(trial.is_healthy)


def test_killed_database_comes_back(trial: Trial) -> None:
    """Supervisor or worker starts it, whichever notices first; that it is another server than before is what counts."""
    killed = trial.database_server()
    os.kill(killed, signal.SIGKILL)

    trial.wait_until(lambda: trial.database_server() not in (0, killed))
    trial.wait_until(trial.is_healthy)


def test_trial_killed_with_everything_starts_again(trial: Trial) -> None:
    password = next(line for line in trial.said().splitlines() if line.startswith("Passwort"))
    for process in trial.descendants():
        os.kill(process, signal.SIGKILL)
    assert trial.process is not None
    trial.process.wait()

    trial.start()

    assert password in trial.said()
    trial.wait_until(trial.is_healthy)


def test_children_die_with_their_supervisor(trial: Trial) -> None:
    assert trial.process is not None
    trial.process.kill()
    trial.process.wait()

    trial.wait_until(
        lambda: not trial.descendants("config.wsgi") and not trial.descendants("worker")
    )
    trial.start()


def test_stop_ends_server_worker_and_database(trial: Trial) -> None:
    done = trial.run("config.run", "stop")

    assert done.returncode == 0, done.stderr
    assert trial.get("/healthz") is None
    assert "steht" in trial.run("config.postgres", "status").stdout
    assert trial.descendants() == []


def test_stop_of_a_stopped_trial_is_quiet(trial: Trial) -> None:
    assert trial.run("config.run", "stop").returncode == 0

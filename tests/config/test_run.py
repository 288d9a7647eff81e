"""`make run` and `make stop` on a data folder and a port of their own; the tests follow one trial through its life."""

import http.client
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trial import Trial

pytestmark = pytest.mark.slow
HALF_SENT = b"POST /konto/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\nlogin="


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


def test_long_body_of_a_stranger_is_refused_before_it_is_sent(trial: Trial) -> None:
    with socket.create_connection(("127.0.0.1", trial.port), timeout=10) as stranger:
        stranger.sendall(HALF_SENT % 300_000_000)

        assert stranger.recv(100).startswith(b"HTTP/1.1 413 ")


def test_half_sent_requests_do_not_stop_the_web_server(trial: Trial) -> None:
    """Half of them break off in the headers, half in the body; straight at the port, without the proxy."""
    halves = [HALF_SENT[:40], HALF_SENT % 5_000]
    strangers = [socket.create_connection(("127.0.0.1", trial.port)) for _ in range(20)]
    try:
        for number, stranger in enumerate(strangers):
            stranger.sendall(halves[number % 2])
        time.sleep(1)
        sent = time.monotonic()
        response = trial.get("/konto/login/", patience=60)

        assert response is not None
        assert time.monotonic() - sent < 30
    finally:
        for stranger in strangers:
            stranger.close()


def test_second_start_in_the_same_folder_is_refused(trial: Trial) -> None:
    again = trial.run("config.operations.run")

    assert again.returncode == 1
    assert "läuft in diesem Ordner schon" in again.stderr


def test_taken_port_is_explained(trial: Trial) -> None:
    check = trial.run("config.operations.preflight", "--port")

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
    done = trial.run("config.operations.run", "stop")

    assert done.returncode == 0, done.stderr
    assert trial.get("/healthz") is None
    assert "steht" in trial.run("config.operations.postgres", "status").stdout
    assert trial.descendants() == []


def test_stop_of_a_stopped_trial_is_quiet(trial: Trial) -> None:
    assert trial.run("config.operations.run", "stop").returncode == 0

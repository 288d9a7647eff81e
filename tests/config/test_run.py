"""`make run` and `make stop` on a data folder and a port of their own; the tests follow one trial through its life."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow
PATIENCE = 240


class Trial:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.output = folder.with_suffix(".out")
        self.environment = {
            "PATH": os.environ["PATH"],
            "BRUECKE_DATA_DIR": str(folder),
            "PORT": str(self.port),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.run"],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.wait_until(lambda: "Brücke läuft nach" in self.said() or self.has_ended())
        assert "Brücke läuft nach" in self.said(), self.said()

    def run(self, module: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    def said(self) -> str:
        return self.output.read_text()

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def get(self, path: str) -> http.client.HTTPResponse | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            return response
        except OSError:
            return None
        finally:
            connection.close()

    def is_healthy(self) -> bool:
        response = self.get("/healthz")
        return response is not None and response.status == 200

    def database_server(self) -> int:
        """Its process, 0 while there is none."""
        with contextlib.suppress(FileNotFoundError, IndexError):
            return int((self.folder / "postgres" / "postmaster.pid").read_text().split()[0])
        return 0

    def wait_until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.3)

    def descendants(self, *words: str) -> list[int]:
        """Processes of this trial whose command line contains the words."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                command = (entry / "cmdline").read_bytes().decode().split("\0")
                environment = (entry / "environ").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if str(self.folder) in environment and all(word in command for word in words):
                found.append(int(entry.name))
        return sorted(found)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def trial(reachable_folder: Path) -> Iterator[Trial]:
    trial = Trial(reachable_folder / "data")
    try:
        trial.start()
        yield trial
    finally:
        trial.run("config.run", "stop")
        if trial.process:
            trial.process.wait(PATIENCE)


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

    trial.wait_until(lambda: "Der Worker war weg" in trial.said())
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

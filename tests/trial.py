"""A whole Brücke as `make run` starts it, on a data folder and a port of a test's own."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from config.operations import postgres

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
                [sys.executable, "-m", "config.operations.run"],
                cwd=postgres.ROOT,
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
            cwd=postgres.ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    def said(self) -> str:
        return self.output.read_text()

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def get(self, path: str, patience: float = 20) -> http.client.HTTPResponse | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
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

    def wait_until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.3)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        """Of all demo accounts."""
        found = re.search(r"Passwort: (\S+)", self.said())
        assert found, self.said()
        return found[1]

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Asks the database as owner, past everything that Brücke would hide."""
        with psycopg.connect(self.url("bruecke_owner")) as connection:
            return connection.execute(query, values).fetchall()

    def url(self, login: str) -> str:
        return f"postgresql://{login}@/bruecke?host={quote(str(self.folder / 'socket'), safe='')}"

    def database_server(self) -> int:
        """Its process, 0 while there is none."""
        with contextlib.suppress(FileNotFoundError, IndexError):
            return int((self.folder / "postgres" / "postmaster.pid").read_text().split()[0])
        return 0

    def stop(self) -> None:
        self.run("config.operations.run", "stop")
        if self.process:
            self.process.wait(PATIENCE)

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

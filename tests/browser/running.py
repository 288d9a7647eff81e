"""A whole Brücke for the browser: the command of `make run`, with a database and a port of its own."""

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import Any
from urllib.parse import quote

import psycopg

ROOT = Path(__file__).parents[2]
BOOT_SECONDS = 180
FOREIGN = ("BRUECKE_TEST", "BRUECKE_DEBUG", "BRUECKE_LOGIN", "DATABASE_URL", "DATABASE_OWNER_URL")


@dataclass(frozen=True)
class Server:
    address: str
    password: str
    data: Path

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Asks the demo database, as owner, for what a test cannot know: keys of records."""
        host = quote(str(self.data / "socket"), safe="")
        with psycopg.connect(f"postgresql://bruecke_owner@/bruecke?host={host}") as connection:
            return connection.execute(query, values).fetchall()


@contextmanager
def running(data: Path) -> Iterator[Server]:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    environment |= {"PORT": str(port), "BRUECKE_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "config.operations.run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: Queue[str | None] = Queue()
    reader = threading.Thread(target=read, args=(process, lines), daemon=True)
    reader.start()
    try:
        yield Server(f"http://127.0.0.1:{port}", password_in(lines), data)
    finally:
        process.terminate()
        process.wait(60)
        reader.join(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read(process: "subprocess.Popen[str]", lines: "Queue[str | None]") -> None:
    with process.stdout or open(os.devnull) as output:  # noqa: PTH123
        for line in output:
            lines.put(line)
    lines.put(None)


def password_in(lines: "Queue[str | None]") -> str:
    """Waits for the line that names the password, and for the one that says that Brücke runs."""
    said: list[str] = []
    while not (said and said[-1].startswith("Brücke läuft")):
        try:
            line = lines.get(timeout=BOOT_SECONDS)
        except Empty:
            line = None
        assert line is not None, "Brücke did not start:\n" + "\n".join(said)
        said.append(line.strip())
    found = re.search(r"Passwort: (\S+)", "\n".join(said))
    assert found, said
    return found[1]

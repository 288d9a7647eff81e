"""gunicorn as in production, with the settings named, and how much memory its workers take."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from config.operations import postgres
from tests.bench.client import Client
from tests.bench.databases import Database, logs
from tests.bench.empty_page import EMPTY

BOOT_SECONDS = 120
KIB = 1024
RESET_PEAK = "5"  # to /proc/<pid>/clear_refs


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def memory(self) -> float:
        """MiB of the largest worker."""
        return max(mebibytes(pid, "VmRSS") for pid in self.workers())

    def forget_peaks(self) -> None:
        for pid in self.workers():
            Path(f"/proc/{pid}/clear_refs").write_text(RESET_PEAK)

    def peak(self) -> float:
        return max(mebibytes(pid, "VmHWM") for pid in self.workers())


def mebibytes(pid: int, line: str) -> float:
    for text in Path(f"/proc/{pid}/status").read_text().splitlines():
        if text.startswith(f"{line}:"):
            return int(text.split()[1]) / KIB
    return 0.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(database: Database, settings: str, workers: int = 1) -> Iterator[Server]:
    port = free_port()
    log = logs() / f"{settings}-{database.size}.log"
    variables = {"PORT": str(port), "BRUECKE_WEB_PROCESSES": str(workers)}
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn_conf.py", "config.wsgi"],
            cwd=postgres.ROOT,
            env=database.environment(settings) | variables,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    try:
        await_answer(process, port, log)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def await_answer(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + BOOT_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError):
            if Client(port, "").get(EMPTY).status in (200, 302):
                return
        time.sleep(0.2)
    process.kill()
    raise SystemExit(f"Der Webserver startet nicht: {log}\n{log.read_text()[-2000:]}")

"""A worker of its own process and a mail server that can be away, refuse, and kill the worker in mid-delivery."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from tests.config.places import APP_URL, Place, named
from tests.ministries.sink import Sink


class DeadlySink(Sink):
    """Takes a mail and kills the worker before it can hear „250 OK“, as often as it is told to."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.kill: Callable[[], None] | None = None

    async def handle_DATA(  # noqa: N802  aiosmtpd's hook
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if self.kill:
            self.kill()
            self.kill = None
        return answer

    def times(self) -> dict[str, int]:
        ids = [str(mail["Message-ID"]) for mail in self.received]
        return {message_id: ids.count(message_id) for message_id in set(ids)}


class Worker:
    """`manage.py worker` on the database of a place, sending to a port of this machine."""

    def __init__(self, place: Place, port: int) -> None:
        self.environment = {
            "PATH": os.environ["PATH"],
            "BRUECKE_TEST": "1",
            "BRUECKE_DATA_DIR": str(place.folder),
            "DATABASE_URL": named(APP_URL, place.name),
            "BRUECKE_SMTP_HOST": "127.0.0.1",
            "BRUECKE_SMTP_PORT": str(port),
        }
        self.log = place.folder / "worker.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "worker"],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
        if self.process:
            self.process.wait(60)


@contextmanager
def working(place: Place, port: int) -> Iterator[Worker]:
    worker = Worker(place, port)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.5)
    return True

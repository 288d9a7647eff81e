"""gunicorn's threads, lent for a limited time: whoever sends half a request, or takes half an answer, is cut off.

gunicorn itself waits for the other half as long as it takes, so that eight such visitors stop two processes. The
proxy keeps them away (docs/betrieb.md); this holds where somebody reaches the port itself.
"""

import contextlib
import socket
import time
from typing import Any

from gunicorn.http import get_parser
from gunicorn.http.errors import NoMoreData
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import ThreadWorker

RECEIVE_SECONDS = 15.0  # from the first byte, waiting for a thread included, to the last
LEAST_SECONDS = 1.0  # with a thread, however long it took to get one
SEND_SECONDS = 15.0  # for one piece of an answer
FAREWELL_SECONDS = 1.0


class TimedUnreader(SocketUnreader):
    def __init__(self, connection: socket.socket) -> None:
        super().__init__(connection)
        self.asked = self.deadline = 0.0
        self.is_late = False

    def begin(self) -> None:
        self.deadline = max(self.asked + RECEIVE_SECONDS, time.monotonic() + LEAST_SECONDS)

    def chunk(self, size_hint: int | None = None) -> bytes:
        allowed = self.sock.gettimeout() or SEND_SECONDS
        left = min(allowed, self.deadline - time.monotonic())
        try:
            if left <= 0:
                raise TimeoutError
            self.sock.settimeout(left)
            return super().chunk(size_hint)
        except TimeoutError:
            self.is_late = True
            raise NoMoreData from None  # as if the sender had gone
        finally:
            self.sock.settimeout(allowed)


class WebWorker(ThreadWorker):
    def enqueue_req(self, conn: Any) -> None:
        if conn.parser is None:
            conn.parser = get_parser(self.cfg, conn.sock, conn.client)
            conn.parser.unreader = TimedUnreader(conn.sock)
        conn.parser.unreader.asked = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        conn.parser.unreader.begin()
        outcome = super().handle(conn)
        if outcome is False:
            if not conn.parser.unreader.is_late:
                swallow_rest(conn.sock)
            with contextlib.suppress(OSError):
                conn.sock.shutdown(socket.SHUT_RDWR)
        return outcome


def swallow_rest(connection: socket.socket) -> None:
    """So that the answer arrives; gunicorn would wait for the rest in the loop that accepts everybody."""
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        deadline = time.monotonic() + FAREWELL_SECONDS
        while (left := deadline - time.monotonic()) > 0:
            connection.settimeout(left)
            if not connection.recv(65_536):
                break

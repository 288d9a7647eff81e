"""No test reaches another machine: a socket connects to this one or not at all."""

import socket
from typing import Any

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
connect = socket.socket.connect


class OutboundConnectionError(Exception):
    pass


def connect_locally(self: socket.socket, address: Any) -> None:
    if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
        raise OutboundConnectionError(f"A test tried to reach {address[0]}")
    connect(self, address)


def close() -> None:
    socket.socket.connect = connect_locally  # type: ignore[method-assign,assignment]

"""One request over HTTP, timed from the connection to the last byte."""

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes
    location: str
    # Milliseconds until something, and until all of it, had arrived.
    first_byte: float
    all_bytes: float


@dataclass(frozen=True)
class Client:
    port: int
    cookies: str

    def get(self, path: str) -> Reply:
        return self._ask("GET", path, None)

    def post(self, path: str, data: Mapping[str, list[str]]) -> Reply:
        return self._ask("POST", path, urlencode(data, doseq=True))

    def _ask(self, method: str, path: str, body: str | None) -> Reply:
        headers = {"Cookie": self.cookies, "Connection": "close"}
        if body is not None:
            headers["Content-Type"] = FORM
        started = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read(1)
            first = time.perf_counter()
            content += response.read()
            ended = time.perf_counter()
        finally:
            connection.close()
        location = response.headers.get("Location", "")
        spent = [(moment - started) * 1000 for moment in (first, ended)]
        return Reply(response.status, content, location, *spent)

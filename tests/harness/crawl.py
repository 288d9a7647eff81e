"""Asks every address of the matrix as every role, each request in a transaction that is thrown away."""

import io
import re
import time
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from pypdf import PdfReader

from ministries.models import User
from tests.harness.canaries import Legend
from tests.harness.matrix import Row
from tests.harness.routes import Route, routes
from tests.harness.world import World

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|TRUNCATE|MERGE)\b|procrastinate_defer", re.I)
HOUSEKEEPING = ("django_session", "bruecke_cache")
# What differs between two answers that say the same: tokens and the clock.
VOLATILE = re.compile(
    rb"""(?<=name="csrfmiddlewaretoken"\ value=")[^"]*"""
    rb"""|(?<=name="_token"\ value=")[^"]*"""
    rb"""|(?<="X-CSRFToken":\ ")[^"]*"""
    rb"""|\b\d{1,2}:\d{2}(?::\d{2})?(?=\ Uhr)""",
    re.X,
)


SMALLEST_PDF = 1_000  # bytes; what is shorter only bears the mark


def words_of(pdf: bytes) -> bytes:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "\n".join(page.extract_text() for page in pages).encode()


@dataclass
class Answer:
    role: str
    url: str
    method: str
    response: HttpResponseBase
    body: bytes
    writes: list[str] = field(default_factory=list)
    # What a POST sent beside its token.
    typed: str = ""

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def location(self) -> str:
        return self.response.headers.get("Location", "")

    @property
    def masked(self) -> bytes:
        """Without tokens and clock. A PDF packs its words: compared is what it says."""
        is_pdf = self.body.startswith(b"%PDF") and len(self.body) > SMALLEST_PDF
        return VOLATILE.sub(b"", words_of(self.body) if is_pdf else self.body)


class Visitor:
    """One browser per role, forgetting after each request what it was given."""

    def __init__(self, world: World, legend: Legend | None = None) -> None:
        self.world = world
        self.legend = legend or Legend()
        self.responses = 0
        self.routes: dict[str, Route] = routes()
        self.clients: dict[str, Client] = {}
        self.cookies: dict[str, str] = {}
        self._open("anonymous")
        for role in world.users:
            self._open(role)

    def enter(self, role: str, user: User) -> None:
        """Somebody who was not there when the world was built."""
        self.world.users[role] = user
        self._open(role)

    def _open(self, role: str) -> None:
        client = Client(raise_request_exception=False)
        if role in self.world.users:
            client.force_login(self.world.users[role], backend="config.authentication.LoginBackend")
            client.get("/impressum/")  # a session is refreshed now and then, not by each page
        self.clients[role] = client
        self.cookies[role] = client.cookies.output(header="", sep=";")

    def ask(self, row: Row, role: str) -> Answer:
        return self.visit(role, row.method, self.url(row), row.data)

    def ask_absent(self, row: Row, role: str) -> Answer:
        route = self.routes[row.route]
        url = route.absent_url(self.world.objects[row.object]) + row.query
        return self.visit(role, row.method, url, row.data)

    def url(self, row: Row) -> str:
        return self.routes[row.route].url(self.world.objects[row.object]) + row.query

    def client(self, role: str) -> Client:
        """The browser of this role, with the cookies it began with."""
        client = self.clients[role]
        client.cookies.clear()
        client.cookies.load(self.cookies[role])
        return client

    def send(
        self, role: str, method: str, url: str, body: bytes = b"", **request: Any
    ) -> tuple[Answer, float]:
        """Any bytes under any content type and headers; also tells the seconds it took."""
        client = self.client(role)
        self.responses += 1
        with recorded_writes() as writes:
            started = time.perf_counter()
            response = client.generic(method, url, body, **request)
            read_body = read(response)
            seconds = time.perf_counter() - started
        return Answer(role, url, method, response, read_body, writes), seconds

    def visit(
        self,
        role: str,
        method: str,
        url: str,
        data: dict[str, Any] | None = None,
        *,
        keep: bool = False,
    ) -> Answer:
        """What the request did is thrown away at once, or by the caller who wants to `keep` it."""
        client = self.client(role)
        headers = {"HX-Request": "true"} if method == "HX" else {}
        verb = "GET" if method == "HX" else method
        data = {"_token": str(uuid.uuid4()), **(data or {})} if verb == "POST" else None
        self.responses += 1
        with nullcontext() if keep else thrown_away(), recorded_writes() as writes:
            response = getattr(client, verb.lower())(url, data, headers=headers)
            body = read(response)
        return Answer(role, url, method, response, body, writes, str(data or ""))


@contextmanager
def thrown_away() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def recorded_writes() -> Iterator[list[str]]:
    writes: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql) and not any(table in sql for table in HOUSEKEEPING):
            writes.append(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield writes


def read(response: Any) -> bytes:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return unpacked(bytes(body))


def unpacked(body: bytes) -> bytes:
    """What an archive holds, and what its own archives and PDFs do."""
    if body[:4] != b"PK\x03\x04":
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts = [unpacked(archive.read(name)) for name in archive.namelist()]
    return b"\n".join(words_of(part) if part.startswith(b"%PDF") else part for part in parts)


def forget_rate_limits() -> None:
    cache.clear()

"""docs/betrieb.md, followed word for word: Debian's PostgreSQL 15 and nginx, a folder with nothing in it.

The values of the machine, and the programs that would change it, are in the tables of `machine.py`.
"""

import contextlib
import json
import os
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.operations.documented import Server, missing_packages

pytestmark = [pytest.mark.slow, pytest.mark.together]

LOGIN = "/konto/login/"
HALF_SENT = b"POST /konto/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\nlogin="
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def server(reachable_folder: Path) -> Iterator[Server]:
    if missing := missing_packages():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"apt install {missing}")
    server = Server(reachable_folder)
    try:
        server.follow(until="## Aktualisieren")
        yield server
    finally:
        server.shut_down()


def connection(server: Server) -> HTTPSConnection:
    return HTTPSConnection(urlsplit(server.address).netloc, timeout=30, context=server.trust())


def send(server: Server, body: bytes, **headers: str) -> tuple[HTTPResponse, str]:
    opened = connection(server)
    with contextlib.closing(opened):
        opened.request("POST", LOGIN, body, {"Content-Type": FORM, **headers})
        response = opened.getresponse()
        return response, response.read().decode()


def test_login_page_comes_through_the_proxy(server: Server) -> None:
    status, page = server.get(LOGIN)

    assert status == 200, server.said()
    assert "Anmelden" in page


def test_web_server_and_worker_are_healthy(server: Server) -> None:
    deadline = time.monotonic() + 60
    while (health := server.get("/healthz"))[0] != 200 and time.monotonic() < deadline:
        time.sleep(0.5)

    assert health[0] == 200, f"{json.loads(health[1])}\n{server.said()}"


def test_form_passes_its_protection(server: Server) -> None:
    """Host, port and scheme arrive as the browser knows them; otherwise every form is refused."""
    opened = connection(server)
    with contextlib.closing(opened):
        opened.request("GET", LOGIN)
        response = opened.getresponse()
        page, cookie = response.read().decode(), str(response.getheader("Set-Cookie"))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token, page
    fields = {"csrfmiddlewaretoken": token[1], "login": "wer@haus.example", "password": "falsch"}
    headers = {"Cookie": cookie.partition(";")[0], "Origin": server.address}

    response, page = send(server, urlencode(fields).encode(), **headers)

    assert response.status == 200, page


def test_more_than_nginx_takes_by_itself_reaches_bruecke(server: Server) -> None:
    response, page = send(server, b"login=" + b"x" * 20_000_000)

    assert response.status == 413
    assert "nur von angemeldeten Personen" in page


def test_huge_body_is_refused_before_it_is_sent(server: Server) -> None:
    with half_sent(server, HALF_SENT % 300_000_000) as stranger:
        answer = b""
        while b"</html>" not in answer and (part := stranger.recv(10_000)):
            answer += part

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert "Brücke nimmt Dateien bis 25 MB an" in answer.decode()


def test_half_sent_requests_disturb_nobody(server: Server) -> None:
    with contextlib.ExitStack() as strangers:
        for number in range(20):
            text = HALF_SENT % 5_000 if number % 2 else HALF_SENT[:40]
            strangers.enter_context(half_sent(server, text))
        answers = [server.get(LOGIN)[0] for _ in range(40)]

    assert answers == [200] * 40, server.said()


@contextlib.contextmanager
def half_sent(server: Server, text: bytes) -> Iterator[ssl.SSLSocket]:
    host, _, port = urlsplit(server.address).netloc.partition(":")
    with (
        socket.create_connection((host, int(port)), timeout=30) as plain,
        server.trust().wrap_socket(plain, server_hostname=host) as stranger,
    ):
        stranger.sendall(text)
        yield stranger


def test_update_while_serving_loses_no_request(server: Server) -> None:
    answers: list[int] = []
    is_over = threading.Event()

    def visit() -> None:
        while not is_over.is_set():
            answers.append(server.get(LOGIN)[0])

    visitor = threading.Thread(target=visit)
    visitor.start()
    try:
        server.follow(since="## Aktualisieren")
        time.sleep(3)
    finally:
        is_over.set()
        visitor.join()

    assert len(answers) > 10
    assert set(answers) == {200}, server.said()
    assert (server.folder / "srv" / "aktuell").resolve().name == "2027-01"

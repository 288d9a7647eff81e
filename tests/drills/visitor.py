"""Somebody at a browser while services die: loads a page, sends its form, and sends it again until it is answered."""

import http.client
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from tests.harness.page_forms import main_form

PATIENCE = 120
PAUSE = 0.2


class NotAcceptedError(Exception):
    """An answer that no further attempt would change."""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: bytes


@dataclass
class Visitor:
    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    # when a write that was answered had first been sent, and when its answer came
    written: list[tuple[float, float]] = field(default_factory=list)
    repeated: int = 0

    def sign_in(self, email: str, password: str) -> "Visitor":
        fields = self.form("/konto/login/")
        answer = self.request(
            "POST", "/konto/login/", fields | {"login": email, "password": password}
        )
        assert answer.status == 302, answer.body[:2000]
        return self

    def form(self, path: str) -> dict[str, str]:
        """What the browser would send back, token and version included."""
        answer = self.until_answered("GET", path)
        if answer.status != 200:
            raise NotAcceptedError(f"GET {path}: {answer.status} {answer.location}")
        return {name: values[-1] for name, values in main_form(answer.body).data().items()}

    def write(self, path: str, **changes: str) -> str:
        return self.send(path, self.form(path) | changes)

    def send(self, path: str, fields: dict[str, str]) -> str:
        """The same form until it is answered with a redirect; where that leads."""
        begun = time.monotonic()
        answer = self.until_answered("POST", path, fields)
        if answer.status != 302 or answer.location.startswith("/konto/login"):
            raise NotAcceptedError(
                f"POST {path}: {answer.status} {answer.location} {answer.body[-3000:].decode()}"
            )
        self.written.append((begun, time.monotonic()))
        return answer.location

    def until_answered(
        self, method: str, path: str, fields: dict[str, str] | None = None
    ) -> Answer:
        """Again after no answer, after „wird noch gespeichert“, and after what Django says when it cannot
        keep a session because the database is away (400)."""
        deadline, last = time.monotonic() + PATIENCE, ""
        while True:
            try:
                answer = self.request(method, path, fields)
                if answer.status < 500 and answer.status not in (400, 409):
                    return answer
                last = f"{answer.status} {answer.body[-2000:].decode()}"
            except (OSError, http.client.HTTPException) as error:
                last = repr(error)
            assert time.monotonic() < deadline, f"{method} {path} is never answered: {last}"
            self.repeated += method == "POST"
            time.sleep(PAUSE)

    def opened(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)

    def request(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        connection = self.opened()
        headers = {
            "Origin": self.address,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            answer = Answer(response.status, response.getheader("Location", ""), response.read())
            for line in response.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            return answer
        finally:
            connection.close()

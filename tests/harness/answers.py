"""What each role got from each address, asked once and judged by many tests."""

from functools import cache
from urllib.parse import urlsplit

from django.urls import reverse

from tests.harness import headers, leaks, matrix
from tests.harness.crawl import Answer, Visitor
from tests.harness.matrix import Row

# Any record of a route tells what the address of one that does not exist looks like.
OBJECTS = {row.route: row.object for row in reversed(matrix.rows())}


class Asked:
    """Every address is asked once per role; what was found is kept, the pages are not."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.absent = cache(self._absent)

    def findings(self, row: Row) -> dict[str, "Found"]:
        return {role: self._found(row, self.visitor.ask(row, role)) for role in row.asked}

    def _found(self, row: Row, answer: Answer) -> "Found":
        return Found(
            status=answer.status,
            meaning=meaning(answer),
            masked=answer.masked if answer.status == 404 else b"",
            location=answer.location,
            writes=answer.writes,
            headers=headers.missing(answer.response),
            leaks=leaks.found(answer, row.route, self.visitor.legend),
        )

    def _absent(self, route: str, object_name: str, query: str, method: str, role: str) -> bytes:
        row = Row(0, route, object_name, query, method, "", {})
        return self.visitor.ask_absent(row, role).masked


# The admin areas have no login of their own: theirs leads on to the one of accounts.
LOGINS = [reverse(name) for name in ("account_login", "register:login", "technical:login")]


class Found:
    def __init__(self, **facts: object) -> None:
        self.__dict__.update(facts)

    status: int
    meaning: str
    masked: bytes
    location: str
    writes: list[str]
    headers: list[str]
    leaks: list[str]


def meaning(answer: Answer) -> str:
    """`login`: sent to the login page; `acts`: the act was allowed, whatever the form said to it."""
    if answer.status == 302 and urlsplit(answer.location).path in LOGINS:
        return "login"
    if answer.method == "POST" and answer.status in (200, 204, 302, 303, 409, 422):
        return "acts"
    return str(answer.status)

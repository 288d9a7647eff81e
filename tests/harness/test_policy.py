"""The matrix `policy.csv`, driven over the whole URLconf: who gets what from which address.

`expected` is a status, or one of the words below. A role that may not see a record gets exactly
what it would get for a record that does not exist.
"""

from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.harness import headers, leaks, matrix, world
from tests.harness.crawl import Answer, Visitor
from tests.harness.matrix import Row
from tests.harness.routes import routes

ROWS = matrix.rows()
EACH = pytest.mark.parametrize("row", ROWS, ids=str)
# Any record of a route tells what the address of one that does not exist looks like.
OBJECTS = {row.route: row.object for row in reversed(ROWS)}
SAFE = {"GET", "HEAD", "HX"}


@pytest.fixture(scope="module")
def visitor(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Visitor]:
    """The world lives in a transaction that nobody else ever sees."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Visitor(world.build())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def answers(visitor: Visitor) -> "Asked":
    return Asked(visitor)


class Asked:
    """Every address is asked once per role; what was found is kept, the pages are not."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.findings = cache(self._findings)
        self.absent = cache(self._absent)

    def _findings(self, row: Row) -> dict[str, "Found"]:
        return {role: self._found(row, self.visitor.ask(row, role)) for role in row.asked}

    def _found(self, row: Row, answer: Answer) -> "Found":
        return Found(
            status=answer.status,
            meaning=meaning(answer),
            masked=answer.masked if answer.status == 404 else b"",
            location=answer.location,
            writes=answer.writes,
            headers=headers.missing(answer.response),
            leaks=leaks.found(answer.role, answer.body, row.route),
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


# The list is complete


def test_every_address_is_in_the_matrix() -> None:
    assert sorted(set(routes()) - {row.route for row in ROWS}) == []


def test_every_row_of_the_matrix_is_an_address() -> None:
    assert sorted({row.route for row in ROWS} - set(routes())) == []


def test_every_address_is_asked_by_get_and_by_post() -> None:
    asked = {(row.route, row.method) for row in ROWS}
    assert (
        sorted(
            (name, verb)
            for name in routes()
            for verb in ("GET", "POST")
            if (name, verb) not in asked
        )
        == []
    )


def test_no_row_stands_twice() -> None:
    keys = [(row.route, row.object, row.query, row.method) for row in ROWS]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


# The answers


@EACH
def test_each_role_gets_its_status(row: Row, answers: Asked) -> None:
    got = {role: found.meaning for role, found in answers.findings(row).items()}
    assert got == row.asked


@EACH
def test_what_is_hidden_looks_like_what_does_not_exist(row: Row, answers: Asked) -> None:
    if not row.object:
        return
    for role, found in answers.findings(row).items():
        if found.status == 404:
            absent = answers.absent(row.route, OBJECTS[row.route], row.query, row.method, role)
            assert found.masked == absent, role


@pytest.mark.parametrize("row", [row for row in ROWS if row.method in SAFE], ids=str)
def test_reading_changes_nothing(row: Row, answers: Asked) -> None:
    assert {role: f.writes for role, f in answers.findings(row).items() if f.writes} == {}


@EACH
def test_every_answer_has_the_headers(row: Row, answers: Asked) -> None:
    assert {role: f.headers for role, f in answers.findings(row).items() if f.headers} == {}


@EACH
def test_no_answer_carries_what_the_role_must_not_read(row: Row, answers: Asked) -> None:
    assert {role: f.leaks for role, f in answers.findings(row).items() if f.leaks} == {}


# One row of each address is enough here.
GETS = list({row.route: row for row in reversed(ROWS) if row.method == "GET"}.values())


@pytest.mark.parametrize("row", GETS, ids=str)
def test_head_is_like_get(row: Row, visitor: Visitor, answers: Asked) -> None:
    head = visitor.visit("coordination", "HEAD", visitor.url(row))
    assert head.status == answers.findings(row)["coordination"].status
    assert head.body == b""


@pytest.mark.parametrize("row", GETS, ids=str)
def test_a_fragment_is_guarded_like_its_page(row: Row, visitor: Visitor, answers: Asked) -> None:
    for role in ("anonymous", "officer"):
        fragment = visitor.visit(role, "HX", visitor.url(row))
        assert fragment.status in (answers.findings(row)[role].status, 401)
        assert leaks.found(role, fragment.body, row.route) == []

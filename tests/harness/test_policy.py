"""The matrix `policy.csv`, driven over the whole URLconf: who gets what from which address.

A cell is a status, `login` (sent to the login page) or `acts` (allowed, whatever the form said to
it). A role that may not see a record gets exactly what it would get for one that does not exist.
Three modules share the rows, so that two cores can share the work.
"""

from typing import ClassVar

from tests.harness import leaks, matrix
from tests.harness.answers import OBJECTS, Asked
from tests.harness.crawl import Visitor
from tests.harness.matrix import Row
from tests.harness.routes import routes

ROWS = matrix.rows()
# One row of each address is enough for HEAD and for fragments.
FIRST = list({row.route: row for row in reversed(ROWS) if row.method == "GET"}.values())


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


class PolicyTests:
    """One test a row; a module names its rows."""

    rows: ClassVar[list[Row]]

    def test_each_role_gets_its_status(self, row: Row, answers: Asked) -> None:
        got = {role: found.meaning for role, found in answers.findings(row).items()}
        assert got == row.asked

    def test_what_is_hidden_looks_like_what_does_not_exist(self, row: Row, answers: Asked) -> None:
        for role, found in answers.findings(row).items():
            if found.status == 404 and row.object:
                absent = answers.absent(row.route, OBJECTS[row.route], row.query, row.method, role)
                assert found.masked == absent, role

    def test_reading_changes_nothing(self, row: Row, answers: Asked) -> None:
        if row.method == "GET":
            assert {role: f.writes for role, f in answers.findings(row).items() if f.writes} == {}

    def test_every_answer_has_the_headers(self, row: Row, answers: Asked) -> None:
        assert {role: f.headers for role, f in answers.findings(row).items() if f.headers} == {}

    def test_nobody_receives_what_is_not_for_them(self, row: Row, answers: Asked) -> None:
        assert {role: f.leaks for role, f in answers.findings(row).items() if f.leaks} == {}

    def test_head_is_like_get(self, row: Row, visitor: Visitor, answers: Asked) -> None:
        if row in FIRST:
            head = visitor.visit("coordination", "HEAD", visitor.url(row))
            assert head.status == answers.findings(row)["coordination"].status
            assert head.body == b""

    def test_fragment_is_guarded_like_page(
        self, row: Row, visitor: Visitor, answers: Asked
    ) -> None:
        if row not in FIRST:
            return
        for role in ("anonymous", "officer"):
            fragment = visitor.visit(role, "HX", visitor.url(row))
            assert fragment.status in (answers.findings(row)[role].status, 401)
            assert leaks.found(fragment, row.route, visitor.legend) == []


class TestGuidelines(PolicyTests):
    rows = [row for row in ROWS if row.area == "guidelines"]

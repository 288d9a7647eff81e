"""`queries.csv`: every page and every act runs a fixed number of queries, whatever the rows.

Figures: a list 8, a list of the houses' records 10, a page 12, a dashboard 15, a dossier 30, a save 25,
a form 15;
the HTML of a list at most 60 kB.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.harness import acts, growth, matrix, states
from tests.harness.crawl import Answer, Visitor
from tests.harness.routes import routes
from tests.harness.sampling import sampled

pytestmark = pytest.mark.together

FILE = Path(__file__).with_name("queries.csv")
SENDS_A_FILE = [
    "guidelines:delegation-mailbox",
    "partnerships:document-upload",
    "partnerships:import-new",
]
FIGURES = {
    "list": 8,
    "records": 10,  # the lists of what the houses keep
    "page": 12,
    "history": 25,  # which records of each kind somebody sees, then their events
    "form": 15,
    "dashboard": 15,
    "dossier": 30,  # eleven sections of everything known, read once before a trip
    "book": 70,  # a sheet for every kind of record a house keeps, with what each points to
    "save": 25,
    "corrected": 32,  # saved and released in one act, with what can be cited, and told to two
    "discarded": 27,  # a round with all of it: whatever may hang on it is asked for
    "admin": 25,
    "account": 75,
}
LARGEST_LIST = 60_000
# Their pages are measured; a save there is Django's own, one record at a time.
AREAS = ("register:", "technical:")
# The history sends its context in front of a statement, in the same trip.
CONTEXT = re.compile(r"^SELECT set_config\('pghistory\.context_id.*?, true\); ?", re.S)
# The number in the navigation is put into the session, at most once a minute.
ONCE_A_MINUTE = 'UPDATE "django_session"'
CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", ONCE_A_MINUTE)


@dataclass(frozen=True)
class Row:
    route: str
    object: str
    role: str
    kind: str
    # For a save: the fields of the form that are filled in, as `name=value;name=value`.
    typed: str

    def __str__(self) -> str:
        return f"{self.kind} {self.route} {self.object} {self.role}".replace("  ", " ")


@dataclass
class Measured:
    queries: list[str]
    answer: Answer

    @property
    def number(self) -> int:
        return len(self.queries)


def rows() -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [Row(**line) for line in csv.DictReader(file)]


ROWS = rows()


@pytest.fixture(scope="module")
def measured(request: pytest.FixtureRequest, visitor: Visitor) -> dict[str, list[Measured]]:
    """Row of this run → what it cost with a few rows and with thirty."""
    asked = {
        item.callspec.params["row"]
        for item in request.session.items
        if item.path == request.path and hasattr(item, "callspec")
    }
    wanted = [row for row in ROWS if row in asked]
    states.close(visitor.world, visitor.world.records["round_overdue"])  # one at a time runs
    growth.grow(visitor.world, growth.FEW)
    few = {str(row): measure(visitor, row) for row in wanted}
    growth.grow(visitor.world, growth.MANY)
    return {str(row): [few[str(row)], measure(visitor, row)] for row in wanted}


def measure(visitor: Visitor, row: Row) -> Measured:
    act = acts.Act(row.route, row.object, row.role, row.typed)
    url = act.url(visitor)
    data = acts.fill(visitor, act).data if row.kind in acts.POSTS else None
    with CaptureQueriesContext(connection) as captured:
        answer = visitor.visit(row.role, "POST" if row.kind in acts.POSTS else "GET", url, data)
    queries = [CONTEXT.sub("", query["sql"]) for query in captured.captured_queries]
    return Measured([sql for sql in queries if not sql.startswith(CONTROL)], answer)


EACH = pytest.mark.parametrize("row", sampled(ROWS), ids=str)


def test_every_page_is_measured() -> None:
    pages = {
        row.route for row in matrix.rows() if row.method == "GET" and "200" in row.expected.values()
    }
    assert sorted(pages - {row.route for row in ROWS}) == []


def test_every_act_is_measured() -> None:
    allowed = {
        row.route
        for row in matrix.rows()
        if row.method == "POST"
        and "acts" in row.expected.values()
        and not row.route.startswith(AREAS)
    }
    measured = {row.route for row in ROWS if row.kind in acts.POSTS}
    assert sorted(allowed - measured) == SENDS_A_FILE


def test_every_row_is_an_address() -> None:
    assert sorted({row.route for row in ROWS} - set(routes())) == []


@EACH
def test_queries_stay_within_the_figure(row: Row, measured: dict[str, list[Measured]]) -> None:
    few, many = measured[str(row)]
    status = few.answer.status
    assert status in (200, 204, 302)
    assert few.number <= FIGURES[row.kind], "\n".join(sql[:160] for sql in few.queries)
    assert many.number <= FIGURES[row.kind]


@EACH
def test_queries_do_not_grow_with_the_rows(row: Row, measured: dict[str, list[Measured]]) -> None:
    few, many = measured[str(row)]
    assert many.answer.status == few.answer.status
    assert many.number <= few.number, "\n".join(more_often(few.queries, many.queries))


def more_often(few: list[str], many: list[str]) -> list[str]:
    """The statements that grew, shortened to what tells them apart."""
    starts = [sql[:160] for sql in few]
    extra = []
    for sql in many:
        if sql[:160] in starts:
            starts.remove(sql[:160])
        else:
            extra.append(sql[:300])
    return extra


@pytest.mark.parametrize("row", sampled([row for row in ROWS if row.kind == "list"]), ids=str)
def test_the_page_of_a_list_is_small(row: Row, measured: dict[str, list[Measured]]) -> None:
    assert len(measured[str(row)][1].answer.body) <= LARGEST_LIST


@EACH
def test_no_link_stands_in_a_link(row: Row, measured: dict[str, list[Measured]]) -> None:
    for part in measured[str(row)][1].answer.body.split(b"<a ")[1:]:
        assert b"</a>" in part, part[:300]


@EACH
def test_whole_numbers_are_typed_as_text(row: Row, measured: dict[str, list[Measured]]) -> None:
    """A browser's own field for numbers hands 4.000 on as 4; degrees have decimals and a step."""
    inputs = re.findall(rb'<input type="number"[^>]*>', measured[str(row)][1].answer.body)
    assert [one for one in inputs if b"step=" not in one] == []

"""The matrix `policy.csv`, driven over the whole URLconf: who gets what from which address.

A cell is a status, `login` (sent to the login page) or `acts` (allowed, whatever the form said to
it). A role that may not see a record gets exactly what it would get for one that does not exist.
One test asks an address for one record by every method as every role, and names all that differs.
"""

import pytest

from tests.harness import matrix
from tests.harness.answers import Asked
from tests.harness.judging import Judge
from tests.harness.matrix import Group
from tests.harness.routes import routes
from tests.harness.sampling import sampled

ROWS = matrix.rows()
GROUPS = matrix.groups()


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


@pytest.fixture(scope="module")
def judge(answers: Asked) -> Judge:
    return Judge(answers)


@pytest.mark.parametrize("group", sampled(GROUPS), ids=str)
def test_each_role_gets_what_is_its(group: Group, judge: Judge) -> None:
    assert judge.deviations(group.of_today) == []


@pytest.mark.drill
@pytest.mark.parametrize("group", [group for group in GROUPS if group.left_over], ids=str)
def test_closed_methods_are_closed_to_all(group: Group, judge: Judge) -> None:
    assert judge.deviations(group.left_over) == []

"""People without a column in `policy.csv` get what the rules of `persons.py` make of its columns."""

import pytest

from tests.harness import matrix, persons
from tests.harness.answers import meaning
from tests.harness.crawl import Visitor
from tests.harness.matrix import Row
from tests.harness.persons import PERSONS, Person
from tests.harness.sampling import turning

A_DAY = 60
# One's own functions are shown there, the ended ones too.
ABOUT_ONESELF = ("accounts:account", "accounts:my_data")


@pytest.fixture(scope="module")
def visitor(visitor: Visitor) -> Visitor:
    persons.join(visitor)
    return visitor


def deviations(visitor: Visitor, person: Person, row: Row) -> list[str]:
    answer, found = visitor.ask(row, person.name), []
    leaked = person.leaks(answer, row.route, visitor)
    if leaked and row.route not in ABOUT_ONESELF:
        found.append(f"leaks {sorted(leaked)}")
    if meaning(answer) != person.may(row):
        found.append(f"{meaning(answer)}, not {person.may(row)}")
    return [f"{person}, {row}: {one}" for one in found]


@pytest.mark.parametrize("group", turning(matrix.groups(), A_DAY), ids=str)
def test_each_person_gets_what_the_columns_say(visitor: Visitor, group: matrix.Group) -> None:
    asked = [
        (person, row)
        for person in PERSONS
        for row in group.rows
        if not row.is_closed and person.may(row)
    ]
    assert [one for person, row in asked for one in deviations(visitor, person, row)] == []

"""What the pages of a statement cost, whatever the number of rows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guidelines.models import ReviewNote
from tests.factories import make_check, make_criterion, make_guideline, make_statement
from tests.guidelines.conftest import World, signed_in
from tests.guidelines.test_statement_conflict import form_data
from tests.guidelines.test_statement_pages import path, text


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def grow(world: World, number: int) -> None:
    """More questions on the statement, and more statements in the house's round."""
    guideline = make_guideline(edition=world.check_round.edition)
    ReviewNote.objects.bulk_create(
        ReviewNote(statement=world.statement, criterion=make_criterion(guideline=guideline))
        for _ in range(number)
    )
    for _ in range(number):
        make_statement(
            ministry=world.house.ministry,
            check=make_check(check_round=world.check_round),
            criteria=world.criteria,
        )


@pytest.mark.parametrize("address", ["", "vorlegen/", "druck/", "list", "fehlanzeige"])
def test_queries_do_not_grow_with_rows(world: World, address: str) -> None:
    client = signed_in(world.house.officer)
    whole = {"list": "/stellungnahmen/", "fehlanzeige": "/stellungnahmen/fehlanzeige/"}
    target = whole.get(address, path(world, address))
    grow(world, 3)
    queries(client, target)
    few = queries(client, target)

    grow(world, 27)

    assert queries(client, target) == few
    assert few <= 20


def test_save_costs_at_most_25_queries(world: World) -> None:
    grow(world, 10)
    client = signed_in(world.house.officer)
    data = form_data(world, version=1)
    for note in world.statement.review_notes.all():
        data[f"answer_{note.criterion_id}"] = (
            "yes" if note.criterion_id == world.criteria[1].pk else "1"
        )
    text(client, path(world))

    with CaptureQueriesContext(connection) as captured:
        assert client.post(path(world), data).status_code == 302

    assert len(captured) <= 25

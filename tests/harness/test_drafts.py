"""What a house does before it releases changes no byte of what anybody else gets."""

from collections.abc import Callable

import pytest
from django.db import transaction

from guidelines.actions import drafts
from guidelines.actions.statements import return_for_revision, save_statement, submit, take_back
from guidelines.models import Statement
from ministries.clock import now
from tests.harness import matrix
from tests.harness.crawl import Visitor
from tests.harness.world import World

OTHERS = ("coordination", "officer_elsewhere", "auditor")
PLACES = ("dashboards", "guidelines", "partnerships")
GETS = [row for row in matrix.rows() if row.method == "GET" and row.route.startswith(PLACES)]

Pages = dict[tuple[str, str], bytes]


@pytest.fixture(scope="module")
def before(visitor: Visitor) -> Pages:
    return everything(visitor)


def everything(visitor: Visitor) -> Pages:
    """Every page of the matrix as the other roles get it, without tokens and clock."""
    return {(role, str(row)): visitor.ask(row, role).masked for role in OTHERS for row in GETS}


def type_a_draft(world: World, statement: Statement) -> None:
    drafts.keep_draft(
        statement=statement,
        data={"key_message": "neu"},
        based_on_version=statement.version,
        by=world.users["officer"],
        now=now(),
    )


def save_a_version(world: World, statement: Statement) -> None:
    notes = list(statement.review_notes.select_related("criterion"))
    save_statement(
        statement=statement,
        answers={note.criterion_id: note.criterion.answers[0][0] for note in notes},
        reasons={note.criterion_id: "Neue Begründung" for note in notes},
        vote="continue",
        key_message="Neue Kernaussage",
        expected_version=statement.version,
        by=world.users["author"],
        now=now(),
    )


def save_and_submit(world: World, statement: Statement) -> None:
    type_a_draft(world, statement)
    save_a_version(world, statement)
    submit(statement=statement, by=world.users["author"], now=now())


def go_back_and_forth(world: World, statement: Statement) -> None:
    submit(statement=statement, by=world.users["author"], now=now())
    take_back(statement=statement, by=world.users["author"], now=now())
    submit(statement=statement, by=world.users["author"], now=now())
    return_for_revision(statement=statement, note="Bitte kürzer", by=world.users["head"], now=now())


@pytest.mark.long
@pytest.mark.parametrize("act", [save_and_submit, go_back_and_forth])
def test_work_inside_a_house_is_invisible_outside(
    visitor: Visitor, before: Pages, act: Callable[[World, Statement], None]
) -> None:
    with transaction.atomic():
        act(visitor.world, Statement.objects.get(pk=visitor.world.records["statement_open"].pk))
        after = everything(visitor)
        transaction.set_rollback(True)
    assert [key for key in before if before[key] != after[key]] == []

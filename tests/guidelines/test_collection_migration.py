"""What earlier decisions have frozen becomes „keine Stellungnahme“."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection

from guidelines.models import GuidelineCheck, Statement
from ministries.clock import today
from tests.guidelines.conftest import World, released
from tests.guidelines.test_days import YESTERDAY, decide

migration = import_module("guidelines.migrations.0006_collections_of_decided_checks")
RECORDED = date(2026, 11, 23)
HIDDEN = date(2999, 1, 1)


def run() -> date | None:
    with connection.cursor() as cursor:
        for statement in (migration.UNFREEZE, migration.CLOSE, migration.FREEZE):
            cursor.execute(statement)
    return GuidelineCheck.objects.get().collection_closed_on


def test_frozen_cell_says_keine_stellungnahme_since_the_decision(world: World) -> None:
    released(world.statement, house=world.house)
    decide(world, YESTERDAY)

    assert run() == RECORDED
    assert GuidelineCheck.objects.get().collection_closed_by == world.coordinator
    assert list(Statement.objects.not_given()) == [world.other_statement]


def test_day_tells_nothing_of_a_decision_that_is_not_visible(world: World) -> None:
    decide(world, HIDDEN)

    assert run() == today()


@pytest.mark.parametrize(("visible_from", "is_closed"), [(YESTERDAY, False), (HIDDEN, True)])
def test_where_all_have_answered_only_a_hidden_decision_closes(
    world: World, visible_from: date, is_closed: bool
) -> None:
    released(world.statement, house=world.house)
    released(world.other_statement, house=world.other)
    decide(world, visible_from)

    assert (run() is not None) is is_closed


def test_undecided_check_stays_open_and_a_closed_round_frozen(world: World) -> None:
    assert run() is None
    decide(world, YESTERDAY)
    run()

    with pytest.raises(Exception, match="abgeschlossen"):
        GuidelineCheck.objects.update(evaluation="anders")

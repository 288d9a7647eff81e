"""Many statements at once: each is saved or submitted by itself, and by nobody else's hand."""

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.answering.actions import Typed, save_table, submit_all
from guidelines.answering.sittings import rows_of
from guidelines.models import Statement, StatementDraft
from ministries.models import User
from tests.factories import NOW
from tests.guidelines.acts.conftest import OUTSIDERS, person
from tests.guidelines.conftest import World, fresh, write


def typed(statement: Statement, by: User, **values: str) -> Typed:
    (row,) = rows_of([statement], by)
    return Typed(row, {**row.stored, **values}, None, statement.version)


def test_table_saves_what_has_changed(world: World) -> None:
    by = world.house.officer

    done = save_table(typed=[typed(world.statement, by, key_message="Neu.")], by=by, now=NOW)

    assert (done.acted, done.refused) == ([world.statement], [])
    assert fresh(world.statement).key_message == "Neu."


def test_what_cannot_be_saved_is_kept_as_typed(world: World) -> None:
    by = world.house.officer
    begun = typed(world.statement, by, key_message="Neu.")
    write(fresh(world.statement), by=world.house.colleague)

    done = save_table(typed=[begun], by=by, now=NOW)

    assert [statement for statement, _ in done.refused] == [world.statement]
    assert StatementDraft.objects.get().data["key_message"] == "Neu."


def test_what_is_complete_is_submitted(world: World) -> None:
    written = write(world.statement, by=world.house.officer)

    done = submit_all(chosen=[(written, written.version)], by=world.house.officer, now=NOW)

    assert done.acted == [written]
    assert fresh(written).state == "submitted"


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_save_and_submit_nothing(world: World, who: str) -> None:
    by = person(world, who)
    written = write(world.statement, by=world.house.officer)

    with pytest.raises(PermissionDenied):
        save_table(typed=[typed(written, by, key_message="Fremd.")], by=by, now=NOW)
    with pytest.raises(PermissionDenied):
        submit_all(chosen=[(written, written.version)], by=by, now=NOW)

    assert (fresh(written).state, StatementDraft.objects.count()) == ("open", 0)

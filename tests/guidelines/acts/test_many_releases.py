"""Many released at once: each by itself, by a head of its house."""

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import Query
from guidelines.releasing.actions import release_all
from guidelines.statements.actions import submit
from tests.factories import NOW
from tests.guidelines.acts.conftest import OUTSIDERS, person
from tests.guidelines.conftest import World, fresh, reply_submitted, submitted, write


def test_head_releases_what_waits(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    done = release_all(chosen=[(statement, statement.version)], by=world.house.head, now=NOW)

    assert (done.acted, done.refused) == ([statement], [])
    assert fresh(statement).state == "released"


def test_answer_is_released_with_the_rest(world: World, query: Query) -> None:
    reply = reply_submitted(query, by=world.house.officer)

    release_all(chosen=[(reply, reply.version)], by=world.house.head, now=NOW)

    assert Query.objects.get().state == "answered"


def test_what_was_changed_meanwhile_is_refused(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    done = release_all(chosen=[(statement, statement.version - 1)], by=world.house.head, now=NOW)

    assert (done.acted, len(done.refused)) == ([], 1)
    assert fresh(statement).state == "submitted"


def test_head_alone_is_refused(world: World) -> None:
    write(world.statement, by=world.house.head)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)
    statement = fresh(world.statement)

    done = release_all(chosen=[(statement, statement.version)], by=world.house.head, now=NOW)

    assert [written for written, _ in done.refused] == [statement]


@pytest.mark.parametrize("who", ["officer", *OUTSIDERS])
def test_nobody_else_releases(world: World, who: str) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    with pytest.raises(PermissionDenied):
        release_all(chosen=[(statement, statement.version)], by=person(world, who), now=NOW)

    assert fresh(statement).state == "submitted"

"""Nachweise in the answer to a Rückfrage: they go along as they are."""

import pytest

from guidelines.models import Evidence, Query
from guidelines.queries.actions import answer
from partnerships.models import Activity
from tests.factories import NOW
from tests.guidelines.conftest import World, asked, fresh, released, reply_submitted, signed_in
from tests.guidelines.test_evidence import activity_of, cite
from tests.guidelines.test_statement_pages import path, text


@pytest.fixture
def query(world: World) -> Query:
    """About a statement that rests on an activity, renamed since."""
    activity = activity_of(world.house, world, title="Chorreise")
    cite(world, activity)
    released(fresh(world.statement), house=world.house)
    Activity.objects.filter(pk=activity.pk).update(title="Umbenannt")
    return asked(fresh(world.statement), by=world.coordinator)


@pytest.mark.parametrize("act", ["", "vorlegen/"])
def test_evidence_stands_beside_the_answer(world: World, query: Query, act: str) -> None:
    page = text(signed_in(world.house.officer), query.get_absolute_url() + act)

    assert "Chorreise" in page
    assert ("Auch die Nachweise gehen mit" in page) is not bool(act)


def test_evidence_goes_along_as_it_was_released(world: World, query: Query) -> None:
    submitted = reply_submitted(query, by=world.house.officer)

    answer(query=submitted, by=world.house.head, now=NOW)

    assert "Chorreise" in Evidence.objects.get().wording
    assert "Chorreise" in text(signed_in(world.coordinator), path(world))

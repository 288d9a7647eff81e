"""Each module of this folder has a world of its own, in a transaction that nobody else sees."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.harness import canaries, world
from tests.harness.answers import Asked
from tests.harness.crawl import Visitor
from tests.harness.sampling import sampled


@pytest.fixture(scope="module")
def visitor(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Visitor]:
    with django_db_blocker.unblock(), transaction.atomic():
        scene = world.build()
        yield Visitor(scene, canaries.plant(scene))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def answers(visitor: Visitor) -> Asked:
    return Asked(visitor)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A class that names its rows runs each of its tests once a row."""
    rows = getattr(metafunc.cls, "rows", None)
    if rows and "row" in metafunc.fixturenames:
        closed = [row for row in rows if "405" in row.expected.values()]
        others = [row for row in rows if "405" not in row.expected.values()]
        # What takes no such method at all says so in a third of the cases; the drill asks for all.
        asked = [*sampled(others), *sampled(closed, drill_rest=True)]
        metafunc.parametrize("row", asked, ids=str)

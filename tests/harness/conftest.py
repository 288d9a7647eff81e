"""The modules of this folder share a world that each of them has for itself, in a transaction of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.harness import kept_world
from tests.harness.answers import Asked
from tests.harness.crawl import Visitor


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.desk_number)


@pytest.fixture(scope="module")
def visitor(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Visitor]:
    with django_db_blocker.unblock(), kept_world.visited() as visitor:
        yield visitor


@pytest.fixture(scope="module")
def answers(visitor: Visitor) -> Asked:
    return Asked(visitor)

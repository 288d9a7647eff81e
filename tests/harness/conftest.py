"""The modules of this folder share a world that each of them has for itself, in a transaction of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from dashboards import desk
from tests.harness import kept_world
from tests.harness.answers import Asked
from tests.harness.crawl import Visitor


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.desk_number)


@pytest.fixture(scope="module", autouse=True)
def number_of_the_sign_in() -> Iterator[None]:
    """The number of the desk is kept from there on: what a page counts after a minute is thrown away
    with its request, so that each later page would count again, at thrice the cost of the page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "COUNTED_FOR", 86_400)
        yield


@pytest.fixture(scope="module")
def visitor(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Visitor]:
    with django_db_blocker.unblock(), kept_world.visited() as visitor:
        yield visitor


@pytest.fixture(scope="module")
def answers(visitor: Visitor) -> Asked:
    return Asked(visitor)

"""What all tests stand on: a real PostgreSQL, the app's own login, no way out to the network.

The database is made as owner from a template that is kept while no migration changes; then every
connection of the tests uses the app login, like web and worker do, with no right more.
"""

import os
from pathlib import Path

# Beside the data of `make run`, and of other settings.
os.environ.setdefault("BRUECKE_DATA_DIR", str(Path(__file__).parents[1] / ".data" / "test"))
os.environ["BRUECKE_TEST"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
)  # Playwright's loop runs in the thread of the test

import gc
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial

import django
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests import server

server.start()
django.setup()
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none

from tests import database, network, templates

network.close()
# Hundreds of thousands of objects live as long as the tests: looking through them again and again is dear.
gc.freeze()
gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is made once for a whole module comes first: there no other core steals half of it."""
    items.sort(key=lambda item: item.get_closest_marker("together") is None)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with django_db_blocker.unblock():
        database.create()
    yield
    with django_db_blocker.unblock():
        database.drop()


def begin_anew(test_case: TransactionTestCase) -> None:
    """What a test committed is taken out by the owner; the app login could not."""
    database.renew()


TransactionTestCase._fixture_teardown = begin_anew  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def unasked_number(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number beside "Zu erledigen" is composed anew for each new person: two thirds of a page's time.

    The harness shows it on every page, other tests where they are marked `desk_number`.
    """
    if not request.node.get_closest_marker("desk_number"):
        monkeypatch.setattr("config.navigation.known_count", lambda request, today: None)


@pytest.fixture(autouse=True, scope="session")
def strict_templates(django_test_environment: None) -> None:
    """A template of ours that names something undefined fails its test."""
    templates.refuse_undefined_variables()


@pytest.fixture
def real_register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Instead of `db`: the register of data/register, loaded once a run, in a transaction of one's own."""
    load = partial(call_command, "load_register", verbosity=0)
    with (
        django_db_blocker.unblock(),
        database.filled(database.register(), load),
        transaction.atomic(),
    ):
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def reachable_folder() -> Iterator[Path]:
    """A folder the database account may enter; pytest closes its own to everybody but the user."""
    folder = Path(tempfile.mkdtemp(prefix="bruecke-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)

"""What all tests stand on: a real PostgreSQL, the app's own login, no way out to the network.

The database is made as owner from a template that is kept while no migration changes; then every
connection of the tests uses the app login, like web and worker do.
"""

import os

os.environ["BRUECKE_TEST"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
)  # Playwright's loop runs in the thread of the test

import gc
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from config import postgres

if postgres.is_wanted():
    postgres.start()
django.setup()
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none

from tests import database, network, templates

network.close()
# Hundreds of thousands of objects live as long as the tests: looking through them again and again is dear.
gc.freeze()
gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with django_db_blocker.unblock():
        database.create()
    yield
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(autouse=True, scope="session")
def strict_templates(django_test_environment: None) -> None:
    """A template of ours that names something undefined fails its test."""
    templates.refuse_undefined_variables()


@pytest.fixture(scope="module")
def reachable_folder() -> Iterator[Path]:
    """A folder the database account may enter; pytest closes its own to everybody but the user."""
    folder = Path(tempfile.mkdtemp(prefix="bruecke-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)

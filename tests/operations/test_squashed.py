"""Migrations before release 0.2, squashed: a database or a backup has all that one of them replaces, or none."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from pytest_django import DjangoDbBlocker

from config.operations.squashed import LAST_BEFORE, refusal
from tests import database
from tests.config.places import Place, place
from tests.operations.documented import BEFORE, PAGE

PART = "DELETE FROM django_migrations WHERE app = 'partnerships' AND name = '0001_initial'"


@pytest.fixture(scope="module")
def there(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Place]:
    """A database of before, brought up to date."""
    with django_db_blocker.unblock():
        connection.close()  # a module before this one may have left it open
    with place("before", tmp_path_factory.mktemp("before") / "there") as there:
        for command in (["restore", BEFORE], ["migrate"]):
            done = there.manage(*command)
            assert done.returncode == 0, done.stderr
        yield there


def test_none_and_all_are_well() -> None:
    loader = MigrationLoader(None)
    replaced = [key for squashed in loader.replacements.values() for key in squashed.replaces]

    assert [refusal(loader, []), refusal(loader, replaced)] == ["", ""]
    for missing in replaced:
        applied = [key for key in replaced if key != missing]
        assert f"{missing[0]}.{missing[1]}" in refusal(loader, applied)


def test_documented_way_leads_over_the_commit_that_is_named() -> None:
    assert LAST_BEFORE in PAGE.read_text()


@pytest.mark.slow
def test_backup_from_before_becomes_what_a_new_database_is(there: Place) -> None:
    assert there.frame() == Place(database.NAME, there.folder).frame()


@pytest.mark.slow
def test_some_are_refused_by_migrate_and_restore(there: Place) -> None:
    with there.owner() as owner:
        owner.execute(PART)
    backup = there.folder / "part.zip"
    assert there.manage("backup", backup).returncode == 0
    before = there.tables()

    for command in (["migrate"], ["restore", backup, "--force"]):
        refused = there.manage(*command)

        assert refused.returncode == 1
        assert LAST_BEFORE in refused.stderr
    assert there.tables() == before

"""An update while people work: which migrations are allowed, and how `migrate` waits for its locks."""

import threading

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg.errors import UniqueViolation

from tests import database
from tests.harness import walk
from tests.operations.migration_rules import offences

pytestmark = pytest.mark.long

# migration → why it may
EXCEPTIONS: dict[str, str] = {}


@pytest.mark.django_db(transaction=True)
def test_migrations_leave_the_old_version_at_work() -> None:
    ours = {path.parent.name for path in walk.ROOT.glob("*/migrations")}
    loader = MigrationLoader(connection)
    found = {}
    for app, name in loader.graph.nodes:
        if app in ours and f"{app}.{name}" not in EXCEPTIONS:
            migration = loader.get_migration(app, name)
            if told := offences(loader.collect_sql([(migration, False)])):
                found[f"{app}.{name}"] = told

    assert found == {}


CREATE = 'CREATE TABLE "new" ("id" bigint NOT NULL)'
ALTER = 'ALTER TABLE "old" ADD COLUMN "a" integer NULL'
DANGEROUS = [
    ['CREATE INDEX "i" ON "old" ("a")'],
    ['CREATE INDEX CONCURRENTLY "i" ON "old" ("a")', ALTER],
    ['ALTER TABLE "old" ADD CONSTRAINT "c" CHECK (a > 0)'],
    ['ALTER TABLE "old" ADD CONSTRAINT "c" CHECK (a > 0) NOT VALID', 'ALTER TABLE "old" VALIDATE CONSTRAINT "c"'],
    ['ALTER TABLE "old" ADD COLUMN "a" integer NOT NULL'],
    ['ALTER TABLE "old" ADD COLUMN "a" integer DEFAULT 1 NOT NULL', 'ALTER TABLE "old" ALTER COLUMN "a" DROP DEFAULT'],
    ['ALTER TABLE "old" ADD COLUMN "a" text GENERATED ALWAYS AS (b) STORED'],
    ['ALTER TABLE "old" ALTER COLUMN "a" TYPE text'],
    ['ALTER TABLE "old" ALTER COLUMN "a" SET NOT NULL'],
    ['ALTER TABLE "old" DROP COLUMN "a" CASCADE'],
    ['ALTER TABLE "old" RENAME COLUMN "a" TO "b"'],
    ['DROP TABLE "old" CASCADE'],
    [ALTER, 'UPDATE "old" SET a = 1'],
    [ALTER, "-- THIS OPERATION CANNOT BE WRITTEN AS SQL"],
]  # fmt: skip
HARMLESS = [
    [CREATE, 'CREATE INDEX "i" ON "new" ("id")', 'ALTER TABLE "new" ADD CONSTRAINT "c" CHECK (id > 0)'],
    ['CREATE INDEX CONCURRENTLY "i" ON "old" ("a")'],
    [ALTER],
    ['ALTER TABLE "old" ADD COLUMN "b_id" bigint NULL', 'CREATE INDEX "i" ON "old" ("b_id")'],
    ['ALTER TABLE "old" ADD COLUMN "a" integer DEFAULT 1 NOT NULL'],
    ['ALTER TABLE "old" ADD CONSTRAINT "c" CHECK (a > 0) NOT VALID'],
    ['ALTER TABLE "old" VALIDATE CONSTRAINT "c"'],
    ['UPDATE "old" SET a = 1'],
    [CREATE, ALTER, 'INSERT INTO "new" SELECT 1'],
]  # fmt: skip


@pytest.mark.parametrize("statements", DANGEROUS, ids=str)
def test_rule_finds(statements: list[str]) -> None:
    assert offences(statements)


@pytest.mark.parametrize("statements", HARMLESS, ids=str)
def test_rule_allows(statements: list[str]) -> None:
    assert offences(statements) == []


@pytest.mark.django_db(transaction=True)
def test_migrate_lets_others_pass_and_tries_again() -> None:
    """Longer than any login waits for a lock."""
    with database.owner(database.NAME) as other:
        other.execute("BEGIN")
        other.execute("LOCK TABLE django_migrations")
        release = threading.Timer(4, other.rollback)
        release.start()

        database.migrate()

        release.join()


@pytest.mark.django_db(transaction=True)
def test_migrate_clears_away_half_an_index() -> None:
    with database.owner(database.NAME) as other:
        other.execute("CREATE TABLE twice AS SELECT 1 AS a UNION ALL SELECT 1")
        with pytest.raises(UniqueViolation):
            other.execute("CREATE UNIQUE INDEX CONCURRENTLY left_over ON twice (a)")
        try:
            database.migrate()

            assert other.execute("SELECT to_regclass('left_over')").fetchone() == (None,)
        finally:
            other.execute("DROP TABLE twice")

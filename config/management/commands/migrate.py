import time
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from psycopg.errors import DeadlockDetected, LockNotAvailable

from config.logins import revoke_event_writes
from config.operations import squashed

LOCK_WAIT = "300ms"  # whoever asks for the same table meanwhile waits as well, and gives up after three seconds
ATTEMPTS, PAUSE = 60, 1.0  # seconds, in which those who waited get their turn
UNFINISHED_INDEXES = """
SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE NOT indisvalid AND relnamespace = 'public'::regnamespace
"""


class Command(migrate.Command):
    """Django's migrate, which lets others pass first and closes new history tables to the app login."""

    def handle(self, *args: Any, **options: Any) -> None:
        database = connections[options["database"]]
        for attempt in range(ATTEMPTS):
            try:
                prepare(database)
                require_whole(database)
                super().handle(*args, **options)
                revoke_event_writes(database)
                return
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                    raise
                self.stdout.write(f"Eine Tabelle ist in Gebrauch; Versuch {attempt + 2} folgt.")
                time.sleep(PAUSE)
        raise CommandError(
            "Eine Tabelle ist dauernd in Gebrauch. Was fertig wurde, ist vermerkt; starten Sie migrate "
            "später noch einmal. Lange Vorgänge zeigt: SELECT * FROM pg_stat_activity"
        )


def prepare(database: BaseDatabaseWrapper) -> None:
    """Short locks, and nothing left of an index whose concurrent building was given up."""
    with database.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}'")
        cursor.execute(UNFINISHED_INDEXES)
        for (index,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {database.ops.quote_name(index)}")


def require_whole(database: BaseDatabaseWrapper) -> None:
    loader = MigrationLoader(database)
    if refusal := squashed.refusal(loader, loader.applied_migrations):
        raise CommandError(refusal)

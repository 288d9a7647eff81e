from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from config.logins import revoke_event_writes


class Command(migrate.Command):
    """Django's migrate, which also closes new history tables to the app login."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        revoke_event_writes(connections[options["database"]])

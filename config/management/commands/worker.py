from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from config.logins import refuse_too_much_power


class Command(BaseCommand):
    help = "Arbeitet Aufträge ab: Mails, Erinnerungen, lange Arbeiten."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_too_much_power()
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL's connection has one
        call_command("procrastinate", "worker", "--concurrency=2", "--delete-jobs=never")

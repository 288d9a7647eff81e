"""`manage.py load_trial`: register and demo of `make run` in one process, while the server is starting."""

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Lädt Register und Demonstrationsdaten und nennt die Anmeldungen."

    def handle(self, **options: Any) -> None:
        call_command("load_register", stdout=StringIO())
        call_command("load_demo", stdout=self.stdout)

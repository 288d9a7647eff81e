"""`manage.py restore FILE`: everything as it was when the backup was made, or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.operations import restores
from config.operations.archive import DOCUMENTS, ArchiveError


class Command(BaseCommand):
    help = "Spielt eine Sicherung in eine leere Datenbank ein. Web und Worker müssen beendet sein."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="die Sicherung")
        parser.add_argument(
            "--force", action="store_true", help="ersetzt, was in der Datenbank steht"
        )

    def handle(self, *, file: Path, force: bool, **options: Any) -> None:
        try:
            manifest = restores.restore(file, force=force, say=self.say)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        files = sum(name.startswith(f"{DOCUMENTS}/") for name in manifest.checksums)
        self.stdout.write(
            f"Eingespielt: {len(manifest.tables)} Tabellen mit {manifest.rows} Zeilen, {files} Dokumente; "
            f"Stand {manifest.made_at}. Alle Prüfsummen stimmen."
        )
        if restores.waiting_migrations():
            self.stdout.write("Die Sicherung ist älter als die Anwendung. Jetzt: manage.py migrate")

    def say(self, text: str) -> None:
        """At once: it must stand there if this process does not get any further."""
        self.stdout.write(text)
        self.stdout.flush()

"""`manage.py backup FILE`: database and documents together, while Brücke goes on working."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.operations import backups
from config.operations.archive import DOCUMENTS, ArchiveError


class Command(BaseCommand):
    help = "Sichert Datenbank und Dokumente in eine Datei. Der Betrieb läuft dabei weiter."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="die Datei, die entsteht")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            manifest = backups.backup(file)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        files = sum(name.startswith(f"{DOCUMENTS}/") for name in manifest.checksums)
        self.stdout.write(
            f"Gesichert in {file}: {len(manifest.tables)} Tabellen mit {manifest.rows} Zeilen, "
            f"{files} Dokumente, {file.stat().st_size / 1_000_000:.1f} MB."
        )
        try:
            backups.note_time()
        except OSError as error:
            self.stderr.write(
                f"/healthz nennt weiter die vorige Sicherung: {error.filename}: {error.strerror}"
            )

"""`manage.py load_register`: the register from CSV, again and again, all of it or nothing."""

from pathlib import Path
from typing import Any

import pghistory
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from ministries.loading.register_loading import CONTEXT, LOADERS, RegisterLoad


class Command(BaseCommand):
    help = (
        "Lädt Stammdaten und Register aus CSV-Dateien. Ein zweiter Lauf schreibt nichts. Was "
        "inzwischen jemand bearbeitet oder bestätigt hat, bleibt und wird am Ende genannt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--directory",
            type=Path,
            default=Path(settings.BASE_DIR) / "data" / "register",
            help="Ordner mit den CSV-Dateien (Vorgabe: data/register)",
        )

    def handle(self, *, directory: Path, **options: Any) -> None:
        load = RegisterLoad(directory)
        with transaction.atomic(), pghistory.context(**CONTEXT):
            for _, loader in LOADERS:
                loader(load)
            if load.problems:
                transaction.set_rollback(True)
        if load.problems:
            raise CommandError(_refusal(load))
        self._report(load)

    def _report(self, load: RegisterLoad) -> None:
        for file, counts in load.counts.items():
            self.stdout.write(
                f"{file}: {counts['rows']} Zeilen, {counts['new']} Datensätze neu, "
                f"{counts['changed']} geändert"
            )
        if load.kept:
            self.stdout.write("Von Hand Gepflegtes blieb, wie es ist:")
            for line in load.kept:
                self.stdout.write(f"  {line}")
        if load.noticed:
            self.stdout.write("Vielleicht doppelt, bitte ansehen:")
            for line in load.noticed:
                self.stdout.write(f"  {line}")


def _refusal(load: RegisterLoad) -> str:
    count = len(load.problems)
    fault = "ein Fehler" if count == 1 else f"{count} Fehler"
    lines = "\n".join(f"  {problem}" for problem in load.problems)
    return f"Es wurde nichts geladen: {fault} in {load.directory}.\n{lines}"

"""`manage.py clean_texts`: texts stored before their fields cleaned them, shown or put in order."""

from collections import defaultdict
from typing import Any
from unicodedata import combining

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.db.models import Field
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from config.cleaning import Found, clean_all
from config.tasks import CLEAN
from ui.text import clean_signs

EXAMPLES = 3
BEFORE, SHOWN = 20, 60
SIGNS = {
    "\n": "Zeilenumbruch",
    "\u00a0": "geschütztes Leerzeichen",
    "\u00ad": "weiches Trennzeichen",
    "\u200b": "Leerzeichen ohne Breite",
    "\u202f": "schmales geschütztes Leerzeichen",
    "\ufeff": "Byte-Reihenfolge",
}


class Command(BaseCommand):
    help = "Zeigt Texte mit Zeichen, die niemand sieht, und bereinigt sie im Hintergrund."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--apply", action="store_true", help="bereinigen, als Auftrag des Workers"
        )

    def handle(self, *, apply: bool, **options: Any) -> None:
        if not apply:
            self.preview()
            return
        try:
            with transaction.atomic():
                app.configure_task(CLEAN, queue="upkeep", queueing_lock=CLEAN).defer()
        except AlreadyEnqueued:
            self.stdout.write("Der Auftrag wartet schon.")
        else:
            self.stdout.write(
                "Der Worker bereinigt die Texte; danach zeigt clean_texts, was bleibt."
            )

    def preview(self) -> None:
        places: dict[Field, list[tuple[str, str]]] = defaultdict(list)
        left: list[Found] = []
        for found in clean_all(keep=False):
            if found.clash or found.kept:
                left.append(found)
                continue
            for field, texts in found.texts.items():
                places[field].append(texts)
        if not places and not left:
            self.stdout.write("Alle Texte sind sauber.")
        for field, examples in places.items():
            label = f"{field.model._meta.verbose_name}, {field.verbose_name}"
            self.stdout.write(f"{label}: {len(examples)}")
            for before, after in examples[:EXAMPLES]:
                start = max(0, first_difference(before, after) - BEFORE)
                self.stdout.write(f"  {named(before[start:])} → {named(after[start:])}")
        self.tell("Zusammenzuführen, bleiben bis dahin, wie sie sind:", left, "clash")
        self.tell("Unveränderlich, bleiben, wie sie sind:", left, "kept")

    def tell(self, title: str, found: list[Found], reason: str) -> None:
        told = [(row, getattr(row, reason)) for row in found if getattr(row, reason)]
        if told:
            self.stdout.write(title)
        for row, why in told:
            name = f"{row.model._meta.verbose_name} Nr. {row.pk}"
            self.stdout.write(f"  {name} ({', '.join(field.name for field in row.texts)}): {why}")


def first_difference(before: str, after: str) -> int:
    pairs = enumerate(zip(before, after, strict=False))
    return next((place for place, (old, new) in pairs if old != new), 0)


def named(text: str) -> str:
    """With the signs nobody sees, called by their names."""
    shown = (
        sign
        if sign != "\n" and clean_signs(sign) == sign and not combining(sign)
        else name_of(sign)
        for sign in text[:SHOWN]
    )
    return "".join(shown)


def name_of(sign: str) -> str:
    return f"[{SIGNS.get(sign, f'U+{ord(sign):04X}')}]"

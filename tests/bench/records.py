"""What people wait for: an import of 5,000 rows of each kind, the dossier of a partnership as PDF.

`python -m tests.bench.records` prints JSON: seconds of the import by kind, and of the dossier.
The rows it imports stay.
"""

import io
import json
import statistics
import time
from dataclasses import dataclass
from typing import Any

import django
from django.conf import settings
from openpyxl import Workbook

from tests.bench.inside import signed_in, subjects

ROWS, SAMPLES = 5_000, 5
TEXT = "Austausch über gemeinsame Vorhaben, Stand der Verabredungen, nächste Schritte. " * 4
HEADINGS = {
    "kontakte": ("Funktion", "Partnerschaft", "E-Mail-Adresse", "Telefon", "Bemerkungen"),
    "aktivitaeten": ("Aktivität", "Zeitraum", "Partnerschaften", "Art", "Ort", "Ziele"),
    "sachstaende": ("Partnerschaft", "Fachgebiet", "Sachstand", "Ziele"),
    "vereinbarungen": ("Vereinbarung", "Partnerschaft", "Art", "Unterzeichnet", "Laufzeit bis"),
    "partnerschaften": ("Partnerschaft", "Partnerregionen", "Art der Beziehung", "Status", "Status seit"),
    "regionen": ("Name", "Staat", "Sitz", "Einwohner"),
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What the rows of a file may name: partnerships, the subject areas of the house, a region."""

    places: list[str]
    areas: list[str]
    region: str

    def row(self, kind: str, run: int, number: int) -> tuple[object, ...]:
        name, place = f"Vorgang {run} {number}", self.places[number % len(self.places)]
        day = f"{number % 28 + 1}.{number % 12 + 1}.{2021 + number % 5}"
        # Each pair of partnership and subject area once.
        area = self.areas[number // len(self.places) % len(self.areas)]
        rows: dict[str, tuple[object, ...]] = {
            "kontakte": (name, place, f"p{number}@demo.example", "0351 1", TEXT),
            "aktivitaeten": (name, day, place, "Veranstaltung", "Dresden", TEXT),
            "sachstaende": (place, area, f"{name}. {TEXT}", TEXT),
            "vereinbarungen": (name, place, "Memorandum", day, "31.12.2040"),
            "partnerschaften": (name, self.region, "Kontakt", "aktiv", day),
            "regionen": (name, "Polen", "Breslau", number),
        }
        return rows[kind]


def workbook(kind: str, known: Known, rows: int) -> bytes:
    """New rows each time, spread over the partnerships."""
    run = time.time_ns()
    book = Workbook()
    book.worksheets[0].append(HEADINGS[kind])
    for number in range(rows):
        book.worksheets[0].append(known.row(kind, run, number))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def known_to(user: Any, house: Any) -> Known:
    from ministries.clock import today
    from ministries.models import Responsibility
    from partnerships.models import Partnership, Region

    areas = Responsibility.objects.on(today()).filter(ministry=house)
    regions = Region.objects.visible_to(user)
    return Known(
        list(Partnership.objects.visible_to(user).values_list("slug", flat=True)[:ROWS]),
        list(areas.values_list("subject_area__name", flat=True)) or [""],
        str(regions.get(slug="niederschlesien").name),
    )


def importer(kind: Any) -> tuple[Any, Any]:
    """Who imports this, and for which house: the one with the most subject areas."""
    from django.db.models import Count

    from ministries.models import Ministry, Role, User

    role = Role.COORDINATOR if kind.is_register else Role.OFFICER
    houses = Ministry.objects.filter(appointments__role=role, appointments__user__is_active=True)
    house = houses.annotate(number=Count("responsibilities")).order_by("-number", "pk").first()
    held = {"appointments__role": role, "appointments__ministry": house, "is_active": True}
    return User.objects.filter(**held).order_by("pk").first(), house


def import_seconds(key: str, rows: int = ROWS) -> float:
    """From the upload to the last row, without the person who looks at the preview in between."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from ministries.clock import now
    from partnerships.imports import actions as imports
    from partnerships.imports.registry import KINDS

    user, house = importer(KINDS[key])
    file = SimpleUploadedFile("bench.xlsx", workbook(key, known_to(user, house), rows))
    started = time.monotonic()
    row = imports.start_import(file=file, kind=KINDS[key], ministry=house, by=user, now=now())
    imports.check_import(row.pk)
    row.refresh_from_db()
    assert (row.errors, row.new_count + row.changed_count) == ([], rows)
    imports.request_take_over(row=row, by=user, others=[str(item["row"]) for item in row.doubtful])
    imports.take_over_import(row.pk)
    spent = time.monotonic() - started
    row.refresh_from_db()
    assert row.state == row.State.DONE
    return spent


def dossier_seconds() -> float:
    """The median of some, after one to warm up."""
    who = subjects()
    client = signed_in(who.coordinator)
    spent = []
    for _ in range(SAMPLES + 1):
        started = time.monotonic()
        answer = client.get(f"/partnerschaften/{who.slug}/dossier/", {"format": "pdf"})
        spent.append(time.monotonic() - started)
        assert answer.content.startswith(b"%PDF")
    return statistics.median(spent[1:])


def main() -> None:
    django.setup()
    settings.ALLOWED_HOSTS.append("testserver")
    found: dict[str, Any] = {kind: import_seconds(kind) for kind in HEADINGS}
    print(json.dumps({"imports": found, "dossier": dossier_seconds()}))


if __name__ == "__main__":
    main()

"""What a house waits for: an import of 5,000 rows, the dossier of a partnership as PDF.

`python -m tests.bench.records` prints JSON: seconds of the import by kind, and of the dossier.
The rows it imports stay.
"""

import io
import json
import statistics
import time
from typing import Any

import django
from django.conf import settings
from django.test import Client
from openpyxl import Workbook

from tests.bench.inside import subjects

ROWS, SAMPLES = 5_000, 5
TEXT = "Austausch über gemeinsame Vorhaben, Stand der Verabredungen, nächste Schritte. " * 4
HEADINGS = {
    "kontakte": ("Funktion", "Partnerschaft", "E-Mail-Adresse", "Telefon", "Bemerkungen"),
    "aktivitaeten": ("Aktivität", "Zeitraum", "Partnerschaften", "Art", "Ort", "Ziele"),
}


def workbook(kind: str, places: list[str], rows: int) -> bytes:
    """New rows each time, spread over the partnerships."""
    run = time.time_ns()
    book = Workbook()
    book.worksheets[0].append(HEADINGS[kind])
    for number in range(rows):
        name, place = f"Vorgang {run} {number}", places[number % len(places)]
        day = f"{number % 28 + 1}.{number % 12 + 1}.{2021 + number % 5}"
        filled = {
            "kontakte": (name, place, f"p{number}@demo.example", "0351 1", TEXT),
            "aktivitaeten": (name, day, place, "Veranstaltung", "Dresden", TEXT),
        }
        book.worksheets[0].append(filled[kind])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def import_seconds(kind: str, rows: int = ROWS) -> float:
    """From the upload to the last row, without the person who looks at the preview in between."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from ministries.clock import now
    from ministries.models import Role, User
    from partnerships.actions import imports
    from partnerships.imports.registry import KINDS, houses_for
    from partnerships.models import Partnership

    user = User.objects.filter(appointments__role=Role.OFFICER).order_by("pk").first()
    assert user is not None
    places = list(Partnership.objects.visible_to(user).values_list("slug", flat=True)[:1_000])
    file = SimpleUploadedFile("bench.xlsx", workbook(kind, places, rows))
    started = time.monotonic()
    row = imports.start_import(
        file=file,
        kind=KINDS[kind],
        ministry=houses_for(user, KINDS[kind])[0],
        by=user,
        now=now(),
    )
    imports.check_import(row.pk)
    row.refresh_from_db()
    assert (row.errors, row.new_count) == ([], rows)
    imports.request_take_over(row=row, by=user)
    imports.take_over_import(row.pk)
    spent = time.monotonic() - started
    row.refresh_from_db()
    assert row.state == row.State.DONE
    return spent


def dossier_seconds() -> float:
    """The median of some, after one to warm up."""
    who = subjects()
    client = Client()
    for pair in who.coordinator.split("; "):
        name, _, value = pair.partition("=")
        client.cookies[name] = value
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

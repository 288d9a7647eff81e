"""The dossier of a partnership: what is known, for a trip or a visit, from live data.

"intern" holds what its reader may see; "zur Mitnahme" holds no inner matter: nothing that only one
house reads, nothing confidential, no gaps, no notes.
"""

from collections.abc import Callable
from datetime import datetime

from reports import dossier_records, dossier_register
from reports.asked import Asked, Edition
from reports.content import Report, Section
from ui.demo import demo_mark
from ui.text import clean_all

Make = Callable[[Asked], Section]

SECTIONS: dict[str, tuple[str, Make]] = {
    "sprachregelung": ("Sprachregelung", dossier_register.agreed_wording),
    "anlass": ("Anlass und Personen", dossier_records.occasion),
    "status": ("Status und Federführung", dossier_register.standing),
    "vereinbarungen": ("Vereinbarungen", dossier_register.agreements),
    "zusagen": ("Offene Zusagen", dossier_records.commitments),
    "sachstaende": ("Sachstände der Ressorts", dossier_records.subject_records),
    "aktivitaeten": ("Aktivitäten", dossier_records.activities),
    "arbeitsgruppen": ("Arbeitsgruppen", dossier_records.working_groups),
    "kontakte": ("Ansprechpersonen", dossier_records.contacts),
    "gastgeschenke": ("Gastgeschenke", dossier_records.gifts),
    "vermerke": ("Vermerke", dossier_records.notes),
    "luecken": ("Was alt ist oder fehlt", dossier_register.gaps),
}
INTERNAL_ONLY = {"vermerke", "luecken"}


def offered_sections(edition: Edition) -> list[tuple[str, str]]:
    """Key and title of what this edition may hold."""
    hidden = INTERNAL_ONLY if edition == Edition.TO_TAKE_ALONG else set()
    return [(key, title) for key, (title, _) in SECTIONS.items() if key not in hidden]


def make_dossier(asked: Asked, *, chosen: set[str], now: datetime) -> Report:
    """The chosen sections in their order; none chosen means all."""
    keys = [key for key, _ in offered_sections(asked.edition) if not chosen or key in chosen]
    inner = "Nur für den internen Gebrauch" if asked.is_internal else ""
    occasion = f" · {asked.activity.title}" if asked.activity else ""
    report = Report(
        title=f"Dossier {asked.partnership.name}",
        subtitle=f"Fassung {asked.edition.label}{occasion}",
        as_of=now,
        sections=[SECTIONS[key][1](asked) for key in keys],
        file_reference=asked.partnership.file_reference,
        mark=" · ".join(filter(None, (inner, demo_mark()))),
    )
    return clean_all(report)

"""What the gallery shows: invented values for every component in every state."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from partnerships.models import Partnership
from ui.badges import DEADLINE
from ui.conflicts import compare_texts
from ui.maps import FRAMES, project
from ui.navigation import NavigationItem

PLACES = (("Breslau", 51.103, 17.03), ("Ufa", 54.743, 55.968), ("Québec", 46.812, -71.215))
TEXT = "Im Jahr 2026 fand ein Treffen statt.\n\n- erste Zusage\n- zweite Zusage"


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    detail: str = ""


def gallery_context() -> dict[str, Any]:
    ministry = SimpleNamespace(
        abbreviation="SMWK",
        name="Sächsisches Staatsministerium für Wissenschaft, Kultur und Tourismus",
    )
    fact = SimpleNamespace(
        is_confirmed=False, source="Medienservice Sachsen", as_of=date(2026, 1, 5)
    )
    return {
        "title": "Galerie der Bausteine",
        "navigation": navigation(),
        "statuses": Partnership.Status.values,
        "deadlines": list(DEADLINE),
        "tones": ["info", "success", "warning", "danger", "quiet", "plain"],
        "alerts": ["info", "success", "warning", "danger"],
        "ministry": ministry,
        "unconfirmed_fact": fact,
        "day": date(2026, 12, 15),
        "text": TEXT,
        "tabs": [
            NavigationItem("Steckbrief", "#a", active=True),
            NavigationItem("Vereinbarungen", "#b", count=3),
            NavigationItem("Leitlinien-Checks", "#c", count=0),
            NavigationItem("Änderungen", "#d"),
        ],
        "steps": [
            Step("Vorbereitung", "done", "12.10.2026"),
            Step("Stellungnahmen", "current", "31 von 60 liegen vor"),
            Step("Auswertung", "open"),
            Step("Ressortabstimmung", "open"),
            Step("Entscheidung", "open"),
        ],
        "conflict": [
            compare_texts(
                name="reason",
                label="Begründung",
                mine="Das Orchester gastierte im Mai in Breslau.",
                stored="Das Orchester gastierte im Juni in Breslau und Liegnitz.",
            )
        ],
        "maps": [
            {
                "frame": frame,
                "points": [
                    (name, *project(latitude, longitude, frame.name))
                    for name, latitude, longitude in PLACES
                    if frame.contains(latitude, longitude)
                ],
            }
            for frame in FRAMES.values()
        ],
    }


def navigation() -> list[NavigationItem]:
    return [
        NavigationItem("Zu erledigen", "/zu-erledigen/", count=7),
        NavigationItem("Übersicht", "/uebersicht/"),
        NavigationItem(
            "Partnerschaften",
            "/partnerschaften/",
            active=True,
            children=(
                NavigationItem("Regionen", "/regionen/", active=True),
                NavigationItem("Vereinbarungen", "/vereinbarungen/"),
                NavigationItem("Zusagen", "/zusagen/"),
                NavigationItem("Kontakte", "/kontakte/"),
            ),
        ),
        NavigationItem("Leitlinien-Check", "/leitlinien-checks/"),
        NavigationItem("Aktivitäten", "/aktivitaeten/"),
        NavigationItem("Kalender", "/kalender/"),
    ]

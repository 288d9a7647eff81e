"""Words of the demonstration: each title says that it is an example, and nobody is judged or named."""

from dataclasses import dataclass

from partnerships.records.activities.models import Activity

KIND = Activity.Kind
EXAMPLE = "(Beispiel)"
TEXT = "Beispieltext."


@dataclass(frozen=True)
class Event:
    """A title begins with one of `words`; an empty place is none, {seat} that of the partner."""

    kind: str
    words: tuple[str, ...]
    places: tuple[str, ...] = ("",)


EVENTS = (
    Event(KIND.TALK, ("Fachgespräch", "Arbeitsgespräch", "Videogespräch"), ("Videokonferenz",)),
    Event(KIND.OUTGOING_TRIP, ("Fachreise", "Informationsreise", "Studienreise"), ("{seat}",)),
    Event(KIND.EVENT, ("Fachtag", "Werkstatt", "Podium"), ("Leipzig", "Chemnitz", "Dresden")),
    Event(KIND.PROJECT, ("Gemeinsames Vorhaben", "Pilotvorhaben", "Projektskizze")),
    Event(KIND.INCOMING_VISIT, ("Fachbesuch", "Gegenbesuch", "Besuchsprogramm"), ("Dresden",)),
    Event(KIND.EXCHANGE, ("Hospitation", "Praxiswoche", "Austausch von Fachleuten"), ("{seat}",)),
    Event(KIND.WORKING_GROUP, ("Sitzung der Arbeitsgruppe", "Klausur"), ("Görlitz", "Bautzen")),
)
SITUATION = (
    "Demonstrationstext. Die Zusammenarbeit im Fachgebiet {area} läuft auf Arbeitsebene.\n\n"
    "- Kontakte bestehen\n- gemeinsame Vorhaben sind benannt"
)
RESTING = "Demonstrationstext. Die Zusammenarbeit ruht. Es gibt keine Kontakte und keine Vorhaben."
AIMS = "Austausch verstetigen, Vorhaben gemeinsam tragen."
NEXT_STEPS = "Fachgespräch im kommenden Halbjahr."
INTERNAL = "Demonstrationstext: Haushaltsmittel für das nächste Jahr klären."
CONTACT_FUNCTION = "Leitung Referat Internationale Beziehungen"
COMMITMENTS = ["Gegenbesuch vorbereiten", "Liste gemeinsamer Vorhaben übersenden"]
NOTE = "Demonstrationstext. Beide Seiten haben den Stand der Vorhaben besprochen."
GIFT = "Bildband"
FOLLOW_UP = "Nachfragen, ob der Termin bestätigt ist"
CHAIRS = "Abteilungsleitung im Ressort, Generaldirektion der Partnerseite"
PARTICIPANTS = "Abteilungsleitung\nReferat Internationales\nGeneraldirektion der Partnerseite"
MINUTES = (
    "Demonstrationstext. Beide Seiten haben den Stand der Vorhaben besprochen.\n\n"
    "- Arbeitsprogramm fortgeschrieben\n- nächste Sitzung in einem Jahr"
)
DOCUMENT_TITLE = "Übersicht der gemeinsamen Vorhaben"
DOCUMENT = (
    "Demonstrationstext. Gemeinsame Vorhaben mit {partnership}.\n\n- Fachgespräch\n- Gegenbesuch\n"
)


def chosen(variants: tuple[str, ...], turn: int) -> str:
    return variants[turn % len(variants)]

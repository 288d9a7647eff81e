"""Words of the demonstration: each title says that it is an example, and nobody is judged or named."""

from dataclasses import dataclass

from partnerships.records.activities.models import Activity

KIND = Activity.Kind
EXAMPLE = "(Beispiel)"
TEXT = "Beispieltext."


@dataclass(frozen=True)
class Event:
    """A title begins with one of `words`; {seat} is that of the partner, where nothing is delicate."""

    kind: str
    words: tuple[str, ...]
    places: tuple[str, ...] = ("",)

    @property
    def is_away(self) -> bool:
        return "{seat}" in self.places


EVENTS = (
    Event(KIND.TALK, ("Fachgespräch", "Arbeitsgespräch", "Videogespräch"), ("Videokonferenz",)),
    Event(KIND.OUTGOING_TRIP, ("Fachreise", "Informationsreise", "Studienreise"), ("{seat}",)),
    Event(KIND.EVENT, ("Fachtag", "Werkstatt", "Podium"), ("Leipzig", "Chemnitz", "Dresden")),
    Event(KIND.PROJECT, ("Gemeinsames Vorhaben", "Pilotvorhaben", "Projektskizze")),
    Event(KIND.INCOMING_VISIT, ("Fachbesuch", "Gegenbesuch", "Besuchsprogramm"), ("Dresden",)),
    Event(KIND.EXCHANGE, ("Hospitation", "Praxiswoche", "Austausch von Fachleuten"), ("{seat}",)),
    Event(KIND.WORKING_GROUP, ("Sitzung der Arbeitsgruppe", "Klausur"), ("Görlitz", "Bautzen")),
)
SITUATIONS = (
    "Die Fachreferate arbeiten an zwei Themen:",
    "Der Austausch läuft auf Arbeitsebene. Im Vordergrund stehen:",
    "Seit der letzten Bestätigung sind zwei Themen hinzugekommen:",
    "Zwei Themen sind ausgewählt, weitere werden gesammelt:",
)
RESTING = (
    f"{TEXT} Die Zusammenarbeit ruht. Hier steht, was bei einer Wiederaufnahme zu klären wäre."
)
NEXT_STEPS = (
    "Fachgespräch im kommenden Halbjahr.",
    "Die Themen mit den beteiligten Ressorts abstimmen, dann einen Termin suchen.",
    "Kosten schätzen und über die Fortsetzung im Herbst beraten.",
    "Ergebnisse in einer Übersicht für die Leitung zusammenfassen.",
)
INTERNAL = (
    "Haushaltsmittel für das nächste Jahr klären.",
    "Vertretung während der Elternzeit regeln.",
    "Dolmetschen rechtzeitig bestellen.",
)
CONTACT_FUNCTIONS = (
    f"Leitung Referat Internationale Beziehungen {EXAMPLE}",
    f"Büro für internationale Zusammenarbeit {EXAMPLE}",
    f"Koordinierungsstelle Partnerschaften {EXAMPLE}",
    f"Protokoll und Besuchsplanung {EXAMPLE}",
)
# What the partner owes, and what we do.
COMMITMENTS = (
    ("Gegenbesuch vorbereiten", "Liste gemeinsamer Vorhaben übersenden"),
    ("Ansprechstellen für die Fachthemen nennen", "Entwurf des Programms übersenden"),
    ("Terminvorschläge für das nächste Treffen machen", "Fachleute für die Werkstatt nennen"),
    ("Angaben zu den Kosten ergänzen", "Übersetzung der Ergebnisse beauftragen"),
)
NOTES = (
    "Der Stand der Vorhaben wurde besprochen. Offen ist, wer das nächste Treffen vorbereitet.",
    "Die Terminfrage ist geklärt. Die Fachreferate erhalten die Unterlagen bis zum Monatsende.",
    "Für das nächste Jahr sollen weniger Themen vertieft behandelt werden.",
    "Die Liste der Vorhaben wurde durchgesehen, zwei Einträge sind abgeschlossen.",
)
GIFTS = ("Bildband", "Holzkunst aus dem Erzgebirge", "Notenausgabe", "Teeservice")
FOLLOW_UPS = (
    "Nachfragen, ob der Termin bestätigt ist",
    "Programmentwurf mit den Fachreferaten abstimmen",
    "Unterlagen für die Leitung zusammenstellen",
    "Reisekosten abrechnen lassen",
)
CHAIRS = "Abteilungsleitung im Ressort, Generaldirektion der Partnerseite"
PARTICIPANTS = "Abteilungsleitung\nReferat Internationales\nGeneraldirektion der Partnerseite"
MINUTES = TEXT + " Besprochen wurde:\n\n- {topic}\n- Termin der nächsten Sitzung"
DOCUMENT_TITLE = f"Übersicht der gemeinsamen Vorhaben {EXAMPLE}"
DOCUMENT = "{mark}.\n\nGemeinsame Vorhaben mit {partnership}\n\n- Fachgespräch\n- Gegenbesuch\n"


def chosen(variants: tuple[str, ...], turn: int) -> str:
    return variants[turn % len(variants)]

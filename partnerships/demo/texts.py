"""Neutral words for the demonstration: kinds of events and functions, nobody and nothing that exists."""

from partnerships.records.activities.models import Activity

KIND = Activity.Kind

# Title, kind, place, aims, results; one row a year and partnership, in turn.
EVENTS = [
    (
        "Fachgespräch {area}",
        KIND.TALK,
        "Videokonferenz",
        "Stand und nächste Schritte abgleichen",
        "Nächste Schritte vereinbart",
    ),
    (
        "Austausch {area} in der Partnerregion",
        KIND.OUTGOING_TRIP,
        "{seat}",
        "Vorhaben kennenlernen",
        "Zwei Vorhaben für die Zusammenarbeit benannt",
    ),
    (
        "Besuch aus der Partnerregion: {area}",
        KIND.INCOMING_VISIT,
        "Dresden",
        "Gegenbesuch",
        "Gesprächsfaden fortgesetzt",
    ),
    (
        "Gemeinsames Projekt {area}",
        KIND.PROJECT,
        "",
        "Gemeinsame Antragstellung",
        "Antrag gestellt",
    ),
    (
        "Veranstaltung {area}",
        KIND.EVENT,
        "Leipzig",
        "Partnerregion bekannter machen",
        "Gut besucht",
    ),
    (
        "Sitzung der Arbeitsgruppe {area}",
        KIND.WORKING_GROUP,
        "Görlitz",
        "Arbeitsprogramm fortschreiben",
        "Protokoll abgestimmt",
    ),
]
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

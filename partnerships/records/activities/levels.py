"""Kontaktebene: the highest rank of the state government at an activity, by the office of that day."""

from django.db import models


class ContactLevel(models.TextChoices):
    """Highest first; empty means not recorded."""

    MINISTER_PRESIDENT = "minister_president", "Ministerpräsident/in"
    MINISTER = "minister", "Staatsminister/in"
    STATE_SECRETARY = "state_secretary", "Staatssekretär/in, Amtschef/in"
    HEAD_OF_DIVISION = "head_of_division", "Abteilungs-, Behördenleitung"
    WORKING = "working", "Fachebene"
    WITHOUT_GOVERNMENT = "without_government", "ohne Staatsregierung"


NOT_RECORDED = "nicht erfasst"
# Leitungskontakt.
LEADERSHIP = (
    ContactLevel.MINISTER_PRESIDENT,
    ContactLevel.MINISTER,
    ContactLevel.STATE_SECRETARY,
)

# How lists write them.
_OFFICES = {
    "Ministerpräsident": ContactLevel.MINISTER_PRESIDENT,
    "Staatsminister": ContactLevel.MINISTER,
    "Minister": ContactLevel.MINISTER,
    "Staatssekretär": ContactLevel.STATE_SECRETARY,
    "Amtschef": ContactLevel.STATE_SECRETARY,
    "Abteilungsleiter": ContactLevel.HEAD_OF_DIVISION,
    "Behördenleiter": ContactLevel.HEAD_OF_DIVISION,
}
LEVELS_SPELLED = [
    *(
        (f"{office}{ending}", level)
        for office, level in _OFFICES.items()
        for ending in ("", "in", "/in", "/-in", ":in", "*in", "(in)")
    ),
    ("MP", ContactLevel.MINISTER_PRESIDENT),
    ("StM", ContactLevel.MINISTER),
    ("StS", ContactLevel.STATE_SECRETARY),
    ("AL", ContactLevel.HEAD_OF_DIVISION),
    ("Abteilungsleitung", ContactLevel.HEAD_OF_DIVISION),
    ("Behördenleitung", ContactLevel.HEAD_OF_DIVISION),
    ("Arbeitsebene", ContactLevel.WORKING),
    *((word, "") for word in (NOT_RECORDED, "nichts erfasst", "unbekannt", "unknown")),
]

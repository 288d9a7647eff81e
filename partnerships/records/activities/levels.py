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

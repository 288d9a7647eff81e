"""Personal data of contacts that nobody has confirmed in time go; the function and its place stay."""

from datetime import date

import pghistory
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from partnerships.records.contacts.models import PERSONAL, Contact

GONE = "Angaben gelöscht"


def expired_contacts(today: date) -> QuerySet[Contact]:
    nobody_named = Q(**dict.fromkeys(PERSONAL, ""))
    return Contact.objects.filter(delete_after_on__lt=today).exclude(nobody_named)


def clear_expired_contacts(today: date) -> int:
    return clear_personal_fields(expired_contacts(today), reason="Aufbewahrungsfrist abgelaufen")


def clear_personal_fields(contacts: QuerySet[Contact], *, reason: str) -> int:
    """How many were cleared; their personal fields were never in the history."""
    with pghistory.context(reason=reason):
        return contacts.update(
            **dict.fromkeys(PERSONAL, ""),
            function=Coalesce(NullIf("function", Value("")), Value(GONE)),
            delete_after_on=None,
            version=F("version") + 1,
        )

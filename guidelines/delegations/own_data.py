"""What somebody was asked inside the house, and whether something typed to it waits unsent."""

from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Concat

from guidelines.delegations.models import Delegation
from ministries.models import User


def questions_to(user: User) -> QuerySet[Any]:
    rows = Delegation.objects.asked_of(user).order_by("-given_at", "-pk")
    told = Concat(
        Value("Frage "),
        F("criterion__code"),
        Value(" zu "),
        F("statement__guideline_check__partnership__name"),
        Case(
            When(draft__isnull=False, then=Value(", Entwurf bis zum Senden aufgehoben")),
            default=Value(""),
        ),
        output_field=CharField(),
    )
    return rows.values_list("given_at", told)

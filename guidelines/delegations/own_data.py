"""What somebody was asked inside the house."""

from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat

from guidelines.delegations.drafts import DelegationDraft
from guidelines.delegations.models import Delegation
from ministries.models import User


def typed_answers_of(user: User) -> QuerySet[Any]:
    rows = DelegationDraft.objects.visible_to(user).order_by("-saved_at", "-pk")
    return rows.values_list("saved_at", "delegation__statement__guideline_check__partnership__name")


def questions_to(user: User) -> QuerySet[Any]:
    rows = Delegation.objects.asked_of(user).order_by("-given_at", "-pk")
    told = Concat(
        Value("Frage "),
        F("criterion__code"),
        Value(" zu "),
        F("statement__guideline_check__partnership__name"),
        output_field=CharField(),
    )
    return rows.values_list("given_at", told)

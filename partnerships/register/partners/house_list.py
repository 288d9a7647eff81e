"""The houses with what each is in charge of; what somebody may not see is not counted."""

from datetime import date
from typing import Any

import django_filters
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ministries.models import Ministry, Responsibility, User
from partnerships.register.partners.filters import RegisterFilter, choice
from partnerships.register.partners.periods import Lead

FORMER, EVERY = "former", "all"


def houses(user: User, day: date) -> QuerySet[Any]:
    """Of a house that is no more, what it was in charge of in the end."""
    reached = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    last = reached & (Q(valid_until__isnull=True) | Q(valid_until__gte=Coalesce(_end(), day)))
    charges = Responsibility.objects.filter(last, ministry=OuterRef("pk"))
    leads = Lead.objects.visible_to(user).on(day).filter(ministry=OuterRef("pk")).order_by()
    number = leads.values("ministry").annotate(number=Count("pk")).values("number")
    names = charges.order_by("subject_area__sort_order").values("subject_area__name")
    return Ministry.objects.visible_to(user).annotate(
        area_names=ArraySubquery(names),
        lead_number=Coalesce(Subquery(number, output_field=IntegerField()), 0),
    )


def _end() -> Any:
    return OuterRef("valid_until")


class HouseFilter(RegisterFilter):
    q = django_filters.CharFilter(method="search", label="Suche")
    state = choice(
        "Bestehen",
        "heutige Ressorts",
        [(FORMER, "frühere Ressorts"), (EVERY, "heutige und frühere")],
        method="by_state",
    )

    class Meta:
        model = Ministry
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        """Without a state asked for, the houses of today."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.on(self.day)

    def search(self, queryset: Any, name: str, text: str) -> Any:
        """By its names and by what it is in charge of."""
        text = " ".join(text.split())
        charges = Responsibility.objects.on(self.day).filter(subject_area__name__icontains=text)
        return queryset.filter(
            Q(abbreviation__icontains=text)
            | Q(name__icontains=text)
            | Q(pk__in=charges.values("ministry"))
        )

    def by_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(valid_until__lt=self.day) if value == FORMER else queryset


ORDER = ("sort_order", "abbreviation", F("valid_from").desc(nulls_last=True))

from typing import TypeAlias

import django_filters
from django.db.models import Q

from partnerships.records.follow_ups.models import FollowUp, FollowUpQuerySet
from partnerships.register.partners.filters import RegisterFilter, choice

Rows: TypeAlias = FollowUpQuerySet


class FollowUpFilter(RegisterFilter):
    """Open ones unless asked otherwise."""

    q = django_filters.CharFilter(method="search", label="Suche")
    state = choice(
        "Stand",
        "offen",
        [("overdue", "überfällig"), ("done", "erledigt"), ("every", "offen und erledigt")],
        method="by_state",
    )
    mine = choice("Umfang", "Unser Haus", [("1", "Meine")], method="by_person")

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def filter_queryset(self, queryset: Rows) -> Rows:
        found: Rows = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.open()

    def search(self, queryset: Rows, name: str, text: str) -> Rows:
        words = " ".join(text.split())
        return queryset.filter(Q(text__icontains=words) | Q(partnership__name__icontains=words))

    def by_state(self, queryset: Rows, name: str, value: str) -> Rows:
        if value == "overdue":
            return queryset.overdue(self.day)
        return queryset.done() if value == "done" else queryset

    def by_person(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(assigned_to=self.user)

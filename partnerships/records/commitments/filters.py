from typing import Any, TypeAlias

import django_filters

from ministries.models import Ministry
from partnerships.records.commitments.models import Commitment, CommitmentQuerySet
from partnerships.register.partners.filters import RegisterFilter, choice

Rows: TypeAlias = CommitmentQuerySet


class CommitmentFilter(RegisterFilter):
    """Open ones unless asked otherwise."""

    q = django_filters.CharFilter(method="search", label="Suche")
    state = choice(
        "Stand",
        "offen",
        [("overdue", "überfällig"), ("settled", "erledigt"), ("every", "offen und erledigt")],
        method="by_state",
    )
    side = choice("Wer hat zugesagt?", "Alle", Commitment.Side.choices, field_name="owed_by_side")
    house = choice("Ressort", "Alle", field_name="ministry__slug")
    mine = choice("Umfang", "Alle", [("1", "Mein Ressort")], method="by_house")

    class Meta:
        model = Commitment
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        houses = Ministry.objects.visible_to(self.user).on(self.day)
        self.offer(house=list(houses.values_list("slug", "abbreviation")))

    def filter_queryset(self, queryset: Rows) -> Rows:
        found: Rows = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.open()

    def by_state(self, queryset: Rows, name: str, value: str) -> Rows:
        if value == "overdue":
            return queryset.overdue(self.day)
        return queryset.filter(settled_on__isnull=False) if value == "settled" else queryset

    def by_house(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(ministry__in=self.user.ministry_ids())

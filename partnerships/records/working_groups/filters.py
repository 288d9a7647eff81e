from typing import Any, TypeAlias

import django_filters
from django.db.models import Q

from ministries.models import Ministry
from partnerships.records.working_groups.models import WorkingGroup, WorkingGroupQuerySet
from partnerships.register.partners.filters import RegisterFilter, choice

Rows: TypeAlias = WorkingGroupQuerySet


class WorkingGroupFilter(RegisterFilter):
    """Offers the partnerships that have a group, not the whole register."""

    q = django_filters.CharFilter(method="search", label="Suche")
    session = choice(
        "Nächste Sitzung",
        "egal",
        [
            ("overdue", "Sitzung überfällig"),
            ("planned", "Sitzung geplant"),
            ("none", "noch keine Sitzung erfasst"),
        ],
        method="by_session",
    )
    partnership = choice("Partnerschaft", "Alle", field_name="partnership__slug")
    house = choice("Ressort", "Alle", field_name="ministry__slug")
    mine = choice("Umfang", "Alle", [("1", "Mein Ressort")], method="by_house")

    class Meta:
        model = WorkingGroup
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        houses = Ministry.objects.visible_to(self.user).on(self.day)
        seen = WorkingGroup.objects.visible_to(self.user).in_use()
        partners = seen.order_by("partnership__sort_key").values_list(
            "partnership__slug", "partnership__name", "partnership__sort_key"
        )
        self.offer(
            house=list(houses.values_list("slug", "abbreviation")),
            partnership=[(slug, name) for slug, name, _ in partners.distinct()],
        )

    def by_session(self, queryset: Rows, name: str, value: str) -> Rows:
        if value == "overdue":
            return queryset.overdue(self.day)
        if value == "planned":
            return queryset.filter(Q(planned_on__isnull=False))
        return queryset.filter(Q(planned_on__isnull=True, last_held_on__isnull=True))

    def by_house(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(ministry__in=self.user.ministry_ids())

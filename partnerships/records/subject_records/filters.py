"""Filters of the list of Sachstände."""

from datetime import timedelta
from typing import Any, TypeAlias

import django_filters
from django.db.models import Q

from ministries.models import Ministry, SubjectArea
from partnerships.records.subject_records.models import SubjectRecord, SubjectRecordQuerySet
from partnerships.register.partners.filters import RegisterFilter, choice
from partnerships.register.partners.partnerships import Partnership

A_YEAR = timedelta(days=365)

Rows: TypeAlias = SubjectRecordQuerySet


class SubjectRecordFilter(RegisterFilter):
    q = django_filters.CharFilter(method="by_text", label="Suche")
    partnership = choice("Partnerschaft", "jede Partnerschaft", field_name="partnership__slug")
    house = choice("Ressort", "jedes Ressort", field_name="ministry__slug")
    area = choice("Fachgebiet", "jedes Fachgebiet", field_name="subject_area__slug")
    state = choice(
        "Stand",
        "alle",
        [("draft", "nicht freigegeben"), ("released", "freigegeben"), ("old", "zu bestätigen")],
        method="by_state",
    )
    mine = choice("Umfang", "Alle", [("1", "Mein Ressort")], method="by_own_house")

    class Meta:
        model = SubjectRecord
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        houses = Ministry.objects.visible_to(self.user).on(self.day).in_protocol_order()
        areas = SubjectArea.objects.visible_to(self.user)
        self.offer(
            partnership=list(Partnership.objects.visible_to(self.user).values_list("slug", "name")),
            house=list(houses.values_list("slug", "abbreviation")),
            area=list(areas.values_list("slug", "name")),
        )

    def by_text(self, queryset: Rows, name: str, text: str) -> Rows:
        """In what all may read, in the name of the partner, and in the area."""
        partners = Partnership.objects.matching(text).values("pk")
        return queryset.filter(
            Q(pk__in=queryset.matching(text).values("pk"))
            | Q(partnership__in=partners)
            | Q(subject_area__name__icontains=text)
        )

    def by_state(self, queryset: Rows, name: str, value: str) -> Rows:
        if value == "draft":
            return queryset.filter(released_on__isnull=True)
        if value == "old":
            return queryset.unconfirmed_since(self.day - A_YEAR)
        return queryset.filter(released_on__isnull=False)

    def by_own_house(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(ministry__in=self.user.ministry_ids())

"""Filters of the list of contacts."""

from datetime import timedelta
from typing import Any, TypeAlias

import django_filters

from ministries.models import Ministry
from partnerships.records.contacts.models import Contact, ContactQuerySet
from partnerships.register.partners.filters import RegisterFilter, choice
from partnerships.register.partners.partnerships import Partnership

A_YEAR = timedelta(days=365)
NO_PARTNERSHIP = "none"

Rows: TypeAlias = ContactQuerySet


class ContactFilter(RegisterFilter):
    q = django_filters.CharFilter(method="search", label="Suche")
    partnership = choice("Partnerschaft", "jede Partnerschaft", method="by_partnership")
    house = choice("Ressort", "jedes Ressort", field_name="ministry__slug")
    state = choice(
        "Stand",
        "aktuelle",
        [
            ("old", "seit einem Jahr nicht bestätigt"),
            ("ended", "nicht mehr im Amt"),
            ("archived", "archiviert"),
        ],
        method="by_state",
    )
    mine = choice("Umfang", "Alle", [("1", "Mein Ressort")], method="by_own_house")

    class Meta:
        model = Contact
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Partnership.objects.visible_to(self.user).values_list("slug", "name")
        houses = Ministry.objects.visible_to(self.user).on(self.day).in_protocol_order()
        self.offer(
            partnership=[(NO_PARTNERSHIP, "keine"), *seen],
            house=list(houses.values_list("slug", "abbreviation")),
        )

    def filter_queryset(self, queryset: Rows) -> Rows:
        """Without a state asked for, the people in office."""
        found: Rows = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("state"):
            return found
        return found.in_use().on(self.day)

    def by_partnership(self, queryset: Rows, name: str, value: str) -> Rows:
        if value == NO_PARTNERSHIP:
            return queryset.filter(partnership__isnull=True)
        return queryset.filter(partnership__slug=value)

    def by_state(self, queryset: Rows, name: str, value: str) -> Rows:
        if value == "archived":
            return queryset.filter(archived_on__isnull=False)
        rows = queryset.in_use()
        if value == "ended":
            return rows.filter(valid_until__lt=self.day)
        return rows.on(self.day).unconfirmed_since(self.day - A_YEAR)

    def by_own_house(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(ministry__in=self.user.ministry_ids())

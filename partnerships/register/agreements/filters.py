"""Filters of the list of agreements: what has run out, and what is to be decided soon."""

from typing import TypeAlias

import django_filters
from django.db.models import OuterRef, Q

from ministries.clock import in_a_year, months_later
from partnerships.register.agreements.models import Agreement, AgreementQuerySet
from partnerships.register.partners.filters import RegisterFilter, choice
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.periods import StatusPeriod

Rows: TypeAlias = AgreementQuerySet
WITHIN = [("3", "3 Monaten"), ("6", "6 Monaten"), ("12", "12 Monaten")]


class AgreementFilter(RegisterFilter):
    q = django_filters.CharFilter(method="search", label="Suche")
    kind = choice("Art", "jede Art", Agreement.Kind.choices, field_name="kind")
    term = choice("Laufzeit", "jede Laufzeit", Agreement.Term.choices, field_name="term")
    end = choice(
        "Ende",
        "egal",
        [
            ("lapsed", "abgelaufen, Verlängerung nicht erfasst"),
            ("year", "endet in 12 Monaten"),
            ("terminated", "gekündigt"),
        ],
        method="by_end",
    )
    deadline = choice(
        "Entscheiden binnen (Ende oder Kündigung)", "egal", WITHIN, method="by_deadline"
    )
    notice = choice("Kündigung nur noch möglich binnen", "egal", WITHIN, method="by_notice")
    review = choice("Zu prüfen binnen", "egal", WITHIN, method="by_review")
    status = choice(
        "Status der Partnerschaft", "jeder Status", Partnership.Status.choices, method="by_status"
    )

    class Meta:
        model = Agreement
        fields: list[str] = []

    def by_end(self, queryset: Rows, name: str, value: str) -> Rows:
        if value == "lapsed":
            return queryset.lapsed(self.day)
        if value == "terminated":
            return queryset.filter(terminated_on__isnull=False)
        return queryset.ending(after=self.day, until=in_a_year(self.day))

    def by_deadline(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.to_decide(after=self.day, until=months_later(self.day, int(value)))

    def by_notice(self, queryset: Rows, name: str, value: str) -> Rows:
        until = months_later(self.day, int(value))
        rows = queryset.without_successor().with_deadlines(self.day)
        return rows.filter(Q(notice_by__gte=self.day, notice_by__lte=until))

    def by_review(self, queryset: Rows, name: str, value: str) -> Rows:
        until = months_later(self.day, int(value))
        return queryset.without_successor().filter(review_on__lte=until)

    def by_status(self, queryset: Rows, name: str, value: str) -> Rows:
        current = StatusPeriod.objects.visible_to(self.user, self.day).current(self.day)
        own = current.filter(partnership=OuterRef("partnership")).values("status")[:1]
        return queryset.annotate(partnership_status=own).filter(Q(partnership_status=value))

"""Filters of the register's lists; their values are the codes and short names of the register."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeAlias

import django_filters
from django.db.models import (
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from ministries.clock import today
from ministries.models import Ministry, Responsibility, SubjectArea, User
from partnerships.register.partners.country_names import country_choices
from partnerships.register.partners.partnerships import Partnership, PartnershipQuerySet
from partnerships.register.partners.periods import Lead
from partnerships.register.partners.regions import Region, RegionQuerySet
from ui.filters import FilterSet

NO_LEAD = "none"
YES_NO = [("yes", "ja"), ("no", "nein")]
Choices = list[tuple[str, str]]
Rows: TypeAlias = PartnershipQuerySet


class RegisterFilter(FilterSet):
    """Knows who asks and on which day; reads the words of its choices in one query."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user: User = self.request.user
        self.day = today()
        # How many contain the search text, and whether those that resemble it are shown instead.
        self.hits = 0
        self.is_resembling = False

    def offer(self, **choices: Choices) -> None:
        for name, offered in choices.items():
            self.filters[name].extra["choices"] = offered

    def search(self, queryset: Any, name: str, text: str) -> Any:
        """What contains the text; only if there is nothing, what resembles it."""
        text = " ".join(text.split())
        exact = queryset.matching(text)
        self.hits = exact.count()
        if self.hits:
            return exact
        self.is_resembling = True
        return queryset.resembling(text)


def choice(label: str, empty: str, choices: Choices | None = None, **options: Any) -> Any:
    return django_filters.ChoiceFilter(
        label=label, empty_label=empty, choices=choices or [], **options
    )


def offered_words(user: User, day: date) -> dict[str, Choices]:
    """Houses, subject areas and countries of the register, in one query."""
    found: dict[str, Choices] = {"lead": [], "area": [], "country": []}
    for kind, code, words, _ in _offered(user, day):
        found[kind].append((code, words))
    found["country"] = country_choices(code for code, _ in found["country"])
    return found


def _offered(user: User, day: date) -> QuerySet[Any]:
    in_office = Ministry.objects.visible_to(user).on(day)
    houses = _words("lead", in_office, "slug", "abbreviation", "sort_order")
    areas = _words("area", SubjectArea.objects.visible_to(user), "slug", "name", "sort_order")
    regions = Region.objects.visible_to(user)
    states = _words("country", regions.order_by().distinct(), "country", "country", None)
    return houses.union(areas, states).order_by("kind", "place", "words", "code")


def _words(
    kind: str, rows: QuerySet[Any], code: str, label: str, place: str | None
) -> QuerySet[Any]:
    return rows.annotate(
        kind=Value(kind, CharField()),
        code=Cast(code, TextField()),
        words=Cast(label, TextField()),
        place=Cast(F(place), IntegerField()) if place else Value(0, IntegerField()),
    ).values_list("kind", "code", "words", "place")


NO_STATUS = "none"
STATUSES = [*Partnership.Status.choices, (NO_STATUS, "nicht erfasst")]


class PartnershipFilter(RegisterFilter):
    q = django_filters.CharFilter(method="search", label="Suche")
    status = choice("Status", "jeder Status", STATUSES, method="by_status")
    scrutiny = choice("Auf dem Prüfstand", "egal", YES_NO, method="by_scrutiny")
    lead = choice("Federführung", "jedes Ressort", method="by_lead")
    area = choice("Fachgebiet", "jedes Fachgebiet", method="by_area")
    country = choice("Staat", "jeder Staat", method="by_country")
    kind = choice("Art der Beziehung", "jede Art", Partnership.Kind.choices, field_name="kind")
    border = choice("Verflechtungsraum", "egal", YES_NO, method="by_border")
    mine = choice("Umfang", "Alle", [("1", "Mein Ressort")], method="by_house")

    class Meta:
        model = Partnership
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = offered_words(self.user, self.day)
        words["lead"] = [(NO_LEAD, "nicht erfasst"), *words["lead"]]
        self.offer(**words)

    def by_status(self, queryset: Rows, name: str, value: str) -> Rows:
        status = None if value == NO_STATUS else value
        return queryset.of_status(status, self.user, self.day)

    def by_scrutiny(self, queryset: Rows, name: str, value: str) -> Rows:
        marked = queryset.with_scrutiny(self.user, self.day)
        return marked.filter(Q(is_under_scrutiny=value == "yes"))

    def by_lead(self, queryset: Rows, name: str, value: str) -> Rows:
        leads = Lead.objects.on(self.day).filter(partnership=OuterRef("pk"))
        if value == NO_LEAD:
            return queryset.filter(~Exists(leads))
        return queryset.filter(Exists(leads.filter(ministry__slug=value)))

    def by_area(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(_has(Partnership.participations, subject_area__slug=value))

    def by_country(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(_has(Partnership.regions, region__country=value))

    def by_border(self, queryset: Rows, name: str, value: str) -> Rows:
        is_border = _has(Partnership.regions, region__is_border_region=True)
        return queryset.filter(is_border if value == "yes" else ~is_border)

    def by_house(self, queryset: Rows, name: str, value: str) -> Rows:
        houses = {capacity.ministry_id for capacity in self.user.capacities}
        return queryset.filter(of_houses(houses, self.day))


def of_houses(houses: Iterable[int], day: date) -> Q:
    """Partnerships these houses lead or whose subject areas they are in charge of that day."""
    houses = list(houses)
    areas = Responsibility.objects.on(day).filter(ministry__in=houses).values("subject_area")
    leads = Lead.objects.on(day).filter(ministry__in=houses, partnership=OuterRef("pk"))
    return Q(Exists(leads)) | Q(_has(Partnership.participations, subject_area__in=areas))


def _has(relation: Any, **condition: Any) -> Exists:
    """A row of a relation of the partnership fulfils the condition."""
    rows = relation.through if hasattr(relation, "through") else relation.rel.related_model
    return Exists(rows._base_manager.filter(partnership=OuterRef("pk"), **condition))


class RegionFilter(RegisterFilter):
    q = django_filters.CharFilter(method="search", label="Suche")
    country = choice("Staat", "jeder Staat", field_name="country")
    border = choice("Verflechtungsraum", "egal", YES_NO, method="by_border")

    class Meta:
        model = Region
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = Region.objects.visible_to(self.user).order_by().values_list("country", flat=True)
        self.offer(country=country_choices(codes.distinct()))

    def by_border(self, queryset: RegionQuerySet, name: str, value: str) -> RegionQuerySet:
        return queryset.filter(is_border_region=value == "yes")

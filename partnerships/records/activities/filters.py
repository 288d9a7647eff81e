"""Filters of the list of activities. What a house keeps back is found by period and region alone."""

from typing import Any, TypeAlias

import django_filters
from django.db.models import Exists, OuterRef, Q

from ministries.models import Ministry
from partnerships.records.activities.choices import filter_choices
from partnerships.records.activities.levels import NOT_RECORDED, ContactLevel
from partnerships.records.activities.models import Activity, ActivityQuerySet
from partnerships.records.activities.states import ActivityState
from partnerships.register.partners.filters import RegisterFilter, choice
from partnerships.register.partners.regions import Region
from ui.day_fields import PeriodField
from ui.periods import Period

Rows: TypeAlias = ActivityQuerySet
LEADING, NO_LEVEL = "leadership", "none"
LEVELS = [(LEADING, "Leitungskontakt"), *ContactLevel.choices, (NO_LEVEL, NOT_RECORDED)]


class DayFilter(django_filters.Filter):
    field_class = PeriodField

    def __init__(self, **options: Any) -> None:
        super().__init__(help_text="", **options)


class ActivityFilter(RegisterFilter):
    q = django_filters.CharFilter(method="search", label="Suche")
    kind = choice("Art", "jede Art", Activity.Kind.choices, method="by_own")
    state = choice("Stand", "jeder Stand", ActivityState.choices, method="by_own")
    level = choice("Kontaktebene", "jede Ebene", LEVELS, method="by_level")
    partnership = choice("Partnerschaft", "jede Partnerschaft", method="by_partnership")
    house = choice("Ressort", "jedes Ressort", method="by_ministry")
    area = choice("Fachgebiet", "jedes Fachgebiet", method="by_area")
    country = choice("Staat", "jeder Staat", method="by_country")
    since = DayFilter(method="by_beginning", label="Von")
    until = DayFilter(method="by_end", label="Bis")
    archived = choice("Archiv", "ohne Archivierte", [("yes", "nur Archivierte")], method="as_it_is")
    mine = choice("Umfang", "Alle", [("1", "Mein Ressort")], method="by_house")

    class Meta:
        model = Activity
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = filter_choices(self.user)
        self.offer(**{name: self.words.get(name, []) for name in OFFERED})

    def filter_queryset(self, queryset: Rows) -> Rows:
        """An archived activity of another house that keeps it back is of no use to anybody."""
        if self.form.cleaned_data.get("archived"):
            archived = queryset.filter(Q(is_outline=False), archived_on__isnull=False)
            return super().filter_queryset(archived)
        return super().filter_queryset(queryset.in_use())

    def as_it_is(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset

    def search(self, queryset: Rows, name: str, text: str) -> Rows:
        return super().search(queryset.filter(Q(is_outline=False)), name, text)

    def by_own(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(Q(is_outline=False), **{name: value})

    def by_level(self, queryset: Rows, name: str, value: str) -> Rows:
        if value == LEADING:
            return queryset.of_leadership().filter(Q(is_outline=False))
        return self.by_own(queryset, name, "" if value == NO_LEVEL else value)

    def by_partnership(self, queryset: Rows, name: str, value: str) -> Rows:
        links = Activity.partnerships.through.objects
        return queryset.filter(
            Exists(links.filter(activity=OuterRef("pk"), partnership__slug=value))
        )

    def by_ministry(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(_of_houses(Ministry.objects.filter(slug=value)))

    def by_house(self, queryset: Rows, name: str, value: str) -> Rows:
        houses = {capacity.ministry_id for capacity in self.user.capacities}
        return queryset.filter(_of_houses(houses))

    def by_area(self, queryset: Rows, name: str, value: str) -> Rows:
        links = Activity.subject_areas.through.objects
        tagged = links.filter(activity=OuterRef("pk"), subjectarea__slug=value)
        return queryset.filter(Exists(tagged) & Q(is_outline=False))

    def by_country(self, queryset: Rows, name: str, value: str) -> Rows:
        """Of a partnership's region, or named beside them."""
        regions = Region.objects.filter(country=value).values("partnerships")
        links = Activity.partnerships.through.objects
        there = Exists(links.filter(activity=OuterRef("pk"), partnership__in=regions))
        return queryset.filter(there | Q(countries__contains=value))

    def by_beginning(self, queryset: Rows, name: str, value: Period) -> Rows:
        return queryset.between(value.first, None)

    def by_end(self, queryset: Rows, name: str, value: Period) -> Rows:
        return queryset.between(None, value.end)


OFFERED = ("partnership", "house", "area", "country")


def _of_houses(houses: Any) -> Q:
    """Whose it is or who takes part; the latter is not told of what is kept back."""
    links = Activity.participating.through.objects
    takes_part = links.filter(activity=OuterRef("pk"), ministry__in=houses)
    return Q(ministry__in=houses) | Q(Exists(takes_part), is_outline=False)

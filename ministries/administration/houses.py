"""The coordination's upkeep of houses, subject areas and who is in charge of what."""

from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from ministries.administration.policy_admin import PolicyAdmin, TabularInline
from ministries.clock import today
from ministries.history.dated import Dated, Sourced
from ministries.houses.models import Ministry, Responsibility, SubjectArea
from ui.dates import german_date, partial_date


class ConfirmedFilter(SimpleListFilter):
    title = "Bestätigung"
    parameter_name = "confirmed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "unbestätigt"), ("yes", "bestätigt")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in ("yes", "no"):
            return queryset.filter(confirmed_on__isnull=self.value() == "no")
        return queryset


class OnDayFilter(SimpleListFilter):
    title = "Zeitraum"
    parameter_name = "period"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", "gilt heute"), ("over", "vorbei")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        if self.value() == "now":
            return queryset.on(today())
        if self.value() == "over":
            return queryset.filter(valid_until__lt=today())
        return queryset


class SourcedAdmin(PolicyAdmin):
    """Columns and fields of what came from outside."""

    @display(description="Bestätigung")
    def confirmation(self, obj: Sourced) -> str:
        if obj.confirmed_on is None:
            return "unbestätigt"
        return f"bestätigt am {german_date(obj.confirmed_on)}"

    @display(description="Zeitraum", ordering="valid_from")
    def period(self, obj: Dated) -> str:
        precision = getattr(obj, "valid_from_precision", "day")
        first, last = partial_date(obj.valid_from, precision), german_date(obj.valid_until)
        if last:
            return f"{first or 'Beginn nicht erfasst'} bis {last}"
        return f"seit {first}" if first else "Beginn nicht erfasst"


ORIGIN: Any = ("Herkunft der Angaben", {"fields": ["source", "as_of", "confirmation"]})


class MinistryAdmin(SourcedAdmin):
    permission = "ministries.maintain_ministries"
    list_display = ["abbreviation", "name", "period", "mailbox_or_gap", "confirmation"]
    list_display_links = ["abbreviation", "name"]
    list_filter = [OnDayFilter, ConfirmedFilter]
    search_fields = ["abbreviation", "name", "slug"]
    autocomplete_fields = ["successors"]
    readonly_fields = ["confirmation"]
    fieldsets = [
        (None, {"fields": ["abbreviation", "name", "slug", "mailbox", "is_chancellery"]}),
        (
            "Bestand",
            {"fields": ["valid_from", "valid_until", "successors", "sort_order"]},
        ),
        ORIGIN,
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Whom the coordination may invite hangs on it: no house becomes the Staatskanzlei."""
        return [*self.readonly_fields, *(["is_chancellery"] if obj else [])]

    @display(description="Funktionspostfach", ordering="mailbox")
    def mailbox_or_gap(self, obj: Ministry) -> str:
        return obj.mailbox or "nicht erfasst"


class ResponsibilityInline(TabularInline):
    model = Responsibility
    permission = "ministries.maintain_ministries"
    fields = ["ministry", "valid_from", "valid_until", "source"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("subject_area", "ministry")


class SubjectAreaAdmin(PolicyAdmin):
    permission = "ministries.maintain_ministries"
    list_display = ["name", "house_today", "partnership_count", "sort_order"]
    ordering = ["sort_order", "name"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug", "sort_order"]
    inlines = [ResponsibilityInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.with_house(today()).annotate(
            number_of_partnerships=Count("participations", distinct=True)
        )

    @display(description="heute zuständig")
    def house_today(self, obj: SubjectArea) -> str:
        return obj.house_abbreviation or "niemand"

    @display(description="Partnerschaften", ordering="number_of_partnerships")
    def partnership_count(self, obj: Any) -> int:
        return int(obj.number_of_partnerships)


class ResponsibilityAdmin(SourcedAdmin):
    permission = "ministries.maintain_ministries"
    list_display = ["subject_area", "ministry", "period", "confirmation"]
    list_filter = [OnDayFilter, ConfirmedFilter, "ministry"]
    list_select_related = ["subject_area", "ministry"]
    search_fields = ["subject_area__name", "ministry__abbreviation"]
    autocomplete_fields = ["subject_area", "ministry"]
    readonly_fields = ["confirmation"]
    fieldsets = [
        (None, {"fields": ["subject_area", "ministry", "valid_from", "valid_until"]}),
        ORIGIN,
    ]


ADMIN_CLASSES = [
    (Ministry, MinistryAdmin),
    (SubjectArea, SubjectAreaAdmin),
    (Responsibility, ResponsibilityAdmin),
]

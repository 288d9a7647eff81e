"""The coordination's upkeep of regions and the authorities that sit there."""

from typing import Any

from django.contrib.admin import display
from django.contrib.admin.utils import get_fields_from_path
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from ministries.administration.houses import ORIGIN, ConfirmedFilter, OnDayFilter, SourcedAdmin
from ministries.administration.policy_admin import PolicyAdmin, TabularInline
from partnerships.register.partners.country_fields import CountryInput, CountryNameField
from partnerships.register.partners.regions import PartnerAuthority, Region
from ui.text import clean_line

KEEPS_REGISTER = "partnerships.maintain_register"


class FoldedSearch(PolicyAdmin):
    """Searches as the lists do: without regard to case and diacritics, then for what resembles."""

    search_fields = ["search_text"]
    search_help_text = "Namen, auch ohne Umlaute oder mit einem Tippfehler"

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet, bool]:
        text = clean_line(search_term)
        if not text:
            return queryset, False
        exact = queryset.matching(text)
        return (exact if exact.exists() else queryset.resembling(text)), False


class SearchedByPartner(PolicyAdmin):
    """Finds its rows also by every name of the partner they belong to."""

    partner = "partnership"

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet, bool]:
        found, _ = super().get_search_results(request, queryset, search_term)
        text = clean_line(search_term)
        if not text:
            return found, False
        partner: Any = get_fields_from_path(self.model, self.partner)[-1]
        named = partner.related_model.objects.matching(text)
        own, theirs = Q(pk__in=found.values("pk")), Q((f"{self.partner}__in", named))
        return queryset.filter(own | theirs), False


class PartnerAuthorityInline(TabularInline):
    model = PartnerAuthority
    permission = KEEPS_REGISTER
    fields = ["name", "kind", "valid_from", "valid_from_precision", "valid_until", "source"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("region")


class RegionAdmin(FoldedSearch, SourcedAdmin):
    permission = KEEPS_REGISTER
    list_display = [
        "name",
        "country",
        "seat",
        "is_border_region",
        "partnership_count",
        "confirmation",
    ]
    list_filter = [ConfirmedFilter, "is_border_region"]
    ordering = ["sort_key", "pk"]
    readonly_fields = ["confirmation"]
    inlines = [PartnerAuthorityInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "official_name", "aliases", "languages"]}),
        (
            "Lage",
            {
                "fields": [
                    "country",
                    "seat",
                    ("latitude", "longitude"),
                    ("iso_3166_2", "nuts"),
                    "is_border_region",
                ]
            },
        ),
        ("Einwohner", {"fields": [("population", "population_year")]}),
        ORIGIN,
    ]

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "country":
            return CountryNameField(
                label="Staat",
                help_text="Name oder Kürzel",
                widget=CountryInput(attrs={"class": "vTextField"}),
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.annotate(number_of_partnerships=Count("partnerships"))

    @display(description="Partnerschaften", ordering="number_of_partnerships")
    def partnership_count(self, obj: Any) -> int:
        return int(obj.number_of_partnerships)


class PartnerAuthorityAdmin(SearchedByPartner, SourcedAdmin):
    partner = "region"
    permission = KEEPS_REGISTER
    list_display = ["name", "region", "kind", "period", "confirmation"]
    list_filter = [OnDayFilter, ConfirmedFilter, "kind"]
    list_select_related = ["region"]
    search_fields = ["name", "region__name"]
    autocomplete_fields = ["region"]
    readonly_fields = ["confirmation"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "region",
                    "name",
                    "kind",
                    ("valid_from", "valid_from_precision"),
                    "valid_until",
                ]
            },
        ),
        ORIGIN,
    ]


REGION_CLASSES: list[Any] = [(Region, RegionAdmin), (PartnerAuthority, PartnerAuthorityAdmin)]

"""The register as somebody would put it into Django's admin in an afternoon, and well.

Same columns, 25 rows, same inlines and search fields as ours. What belongs to a row is prefetched, so
that the number of queries does not grow; large choices are autocompletes; nothing is checked or hidden.
"""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django_countries import countries

from ministries.clock import today
from ministries.models import SubjectArea
from partnerships.models import Agreement, Lead, Participation, Partnership, Region, StatusPeriod


class Open(admin.options.BaseModelAdmin):
    """Whoever is signed in may do everything: Brücke's roles are not asked."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class ReadOnly(Open):
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StatusPeriodInline(ReadOnly, admin.TabularInline):
    model = StatusPeriod
    fields = ["status", "valid_from", "valid_until", "reason", "deciding_body", "reference"]


class LeadInline(ReadOnly, admin.TabularInline):
    model = Lead
    fields = ["ministry", "valid_from", "valid_until", "reason"]


class ParticipationInline(Open, admin.TabularInline):
    model = Participation
    extra = 0
    fields = ["subject_area", "source"]
    autocomplete_fields = ["subject_area"]


class AgreementInline(Open, admin.StackedInline):
    model = Agreement
    extra = 0
    fields = ["title", "kind", ("signed_on", "signed_on_precision"), ("term", "valid_until")]


class StatusFilter(admin.SimpleListFilter):
    title = "Status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Partnership.Status.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        day = today()
        ends = Q(status_periods__valid_until__isnull=True) | Q(status_periods__valid_until__gte=day)
        periods = {"status_periods__status": self.value(), "status_periods__valid_from__lte": day}
        return queryset.filter(ends, **periods).distinct()


class StockPartnershipAdmin(Open, admin.ModelAdmin):
    list_display = [
        "name", "country", "status", "since", "scrutiny_since", "kind", "lead", "agreement",
        "is_confidential", "confirmed_on",
    ]  # fmt: skip
    list_filter = [
        StatusFilter,
        "kind",
        "leads__ministry",
        "participations__subject_area",
        ("regions__country", admin.AllValuesFieldListFilter),
        "regions__is_border_region",
    ]
    list_per_page = 25
    search_fields = [
        "name", "file_reference", "regions__name", "regions__official_name", "regions__aliases",
        "regions__seat",
    ]  # fmt: skip
    autocomplete_fields = ["regions"]
    inlines = [StatusPeriodInline, LeadInline, ParticipationInline, AgreementInline]
    fields = [
        "name", "slug", "regions", "kind", ("established_on", "established_on_precision"),
        "in_check", "file_reference", "agreed_wording", "agreed_wording_on",
        "agreed_wording_is_reactive", "is_confidential", "circle", "source", "as_of",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        related = ("regions", "status_periods", "leads__ministry", "agreements")
        return super().get_queryset(request).prefetch_related(*related)

    @admin.display(description="Staat")
    def country(self, obj: Partnership) -> str:
        codes = dict.fromkeys(str(region.country) for region in obj.regions.all())
        return ", ".join(str(countries.name(code)) for code in codes)

    @admin.display(description="Status")
    def status(self, obj: Partnership) -> str:
        period = current(obj.status_periods.all())
        return str(period.get_status_display()) if period else ""

    @admin.display(description="seit")
    def since(self, obj: Partnership) -> date | None:
        period = current(obj.status_periods.all())
        return period.valid_from if period else None

    @admin.display(description="Federführung")
    def lead(self, obj: Partnership) -> str:
        lead = current(obj.leads.all())
        return lead.ministry.abbreviation if lead else ""

    @admin.display(description="Jüngste Vereinbarung")
    def agreement(self, obj: Partnership) -> str:
        signed = [one for one in obj.agreements.all() if one.signed_on]
        latest = max(signed, key=lambda one: one.signed_on or date.min, default=None)
        return f"{latest.title}, {latest.valid_until or latest.signed_on}" if latest else ""


def current(periods: Any) -> Any:
    return next((period for period in periods if period.contains(today())), None)


class StockRegionAdmin(Open, admin.ModelAdmin):
    search_fields = ["name"]


class StockSubjectAreaAdmin(Open, admin.ModelAdmin):
    search_fields = ["name"]


class StockSite(admin.AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.is_active


site = StockSite(name="admin")
site.register(Partnership, StockPartnershipAdmin)
site.register(Region, StockRegionAdmin)
site.register(SubjectArea, StockSubjectAreaAdmin)

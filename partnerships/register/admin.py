"""The coordination's upkeep of the register; status and Federführung are changed by acts only."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.admin import SimpleListFilter, display
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ministries.administration.houses import ORIGIN, ConfirmedFilter, OnDayFilter, SourcedAdmin
from ministries.administration.policy_admin import TabularInline
from ministries.clock import today
from partnerships.register.agreements.admin import AgreementAdmin, AgreementInline
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Participation, Partnership
from partnerships.register.partners.periods import Lead, StatusPeriod
from partnerships.register.partners.region_admin import (
    KEEPS_REGISTER,
    REGION_CLASSES,
    FoldedSearch,
    SearchedByPartner,
)
from partnerships.register.partners.statuses import status_word


class StatusPeriodInline(TabularInline):
    model = StatusPeriod
    permission = KEEPS_REGISTER
    read_only = True
    verbose_name_plural = "Statusverlauf (geändert wird er auf der Seite der Partnerschaft)"
    fields = ["status", "valid_from", "valid_until", "reason", "deciding_body", "reference"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        periods = StatusPeriod.objects.visible_to(request.user, today())
        return periods.select_related("partnership").order_by("valid_from")


class LeadInline(TabularInline):
    model = Lead
    permission = KEEPS_REGISTER
    read_only = True
    verbose_name_plural = "Federführungen (geändert wird auf der Seite der Partnerschaft)"
    fields = ["ministry", "valid_from", "valid_until", "reason"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("partnership", "ministry")


class ParticipationInline(TabularInline):
    """A subject area may be taken off again: the history keeps that it was there."""

    model = Participation
    permission = KEEPS_REGISTER
    fields = ["subject_area", "source"]
    autocomplete_fields = ["subject_area"]
    can_delete = True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(KEEPS_REGISTER)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(KEEPS_REGISTER)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("partnership", "subject_area")


class NoLeadFilter(SimpleListFilter):
    title = "Federführung"
    parameter_name = "lead"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("none", "nicht erfasst"), ("known", "erfasst")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in ("none", "known"):
            return queryset.filter(lead_id__isnull=self.value() == "none")
        return queryset


class PartnershipAdmin(FoldedSearch, SourcedAdmin):
    permission = KEEPS_REGISTER
    list_display = ["name", "status_word", "lead_word", "kind", "in_check", "confirmation"]
    list_filter = [NoLeadFilter, ConfirmedFilter, "kind", "in_check", "is_confidential"]
    autocomplete_fields = ["regions"]
    readonly_fields = ["status_today", "lead_today", "scrutiny_today", "confirmation"]
    inlines = [StatusPeriodInline, LeadInline, ParticipationInline, AgreementInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "slug",
                    "regions",
                    "kind",
                    ("established_on", "established_on_precision"),
                    "in_check",
                    "file_reference",
                ]
            },
        ),
        (
            "Status und Federführung",
            {"fields": ["status_today", "lead_today", "scrutiny_today"]},
        ),
        (
            "Sprachregelung",
            {"fields": ["agreed_wording", "agreed_wording_on", "agreed_wording_is_reactive"]},
        ),
        ("Vertraulichkeit", {"fields": ["is_confidential", "circle"]}),
        ORIGIN,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.with_standing(request.user, today())

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """The circle is ticked: accounts have no page here that autocomplete could ask."""
        if db_field.name == "circle":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @display(description="Status", ordering="status")
    def status_word(self, obj: Partnership) -> str:
        return status_word(obj.status, "nicht erfasst")

    @display(description="Federführung", ordering="lead_abbreviation")
    def lead_word(self, obj: Any) -> str:
        return obj.lead_abbreviation or "nicht erfasst"

    @display(description="Status")
    def status_today(self, obj: Any) -> str | SafeString:
        return self._with_link(obj, self.status_word, "partnerships:status-change")

    @display(description="Federführung")
    def lead_today(self, obj: Any) -> str | SafeString:
        return self._with_link(obj, self.lead_word, "partnerships:lead-change")

    @display(description="auf dem Prüfstand")
    def scrutiny_today(self, obj: Any) -> str | SafeString:
        marked = bool(obj.pk) and obj.is_under_scrutiny
        name = "partnerships:scrutiny-end" if marked else "partnerships:scrutiny-set"
        return self._with_link(obj, lambda row: row.scrutiny_reason if marked else "nein", name)

    @staticmethod
    def _with_link(
        obj: Partnership, words: Callable[[Partnership], str], name: str
    ) -> str | SafeString:
        if not obj.pk:
            return "nach dem Anlegen auf der Seite der Partnerschaft"
        url = reverse(name, args=[obj.slug])
        return format_html('{} · <a href="{}">ändern</a>', words(obj), url)


class ParticipationAdmin(SearchedByPartner, SourcedAdmin):
    permission = KEEPS_REGISTER
    list_display = ["partnership", "subject_area", "confirmation"]
    list_filter = [ConfirmedFilter, "subject_area"]
    list_select_related = ["partnership", "subject_area"]
    search_fields = ["partnership__name", "subject_area__name"]
    autocomplete_fields = ["partnership", "subject_area"]
    readonly_fields = ["confirmation"]
    fieldsets = [(None, {"fields": ["partnership", "subject_area"]}), ORIGIN]


class PeriodAdmin(SearchedByPartner, SourcedAdmin):
    """Read only: a new period begins by an act on the page of the partnership."""

    permission = KEEPS_REGISTER
    read_only = True
    list_select_related = ["partnership"]


class StatusPeriodAdmin(PeriodAdmin):
    list_display = ["partnership", "status", "period", "reason", "confirmation"]
    list_filter = [OnDayFilter, ConfirmedFilter, "status"]
    search_fields = ["partnership__name"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "partnership",
                    "status",
                    "valid_from",
                    "valid_until",
                    "reason",
                    "deciding_body",
                    "reference",
                    "resume_condition",
                    "review_on",
                    "visible_from",
                ]
            },
        ),
        ORIGIN,
    ]
    readonly_fields = ["confirmation"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return StatusPeriod.objects.visible_to(request.user, today())


class LeadAdmin(PeriodAdmin):
    list_display = ["partnership", "ministry", "period", "reason", "confirmation"]
    list_filter = [OnDayFilter, ConfirmedFilter, "ministry"]
    list_select_related = ["partnership", "ministry"]
    search_fields = ["partnership__name", "ministry__abbreviation"]
    fieldsets = [
        (None, {"fields": ["partnership", "ministry", "valid_from", "valid_until", "reason"]}),
        ORIGIN,
    ]
    readonly_fields = ["confirmation"]


ADMIN_CLASSES = [
    (Partnership, PartnershipAdmin),
    *REGION_CLASSES,
    (Agreement, AgreementAdmin),
    (Participation, ParticipationAdmin),
    (StatusPeriod, StatusPeriodAdmin),
    (Lead, LeadAdmin),
]

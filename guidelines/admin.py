"""The coordination's catalogue; rounds and statements only to look up, with the way to their page."""

from typing import Any

from django.contrib.admin import display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guidelines.catalogue.models import Criterion, Edition, Guideline
from guidelines.rounds.models import CheckRound
from guidelines.statements.models import Statement
from ministries.administration.policy_admin import PolicyAdmin, TabularInline
from partnerships.register.partners.region_admin import SearchedByPartner

COORDINATES = "guidelines.coordinate"
EDITS_CATALOGUE = "guidelines.edit_catalogue"


def page_link(obj: Edition | CheckRound | Statement, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), words)


class CatalogueAdmin(PolicyAdmin):
    """Written until the edition is published, then only read."""

    permission = EDITS_CATALOGUE
    view_permission = COORDINATES


class GuidelineInline(TabularInline):
    model = Guideline
    permission = EDITS_CATALOGUE
    view_permission = COORDINATES
    fields = ["number", "kind", "title", "text", "source"]
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("edition")


class EditionAdmin(CatalogueAdmin):
    list_display = ["title", "adopted_on", "body", "published"]
    fields = [
        "title",
        "slug",
        "adopted_on",
        "adopted_note",
        "body",
        "source",
        "is_official",
        "publication",
    ]
    readonly_fields = ["publication"]
    prepopulated_fields = {"slug": ["title", "adopted_on"]}
    inlines = [GuidelineInline]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return self.prepopulated_fields if self.has_change_permission(request, obj) else {}

    @display(description="veröffentlicht", boolean=True)
    def published(self, obj: Edition) -> bool:
        return obj.published_at is not None

    @display(description="Veröffentlichung")
    def publication(self, obj: Edition) -> str | SafeString:
        if obj.pk is None:
            return "Erst speichern, dann die Leitlinien und Prüfkriterien erfassen."
        if obj.published_at is not None:
            return "Veröffentlicht. Eine veröffentlichte Fassung wird nicht mehr geändert."
        return page_link(obj, "Ansehen, prüfen und veröffentlichen")


class CriterionInline(TabularInline):
    model = Criterion
    permission = EDITS_CATALOGUE
    view_permission = COORDINATES
    fields = ["code", "question", "answered_by", "scale", "applies_to"]
    can_add = False
    read_only = True
    show_change_link = True
    verbose_name_plural = "Prüfkriterien (erfasst werden sie unter „Prüfkriterien“)"


class GuidelineAdmin(CatalogueAdmin):
    list_display = ["__str__", "kind", "edition"]
    list_filter = ["edition", "kind"]
    list_select_related = ["edition"]
    search_fields = ["title", "text"]
    fields = ["edition", "number", "kind", "title", "text", "source"]
    inlines = [CriterionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("edition")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "edition":
            kwargs["queryset"] = Edition.objects.being_written()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class CriterionAdmin(CatalogueAdmin):
    list_display = ["code", "question", "guideline__edition", "answered_by", "subject_area"]
    list_filter = ["guideline__edition", "answered_by", "applies_to"]
    list_select_related = ["guideline__edition", "subject_area"]
    search_fields = ["code", "question"]
    autocomplete_fields = ["subject_area"]
    fields = [
        "guideline",
        "code",
        "question",
        "help_text",
        "answered_by",
        "subject_area",
        "scale",
        ("answer_0", "answer_1"),
        ("answer_2", "answer_3"),
        "applies_to",
        "source",
        "predecessor",
    ]
    readonly_fields = ["predecessor"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("guideline__edition")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "guideline":
            unpublished = Guideline.objects.filter(edition__published_at__isnull=True)
            kwargs["queryset"] = unpublished.select_related("edition")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class CheckRoundAdmin(PolicyAdmin):
    permission = COORDINATES
    read_only = True
    list_display = ["__str__", "state", "due_on", "edition", "page"]
    list_select_related = ["edition"]
    fields = ["slug", "year", "state", "edition", "due_on", "is_open_reading", "page"]
    readonly_fields = ["slug", "page"]

    @display(description="Seite")
    def page(self, obj: CheckRound) -> SafeString:
        return page_link(obj, "Zum Leitlinien-Check")


class StatementAdmin(SearchedByPartner):
    """Released ones only, and without their history: what a house drafted stays in the house."""

    permission = COORDINATES
    read_only = True
    is_tracked = False
    list_display = ["partnership", "ministry", "check_round", "is_nil_return", "vote_words", "page"]
    list_filter = ["guideline_check__round", "ministry"]
    list_select_related = [
        "ministry",
        "guideline_check__round",
        "guideline_check__partnership",
    ]
    search_fields = ["guideline_check__partnership__name", "ministry__abbreviation"]
    partner = "guideline_check__partnership"
    fields = ["partnership", "ministry", "check_round", "is_nil_return", "vote_words", "page"]
    readonly_fields = ["partnership", "check_round", "vote_words", "page"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.list_select_related)

    @display(description="Partnerschaft", ordering="guideline_check__partnership__sort_key")
    def partnership(self, obj: Statement) -> str:
        return str(obj.guideline_check.partnership)

    @display(description="Votum des Hauses", ordering="vote")
    def vote_words(self, obj: Statement) -> str:
        return obj.vote_words

    @display(description="Leitlinien-Check", ordering="guideline_check__round")
    def check_round(self, obj: Statement) -> str:
        return str(obj.guideline_check.round)

    @display(description="Seite")
    def page(self, obj: Statement) -> SafeString:
        return page_link(obj, "Zur Stellungnahme")


ADMIN_CLASSES = [
    (Edition, EditionAdmin),
    (Guideline, GuidelineAdmin),
    (Criterion, CriterionAdmin),
    (CheckRound, CheckRoundAdmin),
    (Statement, StatementAdmin),
]

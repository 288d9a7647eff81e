"""The coordination's upkeep of agreements."""

from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.db.models import QuerySet
from django.http import HttpRequest

from ministries.administration.houses import ORIGIN, ConfirmedFilter, SourcedAdmin
from ministries.administration.policy_admin import StackedInline
from ministries.clock import today
from partnerships.register.agreements.models import Agreement
from partnerships.register.agreements.terms import term_words
from partnerships.register.partners.region_admin import KEEPS_REGISTER, FoldedSearch

PREDECESSOR_HELP = (
    "Gehört sie zu einer vertraulichen Partnerschaft, liest den Verweis nur, wer auch diese sieht."
)


BEYOND_BOUNDS = "Monate, die nicht gemeint sein können"


class AgreementInline(StackedInline):
    model = Agreement
    permission = KEEPS_REGISTER
    show_change_link = True
    can_add = False
    fields = ["title", "kind", ("signed_on", "signed_on_precision"), ("term", "valid_until")]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("partnership")


class EndFilter(SimpleListFilter):
    title = "Ende"
    parameter_name = "end"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("lapsed", "abgelaufen, Verlängerung nicht erfasst"), ("months", BEYOND_BOUNDS)]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        if self.value() == "months":
            return queryset.beyond_bounds()
        return queryset.lapsed(today()) if self.value() == "lapsed" else queryset


class AgreementAdmin(FoldedSearch, SourcedAdmin):
    permission = KEEPS_REGISTER
    list_display = ["title", "partnership", "kind", "signed", "term_today", "confirmation"]
    list_filter = [EndFilter, ConfirmedFilter, "kind", "term"]
    list_select_related = ["partnership"]
    autocomplete_fields = ["partnership", "predecessor"]
    readonly_fields = ["confirmation"]
    fieldsets = [
        (None, {"fields": ["partnership", "title", "slug", "kind", "predecessor"]}),
        (
            "Unterzeichnung",
            {
                "fields": [
                    ("signed_on", "signed_on_precision"),
                    "place",
                    "saxon_signatory",
                    "partner_signatory",
                    "languages",
                ]
            },
        ),
        (
            "Laufzeit",
            {
                "fields": [
                    "effective_on",
                    ("term", "valid_until"),
                    ("notice_months", "renewal_months"),
                    "notice_on",
                    "terminated_on",
                    "review_on",
                ]
            },
        ),
        ("Akte", {"fields": ["file_reference", "file_document", "filed_on"]}),
        ORIGIN,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.with_renewal(today())

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        words = {"predecessor": PREDECESSOR_HELP}
        return super().get_form(request, obj, change=change, help_texts=words, **kwargs)

    @display(description="unterzeichnet", ordering="signed_on")
    def signed(self, obj: Agreement) -> str:
        return obj.signed_words or "nicht erfasst"

    @display(description="Laufzeit", ordering="valid_until")
    def term_today(self, obj: Agreement) -> str:
        return term_words(obj, today(), is_renewed=obj.is_renewed)

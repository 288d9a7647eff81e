"""The lists of partnerships and regions; each of their states is a link."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, IntegerField, TextField, Value
from django.db.models.functions import Cast
from django.http import HttpRequest, QueryDict
from django.utils.decorators import method_decorator

from ministries.clock import today
from partnerships.imports.links import import_url
from partnerships.permissions import MAY_READ
from partnerships.register.partners.country_names import country_names
from partnerships.register.partners.export import export_rows
from partnerships.register.partners.filters import NO_STATUS, PartnershipFilter, RegionFilter
from partnerships.register.partners.list_rows import KIND_LABELS, ListRow, list_rows
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.region_columns import REGION_COLUMNS
from partnerships.register.partners.regions import Region
from partnerships.register.partners.status_counts import status_counts
from partnerships.register.partners.statuses import status_word
from ui.columns import Column
from ui.dates import partial_date
from ui.lists import Listing, Scope
from ui.views import ListPage

REGISTER = "partnerships.maintain_register"
# From first talks to the end, not by alphabet.
LIFE = Func(
    Value(Partnership.Status.values, ArrayField(TextField())),
    Cast("status", TextField()),
    function="array_position",
    output_field=IntegerField(),
)


@method_decorator(MAY_READ, name="dispatch")
class PartnershipList(ListPage):
    title = "Partnerschaften"
    noun = ("Partnerschaft", "Partnerschaften")
    export_name = "partnerschaften"
    filterset_class = PartnershipFilter
    primary_filters = ("q", "status", "scrutiny", "lead")
    template_name = "partnerships/importable_list.html"
    rows_template = "partnerships/_partnership_rows.html"
    scope_key = "mine"
    scope_labels = (("1", "Mein Ressort"), ("", "Alle"))
    on_page = ("name", "status", "kind", "lead", "agreement")
    default_sort = "name"
    columns = [
        Column("name", "Partnerschaft", sort=["sort_key"]),
        Column("regions", "Partnerregionen", lambda row: ", ".join(row.region_names)),
        Column("country", "Staat", lambda row: ", ".join(country_names(row.country_codes))),
        Column("status", "Status", lambda row: status_word(row.status, ""), [LIFE, "sort_key"]),
        Column("since", "Status seit", lambda row: partial_date(row.status_since, row.status_since_precision or "day")),
        Column("is_under_scrutiny", "Auf dem Prüfstand"),
        Column("kind", "Art der Beziehung", lambda row: KIND_LABELS[row.kind], ["kind", "sort_key"]),
        Column("lead", "Federführung", lambda row: row.lead_abbreviation or "nicht erfasst",
               [F("lead_abbreviation").asc(nulls_first=True), "sort_key"]),
        Column("areas", "Fachgebiete", lambda row: ", ".join(row.area_names)),
        Column("agreement_title", "Jüngste Vereinbarung"),
        Column("agreement", "Vereinbarung",
               sort=[F("lapsed_on").asc(nulls_last=True), F("agreement_signed_on").desc(nulls_last=True)],
               in_file=False),
        Column("signed", "Unterzeichnet",
               lambda row: partial_date(row.agreement_signed_on, row.agreement_precision or "day")),
        Column("lapsed_on", "Laufzeit bis"),
        Column("is_confirmed", "Bestätigt"),
        Column("source", "Quelle"),
    ]  # fmt: skip

    def queryset(self, request: HttpRequest) -> Any:
        return Partnership.objects.visible_to(request.user)

    def for_sort(self, rows: Any, sort: str) -> Any:
        user, day = self.request.user, today()
        if sort in ("status", "lead"):
            return rows.with_standing(user, day)
        return rows.with_latest_agreement(day) if sort == "agreement" else rows

    def number(self, rows: Any, query: QueryDict) -> int:
        """Of a search or a status alone the number is known, or sooner counted for all at once."""
        asked = set(query) - {"sort"}
        if asked == {"q"} and self.filterset.hits:
            return int(self.filterset.hits)
        status = self.filterset.form.cleaned_data.get("status")
        if asked == {"status"} and status and status != NO_STATUS:
            return status_counts(self.request.user, today()).get(status, 0)
        return super().number(rows, query)

    def shown(self, rows: Any) -> list[ListRow]:
        return list_rows(rows.values_list("pk", flat=True), self.request.user, today())

    def export_rows(self, rows: Any) -> Iterable[Any]:
        return export_rows(rows, self.request.user, today())

    def get_context(self, listing: Listing) -> dict[str, Any]:
        url = import_url(self.request.user, "partnerschaften", REGISTER)
        return {"import_url": url}

    def _scopes(self, query: QueryDict) -> list[Scope]:
        """Only who belongs to a house has partnerships of the own house."""
        return super()._scopes(query) if self.request.user.capacities else []


@method_decorator(MAY_READ, name="dispatch")
class RegionList(ListPage):
    title = "Partnerregionen"
    noun = ("Partnerregion", "Partnerregionen")
    export_name = "partnerregionen"
    filterset_class = RegionFilter
    primary_filters = ("q", "country", "border")
    template_name = "partnerships/importable_list.html"
    default_sort = "name"
    columns = REGION_COLUMNS
    on_page = (
        "name",
        "country",
        "seat",
        "population",
        "authorities",
        "partnerships",
    )

    def queryset(self, request: HttpRequest) -> Any:
        seen = Region.objects.visible_to(request.user)
        return seen.with_neighbours(request.user, today()).defer("search_text")

    def get_context(self, listing: Listing) -> dict[str, Any]:
        url = import_url(self.request.user, "regionen", REGISTER)
        return {"import_url": url}

"""A list whose every state is a link."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views import View

from ui.columns import Column, chosen
from ui.exports import FORMATS, csv_response, xlsx_response
from ui.filters import FilterSet
from ui.lists import (
    Listing,
    Scope,
    chips_of,
    chosen_sort,
    clean_query,
    ignored_of,
    page_of,
    sorted_by,
    url_with,
)

CHUNK = 500


class ListPage(View):
    """A filtered, sorted, paged list; `?format=csv|xlsx` hands the same rows out as a file."""

    title = ""
    noun = ("Eintrag", "Einträge")
    template_name = "ui/list_page.html"
    rows_template = "ui/_list_rows.html"
    # Beside the heading; drawn anew when the filters change, for its links may keep some.
    actions_template = ""
    filterset_class: type[FilterSet] | None = None
    primary_filters: Sequence[str] = ()
    columns: Sequence[Column] = ()
    on_page: Sequence[str] = ()
    table_label = ""
    default_sort = ""
    export_name = ""
    per_page = 25
    scope_key = ""
    scope_labels: Sequence[tuple[str, str]] = ()
    empty_text = ""

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        raise NotImplementedError

    def for_sort(self, rows: QuerySet[Any], sort: str) -> QuerySet[Any]:
        """The same rows with what this order needs besides; `sort` is the key of a column."""
        return rows

    def number(self, rows: QuerySet[Any], query: QueryDict) -> int:
        """How many there are; `query` are the filters of the address that count."""
        return rows.count()

    def shown(self, rows: Any) -> Any:
        """The rows of one page, with what only a page of them needs."""
        return rows

    def page_columns(self) -> list[Column]:
        return chosen(self.columns, self.on_page)

    def get_title(self) -> str:
        return self.title

    def get_context(self, listing: Listing) -> dict[str, Any]:
        """More for the templates than the listing itself."""
        return {}

    def export_rows(self, rows: QuerySet[Any]) -> Iterable[Any]:
        """What the columns read, for a file of all rows."""
        return rows.iterator(chunk_size=CHUNK)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        queryset = self.queryset(request)
        filterset = (
            self.filterset_class(request.GET, queryset, request=request)
            if self.filterset_class
            else None
        )
        self.filterset: Any = filterset
        query = clean_query(request.GET, self._filter_names(filterset))
        found = filterset.qs if filterset else queryset
        sorts = {column.key: column.sort for column in self.columns if column.sort}
        sort, descending = chosen_sort(sorts, request.GET.get("sort", ""), self.default_sort)
        rows = sorted_by(self.for_sort(found, sort), sorts, sort, descending)
        if request.GET.get("format") in FORMATS and self.export_name:
            return self._export(request.GET["format"], rows, filterset, query)
        count = self.number(found, query)
        page = page_of(rows, request.GET.get("page", "1"), self.per_page, count)
        page.object_list = self.shown(page.object_list)
        listing = Listing(
            page=page,
            sort=sort,
            descending=descending,
            default_sort=self.default_sort,
            noun=self.noun,
            columns=self.page_columns(),
            scopes=self._scopes(query),
            **self._filter_state(filterset, query),
        )
        return self._respond(request, listing, query)

    def _respond(self, request: HttpRequest, listing: Listing, query: QueryDict) -> HttpResponse:
        context = {
            "listing": listing,
            "rows": listing.rows,
            "title": self.get_title(),
            "list_path": request.path,
            "state": query,
            "rows_template": self.rows_template,
            "actions_template": self.actions_template,
            "table_label": self.table_label,
            "empty_text": self.empty_text,
            "can_export": bool(self.export_name),
            "is_fragment": request.headers.get("HX-Target") == "results",
            # Nothing holds the text, so what resembles it is shown.
            "is_resembling": getattr(self.filterset, "is_resembling", False),
        }
        context |= self.get_context(listing)
        template = "ui/_list_results.html" if context["is_fragment"] else self.template_name
        response = render(request, template, context)
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        if context["is_fragment"]:
            response["HX-Push-Url"] = url_with(request.path, query)
        return response

    def _filter_names(self, filterset: FilterSet | None) -> list[str]:
        names = list(filterset.filters) if filterset else []
        return [*names, self.scope_key] if self.scope_key and self.scope_key not in names else names

    def _filter_state(self, filterset: FilterSet | None, query: QueryDict) -> dict[str, Any]:
        if filterset is None:
            return {}
        fields = [bound for bound in filterset.form if bound.name != self.scope_key]
        primary = [
            bound
            for bound in fields
            if not self.primary_filters or bound.name in self.primary_filters
        ]
        further = [bound for bound in fields if bound not in primary]
        chips = chips_of(filterset, self.request.path, query, hidden=(self.scope_key,))
        active = {chip.name for chip in chips}
        return {
            "chips": chips,
            "ignored": ignored_of(filterset),
            "primary": primary,
            "further": further,
            "further_active": sum(bound.name in active for bound in further),
        }

    def _scopes(self, query: QueryDict) -> list[Scope]:
        """Links for „Mein Ressort | Alle“: `scope_labels` are (value of `scope_key`, label)."""
        current = query.get(self.scope_key, "")
        scopes = []
        for value, label in self.scope_labels:
            linked = query.copy()
            linked.pop(self.scope_key, None)
            if value:
                linked[self.scope_key] = value
            url = url_with(self.request.path, linked)
            scopes.append(Scope(label, url, value == current, self.scope_key, value))
        return scopes

    def _export(
        self, kind: str, rows: QuerySet[Any], filterset: FilterSet | None, query: QueryDict
    ) -> HttpResponseBase:
        every_row = self.export_rows(rows)
        columns = [column for column in self.columns if column.in_file]
        if kind == "csv":
            return csv_response(name=self.export_name, columns=columns, rows=every_row)
        chips = chips_of(filterset, "", query) if filterset else []
        facts = [("Filter", "; ".join(f"{chip.label}: {chip.words}" for chip in chips) or "keine")]
        return xlsx_response(
            name=self.export_name,
            title=self.get_title(),
            columns=columns,
            rows=every_row,
            facts=facts,
        )

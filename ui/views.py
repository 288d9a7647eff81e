"""The two base views: a list whose every state is a link, and a form that is written once.

    class RegionList(ListPage):
        title = "Regionen"
        noun = ("Region", "Regionen")
        export_name = "regionen"
        filterset_class = RegionFilter            # subclass of ui.filters.FilterSet, `q` included
        primary_filters = ("q", "country")        # the others fold under „Weitere Filter“
        sorts = {"name": ("Name", ("sort_key",)), "country": ("Staat", ("country", "sort_key"))}
        default_sort = "name"
        columns = [("name", "Name", str), ("country", "Staat", lambda region: region.country.name)]
        rows_template = "partnerships/_region_rows.html"    # default: a table of `columns`

        def queryset(self, request: HttpRequest) -> QuerySet[Region]:
            return Region.objects.visible_to(request.user)

    class RegionEdit(FormPage):
        form_class = RegionForm                   # ui.forms.ModelForm or ui.forms.Form
        title = "Region bearbeiten"
        submit_label = "Änderungen speichern"
        audience = "Alle angemeldeten Personen."  # answers „Wer sieht das?“

        def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
            visible = Region.objects.visible_to(request.user)
            self.object = get_object_or_404(visible, slug=kwargs["slug"])
            if not request.user.has_perm("partnerships.change_region", self.object):
                raise PermissionDenied

        def save(self, form: RegionForm) -> Region:
            return change_region(region=self.object, expected_version=self.expected_version,
                                 by=self.request.user, now=timezone.now(), **form.cleaned_data)

        def get_success_message(self, result: Region) -> str:
            return f"{result.name} ist gespeichert."

`save` may raise `ui.errors.Refusal` (shown in the error summary) and `ui.errors.Conflict` (shown
as the page with both texts). `ConfirmPage` is a form page that repeats the facts before an act.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views import View

from ui.conflicts import ConflictField, compare_forms, conflict_page, resolved
from ui.errors import Conflict, Refusal
from ui.exports import FORMATS, Column, csv_response, xlsx_response
from ui.filters import FilterSet
from ui.forms import Form
from ui.lists import (
    Listing,
    Scope,
    Sorts,
    chips_of,
    clean_query,
    ignored_of,
    page_of,
    sorted_by,
    url_with,
)
from ui.receipts import answer_once

CHUNK = 500


class ListPage(View):
    """A filtered, sorted, paged list; `?format=csv|xlsx` hands the same rows out as a file."""

    title = ""
    noun = ("Eintrag", "Einträge")
    template_name = "ui/list_page.html"
    rows_template = "ui/_list_rows.html"
    filterset_class: type[FilterSet] | None = None
    primary_filters: Sequence[str] = ()
    sorts: Sorts = {}
    default_sort = ""
    columns: Sequence[Column] = ()
    export_name = "liste"
    per_page = 25
    scope_key = ""
    scope_labels: Sequence[tuple[str, str]] = ()
    empty_text = ""

    def queryset(self, request: Any) -> QuerySet[Any]:
        raise NotImplementedError

    def get_title(self) -> str:
        return self.title

    def get_context(self, listing: Listing) -> dict[str, Any]:
        """More for the templates than the listing itself."""
        return {}

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
        rows, sort, descending = sorted_by(
            found, self.sorts, request.GET.get("sort", ""), self.default_sort
        )
        if request.GET.get("format") in FORMATS and self.columns:
            return self._export(request.GET["format"], rows, filterset, query)
        listing = Listing(
            page=page_of(rows, request.GET.get("page", "1"), self.per_page),
            sort=sort,
            descending=descending,
            default_sort=self.default_sort,
            sorts=self.sorts,
            noun=self.noun,
            columns=self.columns,
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
            "empty_text": self.empty_text,
            "can_export": bool(self.columns),
            "is_fragment": request.headers.get("HX-Target") == "results",
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
        every_row = rows.iterator(chunk_size=CHUNK)
        if kind == "csv":
            return csv_response(name=self.export_name, columns=self.columns, rows=every_row)
        chips = chips_of(filterset, "", query) if filterset else []
        facts = [("Filter", "; ".join(f"{chip.label}: {chip.words}" for chip in chips) or "keine")]
        return xlsx_response(
            name=self.export_name,
            title=self.get_title(),
            columns=self.columns,
            rows=every_row,
            facts=facts,
        )


class FormPage(View):
    """One form on one page; what it saves is saved once and never over somebody else's text."""

    form_class: type[forms.BaseForm] = Form
    template_name = "ui/form_page.html"
    title = ""
    lead = ""
    submit_label = "Speichern"
    success_message = ""
    cancel_url = ""
    audience = ""

    # Behind LoginRequiredMiddleware; views say `SignedInRequest`.
    request: Any
    object: Any = None
    expected_version: int | None = None

    def prepare(self, request: Any, **kwargs: Any) -> None:
        """Find `self.object` (404 when unseen) and refuse who may not write (PermissionDenied)."""

    def save(self, form: Any) -> Any:
        raise NotImplementedError

    def get_title(self) -> str:
        return self.title

    def get_context(self, form: Any) -> dict[str, Any]:
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        is_bound_to_model = (
            issubclass(self.form_class, forms.BaseModelForm) and self.object is not None
        )
        return {"instance": self.object} if is_bound_to_model else {}

    def get_initial(self) -> Mapping[str, Any]:
        return {}

    def get_success_message(self, result: Any) -> str:
        return self.success_message

    def get_success_url(self, result: Any) -> str:
        return str(result.get_absolute_url())

    def get_cancel_url(self) -> str:
        if self.cancel_url:
            return self.cancel_url
        return (
            str(self.object.get_absolute_url()) if hasattr(self.object, "get_absolute_url") else ""
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare(request, **kwargs)
        self.expected_version = getattr(self.object, "version", None)
        form = self.form_class(initial=dict(self.get_initial()), **self.get_form_kwargs())
        return self.show(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A repeated POST gets its answer before `prepare`, which would meet a changed record."""
        return answer_once(
            request, partial(self._act, kwargs), without_token=partial(self._ask_again, kwargs)
        )

    def _bound(self, request: HttpRequest, kwargs: Mapping[str, Any]) -> Any:
        self.prepare(request, **kwargs)
        self.expected_version = _whole_number(request.POST.get("_version", ""))
        return self.form_class(resolved(request.POST), request.FILES, **self.get_form_kwargs())

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "object": self.object,
            "title": self.get_title(),
            "lead": self.lead,
            "submit_label": self.submit_label,
            "cancel_url": self.get_cancel_url(),
            "audience": self.audience,
            "version": self.expected_version,
        }
        return render(
            self.request, self.template_name, context | self.get_context(form), status=status
        )

    def _act(self, kwargs: Mapping[str, Any], request: HttpRequest) -> HttpResponseBase:
        form = self._bound(request, kwargs)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            with transaction.atomic():
                result = self.save(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=422)
        except ValidationError as error:
            _add_errors(form, error)
            return self.show(form, status=422)
        except Conflict as conflict:
            return self._show_conflict(form, conflict)
        message = self.get_success_message(result)
        if message:
            messages.success(request, message)
        return redirect(self.get_success_url(result))

    def _ask_again(self, kwargs: Mapping[str, Any], request: HttpRequest) -> HttpResponse:
        form = self._bound(request, kwargs)
        form.add_error(
            None,
            "Diese Seite war zu alt. Ihre Eingaben sind noch da: Senden Sie sie noch einmal ab.",
        )
        return self.show(form, status=400)

    def _show_conflict(self, form: Any, conflict: Conflict) -> HttpResponseBase:
        return conflict_page(
            self.request,
            fields=self.compare(form, conflict.current),
            version=getattr(conflict.current, "version", None),
            title=self.get_title(),
            back_url=self.get_cancel_url(),
        )

    def compare(self, form: Any, current: Any) -> list[ConflictField]:
        """Field by field, the posted form against the record as stored."""
        kwargs = self.get_form_kwargs()
        if "instance" in kwargs:
            return compare_forms(form, self.form_class(**(kwargs | {"instance": current})))
        return compare_forms(
            form, self.form_class(**(kwargs | {"initial": self.get_stored(form, current)}))
        )

    def get_stored(self, form: Any, current: Any) -> Mapping[str, Any]:
        """The stored values under the form's field names, for forms that are not model forms."""
        return {name: getattr(current, name, None) for name in form.fields}


class ConfirmPage(FormPage):
    """Repeats the facts before something that cannot be undone."""

    template_name = "ui/confirm_page.html"
    warning = ""

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        return ()

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"facts": self.get_facts(), "warning": self.warning}


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _add_errors(form: Any, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)

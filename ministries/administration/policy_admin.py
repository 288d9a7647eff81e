"""Django's admin, closed where it leaks: all it reads or offers goes through the policy.

A ModelAdmin names the permission that lets somebody write (`permission`) and, if that differs, the
one that lets somebody read (`view_permission`); nobody deletes. Rows, dropdowns, filters and
autocomplete start at `<Model>.objects.visible_to(user)`. The second of two savers is told what the
first one changed, in the record and in each row below it.
"""

from collections.abc import Iterator
from typing import Any

import pghistory
from django.contrib.admin import FieldListFilter, ListFilter, ModelAdmin, ShowFacets
from django.contrib.admin.filters import RelatedFieldListFilter
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.contrib.admin.options import StackedInline as DjangoStackedInline
from django.contrib.admin.options import TabularInline as DjangoTabularInline
from django.contrib.admin.utils import get_fields_from_path, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError, models
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.http import url_has_allowed_host_and_scheme

from ministries.administration.dates import RoughDays, day_options
from ministries.administration.fields import (
    KeySelect,
    KeySelectMultiple,
    NamedFields,
    SentRows,
    is_key,
)
from ministries.administration.guards import (
    BrokenRule,
    VersionGuard,
    broken_rule,
    column_names,
    page_state,
    posted_state,
)
from ministries.history.changes import changes_of, link_context
from ministries.history.references import visible
from ministries.history.versioned import Versioned
from ui.forms import NumberInput
from ui.text import clean_line

LOOKUPS = ("exact", "in", "isnull", "isempty", "gte", "lte", "gt", "lt")


def label_of(row: models.Model) -> str:
    """Two houses may share an abbreviation; their label says until when."""
    return str(getattr(row, "label", row))


class PolicyRelatedFilter(RelatedFieldListFilter):
    """A filter by a related record that names only records this person may see."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: ModelAdmin) -> Any:
        shown = visible(field.remote_field.model, request.user)
        return [(row.pk, label_of(row)) for row in shown]


class Doors(BaseModelAdmin):
    """Reading and writing by permission, for pages and inlines alike."""

    permission = ""
    form: Any = RoughDays
    formfield_overrides = {
        models.IntegerField: {"widget": NumberInput},
        models.BigIntegerField: {"widget": NumberInput},
    }
    view_permission = ""
    read_only = False
    can_add = True
    view_on_site: Any = False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        name = self.view_permission or self.permission
        return bool(name) and request.user.has_perm(name, obj)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return bool(
            self.permission and not self.read_only and request.user.has_perm(self.permission, obj)
        )

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.can_add and self.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = visible(self.model, request.user)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Without Django's pop-up windows beside a field: they open other forms half-way."""
        options = day_options(db_field) | kwargs
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            widget = field.widget
            widget.can_add_related = widget.can_change_related = False
            widget.can_delete_related = widget.can_view_related = False
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        kwargs.setdefault("queryset", visible(db_field.remote_field.model, request.user))
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site))
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None:
            field.label_from_instance = label_of
        return field

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        kwargs.setdefault("queryset", visible(db_field.remote_field.model, request.user))
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class PolicyInline(Doors, InlineModelAdmin):
    extra = 0
    can_delete = False
    show_change_link = False


class TabularInline(PolicyInline, DjangoTabularInline):
    template = "admin/policy_tabular.html"
    formset = NamedFields


class StackedInline(PolicyInline, DjangoStackedInline):
    formset = SentRows


class PolicyAdmin(Doors, ModelAdmin):
    list_per_page = 25
    list_max_show_all = 0
    save_as = False
    actions: Any = None
    date_hierarchy = None
    list_editable = ()
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    plural_label = ""
    change_list_template = "admin/policy_change_list.html"
    change_form_template = "admin/policy_change_form.html"
    object_history_template = "admin/object_changes.html"

    # Addresses

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponseRedirect:
        """Unseen and non-existent records are the same: 404, and no message that repeats the key."""
        raise Http404

    def get_urls(self) -> list[URLPattern]:
        """Nobody deletes; what is not tracked has no history page."""
        left_out = ("_delete",) if self.is_tracked else ("_delete", "_history")
        return [url for url in super().get_urls() if not str(url.name).endswith(left_out)]

    @property
    def is_tracked(self) -> bool:
        return hasattr(self.model, "pgh_event_model")

    def get_plural_label(self) -> str:
        return self.plural_label or str(self.opts.verbose_name_plural)

    # Lists: only declared filters are answered

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [self._scoped(item) for item in super().get_list_filter(request)]

    def _scoped(self, item: Any) -> Any:
        if isinstance(item, str) and get_fields_from_path(self.model, item)[-1].is_relation:
            return (item, PolicyRelatedFilter)
        return item

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        label = self.get_plural_label()
        context = {"title": label, "plural_label": label, **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        return super().get_search_results(request, queryset, clean_line(search_term))

    def response_action(
        self, request: HttpRequest, queryset: QuerySet, *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(is_key(self.model, value) for value in chosen):
            raise SuspiciousOperation("A row was chosen that no list has.")
        return super().response_action(request, queryset, *args, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup in set(self._declared_lookups(request))

    def _declared_lookups(self, request: HttpRequest) -> Iterator[str]:
        for item in self.get_list_filter(request):
            if isinstance(item, type) and issubclass(item, ListFilter):
                if not issubclass(item, FieldListFilter):
                    yield str(getattr(item, "parameter_name", ""))
                continue
            path = item if isinstance(item, str) else item[0]
            yield path
            yield from (f"{path}__{lookup}" for lookup in LOOKUPS)
            field: Any = get_fields_from_path(self.model, path)[-1]
            if field.is_relation:
                yield f"{path}__{field.target_field.name}__exact"

    # Saving: one transaction (Django's), the reason and the area in the history, the version

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if "_saveasnew" in request.POST:
            raise SuspiciousOperation("There is no copying.")
        context = {"area": self.admin_site.name}
        if reason := clean_line(request.POST.get("_reason", ""))[:200]:
            context["reason"] = reason
        with pghistory.context(**context):
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except IntegrityError as error:
                # Rolled back. The form checks one row at a time, the database saw all of them:
                # show the same page once more, with the sentence of the violated rule.
                request.broken_rule = broken_rule(error)  # type: ignore[attr-defined]
                return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        kind: type[type] = type(form)
        if message := getattr(request, "broken_rule", ""):
            return kind(form.__name__, (BrokenRule, form), {"message": message})
        if not change:
            return form
        guards = {"seen": posted_state(request), "viewer": request.user}
        return kind(form.__name__, (VersionGuard, form), guards)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with pghistory.context(**link_context(form)):
            if not (change and isinstance(obj, Versioned)):
                super().save_model(request, obj, form, change)
                return
            fields = column_names(obj, form.cleaned_data)
            obj.save_versioned(expected=int(form.seen), fields=fields)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: BaseInlineFormSet, change: bool
    ) -> None:
        rows: list[models.Model] = formset.save(commit=False)
        for row in rows:
            if row.pk and isinstance(row, Versioned):
                row.save_versioned(
                    expected=row.version, fields=column_names(row, formset.form.base_fields)
                )
            else:
                row.save()
        for row in formset.deleted_objects:  # only inlines that say `can_delete` have any
            row.delete()
        formset.save_m2m()

    # Pages

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        inlines = context["inline_admin_formsets"]
        rows = [inline.formset for inline in inlines if inline.has_change_permission]
        state = page_state(obj, context["adminform"].form, rows) if change and obj else ""
        context["expected_version"] = state
        context["show_save_and_add_another"] = add
        context["plural_label"] = self.get_plural_label()
        context["has_history"] = self.is_tracked
        context["next_url"] = self._way_back(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _way_back(self, request: HttpRequest) -> str:
        """The page of Brücke somebody came from with ?next=…, if it is one of ours."""
        url = request.POST.get("_next") or request.GET.get("next", "")
        ours = url_has_allowed_host_and_scheme(url, allowed_hosts=None) and url.startswith("/")
        return url if ours else ""

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        if url := self._way_back(request):
            return HttpResponseRedirect(url)
        return super().response_post_save_change(request, obj)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        if url := self._way_back(request):
            return HttpResponseRedirect(url)
        return super().response_post_save_add(request, obj)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"Änderungen: {obj}",
            "object": obj,
            "opts": self.opts,
            "plural_label": self.get_plural_label(),
            "changes": changes_of(obj, viewer=request.user),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    # Django's own log would be a second history without before and after.

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None

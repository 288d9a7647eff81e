"""Activities: the list of all, those of a partnership, and the page of one."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from ministries.clock import today
from partnerships.imports.links import import_url
from partnerships.permissions import MAY_READ
from partnerships.records.activities.actions import move_activity
from partnerships.records.activities.columns import COLUMNS, ON_PAGE, with_costs
from partnerships.records.activities.filters import ActivityFilter
from partnerships.records.activities.form_views import houses_of
from partnerships.records.activities.forms import QuickActivityForm
from partnerships.records.activities.models import Activity
from partnerships.records.activities.page import find_activity, page_context
from partnerships.records.activities.states import ACTIVITY_TRANSITIONS, ActivityState
from partnerships.register.partners.page import find_partnership
from partnerships.register.partners.page import page_context as partnership_context
from ui.columns import chosen
from ui.errors import Conflict, Refusal
from ui.lists import Listing, Scope
from ui.receipts import once
from ui.views import ListPage

# On the tab of a partnership; the list shows all of them.
SHOWN = 50
SIMPLE_MOVES = {move.target for move in ACTIVITY_TRANSITIONS} - {
    ActivityState.DONE,
    ActivityState.CANCELLED,
}


@method_decorator(MAY_READ, name="dispatch")
class ActivityList(ListPage):
    title = "Aktivitäten"
    noun = ("Aktivität", "Aktivitäten")
    template_name = "partnerships/activity_list.html"
    export_name = "aktivitaeten"
    filterset_class = ActivityFilter
    primary_filters = ("q", "kind", "state", "partnership")
    scope_key = "mine"
    scope_labels = (("1", "Mein Ressort"), ("", "Alle"))
    default_sort = "-period"
    columns = COLUMNS
    on_page = ON_PAGE
    empty_text = "Noch keine Aktivitäten. Tragen Sie oben die erste ein."

    def queryset(self, request: HttpRequest) -> Any:
        known = Activity.objects.known_to(request.user).with_links().with_told_order()
        return known.select_related("ministry", "house_then").defer(
            "search_text", "aims", "results"
        )

    def export_rows(self, rows: Any) -> Iterable[Any]:
        return super().export_rows(with_costs(rows.defer(None).defer("search_text")))

    def get_context(self, listing: Listing) -> dict[str, Any]:
        user = self.request.user
        form = None
        if user.has_perm("partnerships.add_record"):
            partnerships = self.filterset.words.get("partnership", [])
            form = quick_form(user, partnerships=partnerships)
        return {
            "quick_form": form,
            "import_url": import_url(user, "aktivitaeten"),
        }

    def _scopes(self, query: QueryDict) -> list[Scope]:
        return super()._scopes(query) if self.request.user.capacities else []


def quick_form(user: Any, **options: Any) -> QuickActivityForm:
    return QuickActivityForm(houses=houses_of(user), auto_id="neu_%s", **options)


@require_safe
def of_partnership(request: HttpRequest, slug: str) -> HttpResponse:
    """Tab "Aktivitäten" of a partnership."""
    day = today()
    partnership = find_partnership(request.user, slug, day)
    known = Activity.objects.known_to(request.user).in_use().filter(partnerships=partnership)
    rows = list(
        known.with_links()
        .select_related("ministry", "house_then")
        .defer("search_text", "aims", "results")
        .order_by("-starts_on", "-pk")[:SHOWN]
    )
    context = partnership_context(partnership, request.user, day, active="activities")
    form = None
    if request.user.has_perm("partnerships.add_record"):
        choices = [(partnership.slug, partnership.name)]
        form = quick_form(request.user, partnerships=choices, is_fixed=True)
    context |= {
        "columns": chosen(COLUMNS, ON_PAGE),
        "coming": [row for row in reversed(rows) if row.last_day >= day],
        "past": [row for row in rows if row.last_day < day],
        "is_cut": len(rows) == SHOWN,
        "quick_form": form,
    }
    return render(request, "partnerships/partnership_activities.html", context)


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    context = page_context(request, find_activity(request.user, pk))
    return render(request, "partnerships/activity_page.html", context)


@require_POST
@once
def activity_move(request: HttpRequest, pk: int) -> HttpResponse:
    """To a state that needs no more than the wish; the others have forms."""
    found = find_activity(request.user, pk)
    if not request.user.has_perm("partnerships.write_record", found):
        raise PermissionDenied
    target, version = request.POST.get("target", ""), request.POST.get("_version", "")
    if target not in SIMPLE_MOVES:
        raise Http404
    try:
        move_activity(
            activity=found,
            target=target,
            expected_version=int(version) if version.isascii() and version.isdigit() else 0,
            by=request.user,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    except Conflict:
        messages.error(
            request,
            "Inzwischen hat jemand anderes gespeichert. Sehen Sie den Stand noch einmal an.",
        )
    else:
        messages.success(request, f"„{found.title}“ ist jetzt {found.get_state_display()}.")
    return redirect(found)

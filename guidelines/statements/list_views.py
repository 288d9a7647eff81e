"""Stellungnahmen of one's own houses, and Fehlanzeige for several of them at once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guidelines.statements.actions import file_nil_return
from guidelines.statements.columns import COLUMNS
from guidelines.statements.lists import StatementFilter, holdings, own_statements
from guidelines.statements.models import Statement
from guidelines.states.tables import StatementState
from ministries.clock import today
from partnerships.permissions import WRITERS
from ui.columns import Column
from ui.errors import Conflict, Refusal
from ui.lists import Listing
from ui.receipts import once
from ui.views import ListPage

NO_HOUSE = (
    "Ihre Funktion gehört zu keinem Ressort, das Stellungnahmen abgibt. Was vorliegt, "
    "steht im jeweiligen Leitlinien-Check."
)


class StatementList(ListPage):
    title = "Stellungnahmen Ihres Hauses"
    noun = ("Stellungnahme", "Stellungnahmen")
    export_name = "stellungnahmen"
    filterset_class = StatementFilter
    template_name = "guidelines/statement_list.html"
    empty_text = "Ihr Haus ist in keinem laufenden Leitlinien-Check um eine Stellungnahme gebeten."
    default_sort = "turn"
    columns = COLUMNS
    on_page = ("partnership", "round", "ministry", "turn", "due", "asked", "vote_words")

    def queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        if not request.user.reads_content:
            raise PermissionDenied
        return own_statements(request.user, today())

    def get_context(self, listing: Listing) -> dict[str, Any]:
        user = self.request.user
        return {
            "empty_text": self.empty_text if user.ministry_ids() else NO_HOUSE,
            "can_write": user.has_role(*WRITERS),
        }

    def page_columns(self) -> list[Column]:
        """The house, where somebody has several."""
        has_several = len(self.request.user.ministry_ids()) > 1
        shown = super().page_columns()
        return [column for column in shown if has_several or column.key != "ministry"]


@require_http_methods(["GET", "HEAD", "POST"])
@once
def nil_return(request: HttpRequest) -> HttpResponseBase:
    """Choose, see what the register holds, confirm: `?s=1&s=2` names the chosen ones."""
    open_ones = own_statements(request.user, today()).filter(
        ministry__in=request.user.ministry_ids(*WRITERS),
        state=StatementState.OPEN,
    )
    if not request.user.has_role(*WRITERS):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else request.GET
    chosen = {int(pk) for pk in data.getlist("s") if pk.isascii() and pk.isdigit() and len(pk) < 18}
    rows = list(
        open_ones.filter(pk__in=Statement.objects.awaited(today())).order_by(
            "guideline_check__partnership__sort_key", "pk"
        )
    )
    picked = [row for row in rows if row.pk in chosen]
    if request.method == "POST":
        return _file(request, picked, missing=len(chosen) - len(picked))
    if "s" in data and not picked:
        messages.info(request, "Wählen Sie mindestens eine offene Stellungnahme aus.")
    return _ask(request, picked or rows, is_confirming=bool(picked))


def _file(request: HttpRequest, picked: Sequence[Statement], *, missing: int) -> HttpResponseBase:
    try:
        with transaction.atomic():
            if missing or not picked:
                raise Refusal(
                    "Mindestens eine der ausgewählten Stellungnahmen ist nicht mehr offen. "
                    "Wählen Sie bitte noch einmal aus."
                )
            file_nil_return(statements=picked, by=request.user, now=timezone.now())
    except (Refusal, Conflict) as problem:
        messages.error(request, str(problem))
        return redirect("guidelines:nil-return")
    names = ", ".join(row.guideline_check.partnership.name for row in picked)
    messages.success(
        request, f"Fehlanzeige zu {names} liegt jetzt Ihrer Referatsleitung zur Freigabe vor."
    )
    return redirect("guidelines:statements")


def _ask(request: HttpRequest, rows: Sequence[Statement], *, is_confirming: bool) -> HttpResponse:
    found = holdings(rows, today())
    context = {
        "title": "Fehlanzeige bestätigen" if is_confirming else "Fehlanzeige",
        "rows": [(row, found[row.pk]) for row in rows],
        "is_confirming": is_confirming,
    }
    return render(request, "guidelines/statement_nil_return.html", context)

"""Wiedervorlagen of the house as a list, and those of one partnership."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from ministries.clock import today
from ministries.models import User
from partnerships.permissions import MAY_READ
from partnerships.records.follow_ups.columns import COLUMNS
from partnerships.records.follow_ups.filters import FollowUpFilter
from partnerships.records.follow_ups.models import FollowUp
from partnerships.register.partners.page import find_partnership, page_context
from ui.columns import chosen
from ui.lists import Listing
from ui.views import ListPage

DONE_SHOWN = 50


def with_words(follow_ups: Iterable[FollowUp], user: User, day: date) -> list[FollowUp]:
    """What the rows of a table show besides the fields; no query."""
    rows = list(follow_ups)
    for row in rows:
        row.is_late = row.done_at is None and row.due_on < day
        row.may_write = user.has_perm("partnerships.write_follow_up", row)
    return rows


@method_decorator(MAY_READ, name="dispatch")
class FollowUpList(ListPage):
    title = "Wiedervorlagen"
    noun = ("Wiedervorlage", "Wiedervorlagen")
    export_name = "wiedervorlagen"
    template_name = "partnerships/follow_up_list.html"
    filterset_class = FollowUpFilter
    primary_filters = ("q", "state")
    scope_key = "mine"
    scope_labels = (("1", "Meine"), ("", "Unser Haus"))
    empty_text = "Keine offene Wiedervorlage. Angelegt wird eine auf der Seite der Partnerschaft."
    default_sort = "due"
    columns = COLUMNS
    on_page = ("text", "partnership", "due", "person", "act")

    def queryset(self, request: HttpRequest) -> Any:
        seen = FollowUp.objects.visible_to(request.user)
        return seen.select_related("partnership", "assigned_to", "ministry")

    def get_context(self, listing: Listing) -> dict[str, Any]:
        user = self.request.user
        with_words(listing.rows, user, today())
        return {"may_add": user.has_perm("partnerships.add_follow_up"), "back": "list"}


@require_safe
def of_partnership(request: HttpRequest, slug: str) -> HttpResponse:
    day = today()
    partnership = find_partnership(request.user, slug, day)
    seen = (
        FollowUp.objects.visible_to(request.user)
        .filter(partnership=partnership)
        .select_related("assigned_to", "ministry", "partnership")
    )
    context = page_context(partnership, request.user, day, active="follow_ups")
    context |= {
        "columns": chosen(COLUMNS, ("text", "due", "person", "act")),
        "open_rows": with_words(seen.open(), request.user, day),
        "done_rows": with_words(seen.done().order_by("-done_at")[:DONE_SHOWN], request.user, day),
        "may_add": request.user.has_perm("partnerships.add_follow_up"),
        "back": "partnership",
    }
    return render(request, "partnerships/follow_ups_of_partnership.html", context)

"""Wiedervorlagen of the house as a list, and those of one partnership."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from ministries.clock import today
from partnerships.permissions import MAY_READ
from partnerships.records.follow_ups.filters import FollowUpFilter
from partnerships.records.follow_ups.models import SUBJECTS, FollowUp
from partnerships.register.partners.page import find_partnership, page_context
from ui.columns import Column
from ui.lists import Listing
from ui.views import ListPage

DONE_SHOWN = 50


def with_words(follow_ups: Any, user: Any, day: Any) -> list[Any]:
    """What the rows of a table show besides the columns; no query."""
    rows = list(follow_ups)
    for row in rows:
        row.about_words = about(row)
        row.is_overdue = row.done_at is None and row.due_on < day
        row.may_write = user.has_perm("partnerships.write_follow_up", row)
    return rows


def about(follow_up: FollowUp) -> str:
    """ "zum Vermerk": which kind of record it is about, without a look at the record."""
    for name in SUBJECTS:
        if getattr(follow_up, f"{name}_id"):
            return str(FollowUp._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return ""


@method_decorator(MAY_READ, name="dispatch")
class FollowUpList(ListPage):
    title = "Wiedervorlagen"
    noun = ("Wiedervorlage", "Wiedervorlagen")
    export_name = "wiedervorlagen"
    template_name = "partnerships/follow_up_list.html"
    filterset_class = FollowUpFilter
    primary_filters = ("q", "state")
    rows_template = "partnerships/_follow_up_rows.html"
    scope_key = "mine"
    scope_labels = (("1", "Meine"), ("", "Unser Haus"))
    empty_text = "Keine offene Wiedervorlage. Angelegt wird eine auf der Seite der Partnerschaft."
    default_sort = "due"
    columns = [
        Column("text", "Anlass", sort=["text"]),
        Column(
            "partnership", "Partnerschaft", "partnership.name", ["partnership__sort_key", "due_on"]
        ),
        Column("about", "Zu", about),
        Column("due", "Fällig", "due_on", ["due_on"]),
        Column(
            "person",
            "Für",
            lambda row: row.assigned_to or "das ganze Haus",
            ["assigned_to__name", "due_on"],
        ),
        Column("house", "Ressort", "ministry.abbreviation"),
        Column("done_at", "Erledigt"),
    ]

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
        "open_rows": with_words(seen.open(), request.user, day),
        "done_rows": with_words(seen.done().order_by("-done_at")[:DONE_SHOWN], request.user, day),
        "may_add": request.user.has_perm("partnerships.add_follow_up"),
        "back": "partnership",
    }
    return render(request, "partnerships/follow_ups_of_partnership.html", context)

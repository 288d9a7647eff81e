"""The houses of the state government: the list of them, and the page of one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from ministries.clock import today
from ministries.dated import Dated
from ministries.models import Ministry, Responsibility
from ministries.requests import signed_in
from partnerships.house_list import ORDER, HouseFilter, houses
from partnerships.models import Lead, Participation
from partnerships.views.lists import MAY_READ
from ui.dates import german_date
from ui.views import ListPage

SHOWN = 100


def period_words(row: Dated) -> str:
    """ "seit 19.12.2024", "bis 18.12.2024"; empty where neither end is known."""
    begin = german_date(row.valid_from) if row.valid_from else ""
    end = german_date(row.valid_until) if row.valid_until else ""
    if begin and end:
        return f"{begin} bis {end}"
    return f"seit {begin}" if begin else f"bis {end}" if end else ""


@method_decorator(MAY_READ, name="dispatch")
class HouseList(ListPage):
    title = "Ressorts"
    noun = ("Ressort", "Ressorts")
    export_name = "ressorts"
    filterset_class = HouseFilter
    rows_template = "partnerships/_house_rows.html"
    sorts = {
        "order": ("Protokollfolge", ORDER),
        "name": ("Name", ("name", "pk")),
        "since": ("Bestehen", ("valid_from", "sort_order", "pk")),
    }
    default_sort = "order"
    columns = [
        ("abbreviation", "Abkürzung", lambda row: row.abbreviation),
        ("name", "Name", lambda row: row.name),
        ("from", "Besteht seit", lambda row: row.valid_from),
        ("until", "Bestand bis", lambda row: row.valid_until),
        ("mailbox", "Funktionspostfach", lambda row: row.mailbox),
        ("areas", "Fachgebiete", lambda row: ", ".join(row.area_names)),
        ("leads", "Federführungen", lambda row: row.lead_number),
        ("confirmed", "Bestätigt", lambda row: row.is_confirmed),
        ("source", "Quelle", lambda row: row.source),
    ]

    def queryset(self, request: HttpRequest) -> Any:
        return houses(request.user, today())  # behind the login

    def get_context(self, listing: Any) -> dict[str, Any]:
        for row in listing.rows:
            row.period = period_words(row)
        return {}


@MAY_READ
@require_safe
def house(request: HttpRequest, slug: str) -> HttpResponse:
    user, day = signed_in(request), today()
    row = get_object_or_404(Ministry.objects.visible_to(user), slug=slug)
    charges = Responsibility.objects.visible_to(user).filter(ministry=row)
    leads = Lead.objects.visible_to(user).filter(ministry=row).select_related("partnership")
    areas = charges.on(day).values("subject_area")
    touched = Participation.objects.visible_to(user).filter(subject_area__in=areas)
    participations = touched.select_related("partnership", "subject_area")
    context = {
        "title": row.name,
        "ministry": row,
        "period": period_words(row),
        "charges": [
            (charge, period_words(charge), charge.contains(day))
            for charge in charges.select_related("subject_area")
        ],
        "leads": [
            (lead, period_words(lead), lead.contains(day))
            for lead in leads.order_by("partnership__sort_key", "-valid_from")[:SHOWN]
        ],
        "participations": participations.order_by("partnership__sort_key")[:SHOWN],
        "most": SHOWN,
        "predecessors": row.predecessors.in_protocol_order(),
        "successors": row.successors.in_protocol_order(),
        "may_reorganise": user.has_perm("partnerships.maintain_register") and row.contains(day),
    }
    return render(request, "partnerships/house_page.html", context)

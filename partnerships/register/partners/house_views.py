"""The houses of the state government: the list of them, and the page of one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from ministries.clock import today
from ministries.history.dated import Dated
from ministries.models import Ministry, Responsibility
from partnerships.permissions import MAY_READ
from partnerships.register.partners.facts import period_words
from partnerships.register.partners.house_list import ORDER, HouseFilter, houses
from partnerships.register.partners.partnerships import Participation
from partnerships.register.partners.periods import Lead
from ui import markup
from ui.columns import Column
from ui.views import ListPage

SHOWN = 100


def words_of(row: Dated) -> str:
    return period_words(row.valid_from, row.valid_until)


def _house(row: Ministry) -> SafeString:
    name = markup.row_link(reverse("partnerships:house", args=[row.slug]), row.abbreviation)
    return markup.noted(name, "" if row.is_confirmed else "unbestätigt")


def _mailbox(row: Ministry) -> SafeString | None:
    return markup.link(f"mailto:{row.mailbox}", row.mailbox) if row.mailbox else None


def _areas(row: Any) -> SafeString:
    return markup.lines((markup.line(name) for name in row.area_names), "keine")


@method_decorator(MAY_READ, name="dispatch")
class HouseList(ListPage):
    title = "Ressorts"
    noun = ("Ressort", "Ressorts")
    export_name = "ressorts"
    filterset_class = HouseFilter
    default_sort = "order"
    on_page = ("order", "name", "since", "mailbox", "areas", "lead_number")
    columns = [
        Column("abbreviation", "Abkürzung"),
        Column("order", "Protokollfolge", sort=ORDER, cell=_house, in_file=False),
        Column("name", "Name", sort=["name", "pk"]),
        Column("valid_from", "Besteht seit"),
        Column("valid_until", "Bestand bis"),
        Column("since", "Bestehen", sort=["valid_from", "sort_order", "pk"], cell=words_of, in_file=False),
        Column("mailbox", "Funktionspostfach", cell=_mailbox),
        Column("areas", "Fachgebiete", lambda row: ", ".join(row.area_names), cell=_areas),
        Column("lead_number", "Federführungen", is_numeric=True),
        Column("is_confirmed", "Bestätigt"),
        Column("source", "Quelle"),
    ]  # fmt: skip

    def queryset(self, request: HttpRequest) -> Any:
        return houses(request.user, today())  # behind the login


@MAY_READ
@require_safe
def house(request: HttpRequest, slug: str) -> HttpResponse:
    user, day = request.user, today()
    row = get_object_or_404(Ministry.objects.visible_to(user), slug=slug)
    charges = Responsibility.objects.visible_to(user).filter(ministry=row)
    leads = Lead.objects.visible_to(user).filter(ministry=row).select_related("partnership")
    areas = charges.on(day).values("subject_area")
    touched = Participation.objects.visible_to(user).filter(subject_area__in=areas)
    participations = touched.select_related("partnership", "subject_area")
    context = {
        "title": row.name,
        "ministry": row,
        "period": words_of(row),
        "charges": [
            (charge, words_of(charge), charge.contains(day))
            for charge in charges.select_related("subject_area")
        ],
        "leads": [
            (lead, words_of(lead), lead.contains(day))
            for lead in leads.order_by("partnership__sort_key", "-valid_from")[:SHOWN]
        ],
        "participations": participations.order_by("partnership__sort_key")[:SHOWN],
        "most": SHOWN,
        "predecessors": row.predecessors.in_protocol_order(),
        "successors": row.successors.in_protocol_order(),
        "may_reorganise": user.has_perm("partnerships.maintain_register") and row.contains(day),
    }
    return render(request, "partnerships/house_page.html", context)

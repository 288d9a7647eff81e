"""Sachstände: the tab with all areas of a partnership, writing, releasing, confirming, the list."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from ministries.clock import today
from ministries.models import SubjectArea
from partnerships.imports.links import import_url
from partnerships.permissions import MAY_READ
from partnerships.records.shared.kinds import kind_of
from partnerships.records.shared.page_views import RecordAdd, RecordEdit, act_as_seen
from partnerships.records.subject_records.actions import (
    confirm_subject_record,
    release_subject_record,
)
from partnerships.records.subject_records.filters import SubjectRecordFilter
from partnerships.records.subject_records.forms import SubjectRecordForm
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.register.partners.page import find_partnership, page_context
from partnerships.register.partners.partnerships import Participation
from ui import markup
from ui.columns import Column
from ui.receipts import once
from ui.views import ListPage

DRAFT = (
    "Bis zur Freigabe nur Ihr Haus; danach lesen alle Sachstand, Ziele, nächste Schritte und Quelle. "
    "Interne Notizen liest immer nur Ihr Haus."
)
RELATED = ("ministry", "subject_area", "partnership", "offered_to")


@require_safe
def subject_records(request: HttpRequest, slug: str) -> HttpResponse:
    day, user = today(), request.user
    partnership = find_partnership(user, slug, day)
    seen = SubjectRecord.objects.visible_to(user).filter(partnership=partnership)
    rows: list[Any] = list(
        seen.in_use()
        .select_related(*RELATED)
        .order_by("ministry__sort_order", "subject_area__sort_order", "pk")
    )
    for row in rows:
        row.is_own, row.kind = row.is_of(user), kind_of(row)
        row.may_write = user.has_perm("partnerships.write_record", row)
    areas = Participation.objects.visible_to(user).filter(partnership=partnership)
    known = {row.subject_area_id for row in rows}
    gaps = [
        area
        for area in areas.with_houses(day).select_related("subject_area")
        if area.subject_area_id not in known
    ]
    context = page_context(partnership, user, day, active="subject_records")
    context |= {
        "records": rows,
        "gaps": gaps,
        "own_houses": {capacity.ministry_abbreviation for capacity in user.capacities},
        "may_add": user.has_perm("partnerships.add_record"),
    }
    return render(request, "partnerships/partnership_subject_records.html", context)


class SubjectRecordAdd(RecordAdd):
    model = SubjectRecord
    form_class = SubjectRecordForm
    title = "Sachstand schreiben"
    submit_label = "Als Entwurf speichern"
    audience = DRAFT

    def get_initial(self) -> dict[str, Any]:
        """The address may name the area, as the list of gaps does."""
        slug = self.request.GET.get("fachgebiet", "")
        area = SubjectArea.objects.visible_to(self.request.user).filter(slug=slug).first()
        return {"subject_area": area.pk} if area else {}

    def get_cancel_url(self) -> str:
        return reverse("partnerships:subject-records", args=[self.object.slug])


class SubjectRecordEdit(RecordEdit):
    model = SubjectRecord
    form_class = SubjectRecordForm
    title = "Sachstand bearbeiten"
    submit_label = "Entwurf speichern"
    audience = DRAFT

    def get_title(self) -> str:
        return f"Sachstand {self.object.subject_area}: {self.object.partnership}"


def find_record(request: HttpRequest, pk: int) -> SubjectRecord:
    seen = SubjectRecord.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related(*RELATED), pk=pk)


@require_POST
@once
def subject_record_release(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _act(request, pk, release_subject_record, "ist freigegeben; alle lesen ihn jetzt")


@require_POST
@once
def subject_record_confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _act(request, pk, confirm_subject_record, "ist als aktuell bestätigt")


def _act(request: HttpRequest, pk: int, act: Any, words: str) -> HttpResponseBase:
    row = find_record(request, pk)
    act_as_seen(request, act, f"Der Sachstand „{row}“ {words}.", record=row, today=today())
    back = request.POST.get("next", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else row)


@method_decorator(MAY_READ, name="dispatch")
class SubjectRecordList(ListPage):
    title = "Sachstände"
    noun = ("Sachstand", "Sachstände")
    export_name = "sachstaende"
    filterset_class = SubjectRecordFilter
    primary_filters = ("q", "partnership", "house", "state")
    template_name = "partnerships/importable_list.html"
    scope_key = "mine"
    scope_labels = (("1", "Mein Ressort"), ("", "Alle"))
    empty_text = "Noch kein Sachstand. Schreiben Sie den ersten auf der Seite einer Partnerschaft."
    default_sort = "partnership"
    on_page = ("partnership", "area", "house", "state", "confirmed")
    columns = [
        Column("partnership", "Partnerschaft", "partnership.name",
               ["partnership__sort_key", "subject_area__sort_order"]),
        Column("area", "Fachgebiet", "subject_area.name", ["subject_area__sort_order", "partnership__sort_key"]),
        Column("house", "Ressort", "ministry.abbreviation", ["ministry__sort_order", "partnership__sort_key", "pk"],
               markup.house),
        Column("released_situation", "Sachstand"),
        Column("released_aims", "Ziele"),
        Column("released_next_steps", "Nächste Schritte"),
        Column("released_on", "Freigegeben am"),
        Column("state", "Stand", lambda row: "freigegeben" if row.released_on else "nicht freigegeben", in_file=False),
        Column("confirmed_on", "Bestätigt am"),
        Column("confirmed", "Bestätigt", sort=[F("confirmed_on").asc(nulls_first=True), "pk"],
               template="partnerships/_subject_record_confirmed.html", in_file=False),
        Column("released_source", "Quelle"),
    ]  # fmt: skip

    def queryset(self, request: HttpRequest) -> Any:
        seen = SubjectRecord.objects.visible_to(request.user).in_use()
        return seen.select_related("ministry", "subject_area", "partnership")

    def get_context(self, listing: Any) -> dict[str, Any]:
        for row in listing.rows:
            row.may_confirm = row.released_on and self.request.user.has_perm(
                "partnerships.write_record", row
            )
        return {
            "back": self.request.get_full_path(),
            "import_url": import_url(self.request.user, "sachstaende"),
        }

"""Arbeitsgruppen: all of them, those of one partnership, and one with its sessions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from ministries.clock import today
from ministries.history.references import with_references
from partnerships.permissions import MAY_READ
from partnerships.records.commitments.models import Commitment
from partnerships.records.shared.page_views import RecordAdd, RecordEdit
from partnerships.records.working_groups.columns import COLUMNS
from partnerships.records.working_groups.filters import WorkingGroupFilter
from partnerships.records.working_groups.forms import WorkingGroupForm
from partnerships.records.working_groups.models import WorkingGroup
from partnerships.register.partners.page import find_partnership, page_context
from ui.columns import chosen
from ui.views import ListPage

EVERYONE = "Alle angemeldeten Personen, sofort."
RELATED = ("partnership", "ministry")


@method_decorator(MAY_READ, name="dispatch")
class WorkingGroupList(ListPage):
    title = "Arbeitsgruppen"
    noun = ("Arbeitsgruppe", "Arbeitsgruppen")
    export_name = "arbeitsgruppen"
    filterset_class = WorkingGroupFilter
    primary_filters = ("q", "session", "partnership", "house")
    scope_key = "mine"
    scope_labels = (("1", "Mein Ressort"), ("", "Alle"))
    empty_text = "Keine Arbeitsgruppe. Erfasst wird eine auf der Seite der Partnerschaft."
    default_sort = "next"
    columns = COLUMNS
    on_page = ("name", "partnership", "last", "next", "house")

    def queryset(self, request: HttpRequest) -> Any:
        seen = WorkingGroup.objects.visible_to(request.user).in_use()
        rows = seen.with_sessions(today()).select_related(*RELATED)
        return with_references(rows, request.user, "parent")


@require_safe
def of_partnership(request: HttpRequest, slug: str) -> HttpResponse:
    day = today()
    partnership = find_partnership(request.user, slug, day)
    seen = WorkingGroup.objects.visible_to(request.user).filter(partnership=partnership)
    related = seen.with_sessions(day).select_related(*RELATED).order_by("name", "pk")
    rows = list(with_references(related, request.user, "parent"))
    context = page_context(partnership, request.user, day, active="working_groups")
    context |= {
        "columns": chosen(COLUMNS, ("name", "last", "next", "house")),
        "groups": [row for row in rows if not row.archived_on],
        "archived": [row for row in rows if row.archived_on],
        "may_add": request.user.has_perm("partnerships.add_record"),
    }
    return render(request, "partnerships/partnership_working_groups.html", context)


@require_safe
def working_group(request: HttpRequest, pk: int) -> HttpResponse:
    day, user = today(), request.user
    seen = WorkingGroup.objects.visible_to(user)
    related = seen.with_sessions(day).select_related(*RELATED, "offered_to")
    row = get_object_or_404(with_references(related, user, "parent"), pk=pk)
    meetings = list(row.meetings.order_by("-held_on"))
    promised = Commitment.objects.visible_to(user).in_use().filter(meeting__in=meetings)
    context = {
        "title": row.name,
        "group": row,
        "record": row,
        "today": day,
        "planned": [meeting for meeting in meetings if meeting.held_on > day],
        "held": [meeting for meeting in meetings if meeting.held_on <= day],
        "sub_groups": seen.in_use().filter(parent=row).order_by("name", "pk"),
        "commitments": list(promised.select_related("partnership", "ministry")),
        "may_write": user.has_perm("partnerships.write_record", row) and not row.archived_on,
    }
    return render(request, "partnerships/working_group_page.html", context)


class WorkingGroupAdd(RecordAdd):
    model = WorkingGroup
    form_class = WorkingGroupForm
    title = "Arbeitsgruppe erfassen"
    submit_label = "Erfassen"
    audience = EVERYONE

    def get_cancel_url(self) -> str:
        return reverse("partnerships:working-groups", args=[self.object.slug])

    def get_success_url(self, result: WorkingGroup) -> str:
        return result.get_absolute_url()


class WorkingGroupEdit(RecordEdit):
    model = WorkingGroup
    form_class = WorkingGroupForm
    title = "Arbeitsgruppe bearbeiten"
    submit_label = "Änderungen speichern"
    audience = EVERYONE

    def get_cancel_url(self) -> str:
        return self.object.get_absolute_url()

    def get_success_url(self, result: WorkingGroup) -> str:
        return self.get_cancel_url()

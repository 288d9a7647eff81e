"""Zusagen: all of them, those of one partnership, one of them, and what is done with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from ministries.clock import today
from ministries.history.references import with_references
from partnerships.permissions import MAY_READ
from partnerships.records.commitments.actions import reopen_commitment, settle_commitment
from partnerships.records.commitments.columns import COLUMNS
from partnerships.records.commitments.filters import CommitmentFilter
from partnerships.records.commitments.forms import CommitmentForm
from partnerships.records.commitments.models import Commitment
from partnerships.records.shared.kinds import kind_of
from partnerships.records.shared.page_views import RecordAdd, RecordEdit, act_as_seen
from partnerships.register.partners.page import find_partnership, page_context
from ui.receipts import once
from ui.views import ListPage

EVERYONE = "Alle angemeldeten Personen, sofort; was zu einer Aktivität gehört, nur wer diese liest."
SOURCES = ("agreement", "activity", "meeting")


@method_decorator(MAY_READ, name="dispatch")
class CommitmentList(ListPage):
    title = "Zusagen"
    noun = ("Zusage", "Zusagen")
    export_name = "zusagen"
    filterset_class = CommitmentFilter
    primary_filters = ("q", "state", "side", "house")
    scope_key = "mine"
    scope_labels = (("1", "Mein Ressort"), ("", "Alle"))
    empty_text = "Keine offene Zusage. Erfasst wird eine auf der Seite der Partnerschaft."
    default_sort = "due"
    columns = COLUMNS
    on_page = ("title", "partnership", "side", "due", "house")

    def queryset(self, request: HttpRequest) -> Any:
        seen = Commitment.objects.visible_to(request.user).in_use()
        return seen.select_related("partnership", "ministry")


@require_safe
def of_partnership(request: HttpRequest, slug: str) -> HttpResponse:
    day = today()
    partnership = find_partnership(request.user, slug, day)
    seen = Commitment.objects.visible_to(request.user).in_use().filter(partnership=partnership)
    rows = list(seen.select_related("partnership", "ministry"))
    context = page_context(partnership, request.user, day, active="commitments")
    context |= {
        "open_rows": [row for row in rows if row.settled_on is None],
        "settled_rows": [row for row in rows if row.settled_on],
        "may_add": request.user.has_perm("partnerships.add_record"),
    }
    return render(request, "partnerships/partnership_commitments.html", context)


def find_commitment(request: HttpRequest, pk: int) -> Commitment:
    seen = Commitment.objects.visible_to(request.user)
    related = seen.select_related("ministry", "partnership", "offered_to")
    return get_object_or_404(with_references(related, request.user, *SOURCES), pk=pk)


@require_safe
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    row = find_commitment(request, pk)
    context = {
        "title": row.title,
        "commitment": row,
        "record": row,
        "kind": kind_of(row),
        "may_write": request.user.has_perm("partnerships.write_record", row),
    }
    return render(request, "partnerships/commitment_page.html", context)


class CommitmentAdd(RecordAdd):
    model = Commitment
    form_class = CommitmentForm
    title = "Zusage erfassen"
    submit_label = "Erfassen"
    audience = EVERYONE

    def get_cancel_url(self) -> str:
        return reverse("partnerships:commitments", args=[self.object.slug])

    def get_success_url(self, result: Commitment) -> str:
        return result.get_absolute_url()


class CommitmentEdit(RecordEdit):
    model = Commitment
    form_class = CommitmentForm
    title = "Zusage bearbeiten"
    submit_label = "Änderungen speichern"
    audience = EVERYONE

    def get_cancel_url(self) -> str:
        return self.object.get_absolute_url()

    def get_success_url(self, result: Commitment) -> str:
        return self.get_cancel_url()


@require_POST
@once
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    row = find_commitment(request, pk)
    act_as_seen(
        request,
        settle_commitment,
        "Die Zusage ist erledigt. War das ein Irrtum, öffnen Sie sie wieder.",
        commitment=row,
        outcome=request.POST.get("outcome", ""),
        today=today(),
    )
    return redirect(row)


@require_POST
@once
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    row = find_commitment(request, pk)
    act_as_seen(request, reopen_commitment, "Die Zusage ist wieder offen.", commitment=row)
    return redirect(row)

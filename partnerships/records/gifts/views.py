"""Gifts given and received, with their value."""

from typing import Any

from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ministries.clock import today
from ministries.history.references import with_references
from partnerships.records.gifts.forms import GiftForm
from partnerships.records.gifts.models import Gift
from partnerships.records.shared.page_views import RecordAdd, RecordEdit
from partnerships.register.partners.page import find_partnership, page_context
from ui.dates import german_date

AUDIENCE = "Alle angemeldeten Personen, sofort; was zu einer Aktivität gehört, nur wer diese liest."


@require_safe
def gifts(request: HttpRequest, slug: str) -> HttpResponse:
    day = today()
    partnership = find_partnership(request.user, slug, day)
    seen = Gift.objects.visible_to(request.user).filter(partnership=partnership).in_use()
    rows: list[Any] = list(
        with_references(seen.select_related("ministry"), request.user, "activity")
    )
    for row in rows:
        row.may_write = request.user.has_perm("partnerships.write_record", row)
    context = page_context(partnership, request.user, day, active="gifts")
    context |= {
        "gifts": rows,
        "sums": _sums(seen),
        "may_add": request.user.has_perm("partnerships.add_record"),
    }
    return render(request, "partnerships/partnership_gifts.html", context)


def _sums(seen: QuerySet[Gift]) -> list[tuple[str, Any]]:
    """Value by direction, where one is known."""
    labels = dict(Gift.Direction.choices)
    rows = seen.order_by().values("direction").annotate(total=Sum("value"))
    return [(str(labels[row["direction"]]), row["total"]) for row in rows if row["total"]]


class GiftAdd(RecordAdd):
    model = Gift
    form_class = GiftForm
    title = "Gastgeschenk erfassen"
    submit_label = "Erfassen"
    audience = AUDIENCE

    def get_initial(self) -> dict[str, Any]:
        return {"given_on": german_date(today())}

    def get_cancel_url(self) -> str:
        return reverse("partnerships:gifts", args=[self.object.slug])

    def get_success_url(self, result: Gift) -> str:
        return self.get_cancel_url()


class GiftEdit(RecordEdit):
    model = Gift
    object: Gift
    form_class = GiftForm
    title = "Gastgeschenk bearbeiten"
    submit_label = "Änderungen speichern"
    audience = AUDIENCE

    def get_cancel_url(self) -> str:
        return reverse("partnerships:gifts", args=[self.object.partnership.slug])

    def get_success_url(self, result: Gift) -> str:
        return self.get_cancel_url()

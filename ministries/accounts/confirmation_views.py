"""A head says which people belong to the house; until then their functions hold nothing."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ministries.accounts.appointment_actions import confirm_appointment
from ministries.accounts.appointments import PENDING_DAYS, Appointment
from ministries.clock import today
from ui.dates import german_date
from ui.forms import Form
from ui.views import ConfirmPage


@require_safe
def confirmations(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not user.has_perm("ministries.confirm_appointment"):
        raise PermissionDenied
    waiting = Appointment.objects.visible_to(user).to_confirm(user, today())
    context = {
        "title": "Funktionen bestätigen",
        "waiting": waiting.select_related("user", "ministry").order_by("requested_on", "pk"),
        "days": PENDING_DAYS,
    }
    return render(request, "ministries/confirmations.html", context)


class ConfirmAppointment(ConfirmPage):
    object: Appointment
    title = "Funktion bestätigen"
    submit_label = "Bestätigen"
    warning = (
        "Bestätigen Sie nur, wen Ihr Haus mit dieser Aufgabe betraut hat. Gehört die Person nicht "
        "dazu, tun Sie nichts: Die Funktion verfällt von selbst."
    )
    audience = "Ihr Haus, die Technik, die Revision und die Person selbst."

    def prepare(self, request: HttpRequest, pk: int) -> None:
        rows = Appointment.objects.visible_to(self.request.user).select_related("user", "ministry")
        self.object = get_object_or_404(rows, pk=pk)
        if not self.request.user.has_perm("ministries.confirm_appointment", self.object):
            raise PermissionDenied

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        row = self.object
        return (
            ("Person", row.user.name),
            ("E-Mail-Adresse", row.user.email),
            ("Referat", row.user.unit),
            ("Funktion", row.function),
            ("gültig ab", german_date(row.valid_from)),
            ("gültig bis", german_date(row.valid_until)),
        )

    def save(self, form: Form) -> Appointment:
        confirm_appointment(self.object, by=self.request.user, today=today())
        return self.object

    def get_success_message(self, result: Appointment) -> str:
        return f"Bestätigt: {result.user.name}, {result.function}."

    def get_success_url(self, result: Appointment) -> str:
        return reverse("accounts:confirmations")

    def get_cancel_url(self) -> str:
        return reverse("accounts:confirmations")

"""A row of an account's functions in /technik/: given by the rules of inviting, later only ended."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ministries.accounts.appointments import Appointment
from ministries.accounts.roles import Role
from ministries.accounts.users import User
from ministries.clock import today
from ministries.permissions import NO_ORDER, NOT_INVITING, inviting, lacks_order

FIXED = ("role", "ministry", "valid_from", "deputy_for", "is_chief", "order_reference")
ONLY_ENDS = (
    "Eine eingetragene Funktion wird hier nur früher beendet. "
    "Soll sie länger gelten, tragen Sie eine neue ein, die am Tag danach beginnt."
)
NO_MAILBOX = "Für dieses Haus ist kein Funktionspostfach erfasst; es erführe nichts davon."


class AppointmentForm(forms.ModelForm):
    by: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIXED:
            if self.instance.pk and name in self.fields:
                self.fields[name].disabled = True

    def clean_valid_until(self) -> date | None:
        until: date | None = self.cleaned_data["valid_until"]
        before: date | None = self.instance.valid_until if self.instance.pk else until
        if until != before and (until is None or (before is not None and until > before)):
            raise ValidationError(ONLY_ENDS)
        return until

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        role, house = data.get("role"), data.get("ministry")
        if self.instance.pk or not role or not house:
            return data
        row = inviting(self.by, role, house)
        if row is None:
            self.add_error("role", NOT_INVITING)
        elif lacks_order(row, house, data.get("order_reference", ""), today()):
            self.add_error("order_reference", NO_ORDER)
        elif not house.mailbox:
            self.add_error("ministry", NO_MAILBOX)
        return data


def standing(appointment: Appointment) -> str:
    if not appointment.is_pending:
        return "gültig"
    last = appointment.confirmable_until
    if last is not None and last < today():
        return f"nicht bestätigt, verfallen nach dem {last:%d.%m.%Y}"
    return f"wartet auf Bestätigung durch „{Role.HEAD.label}“, bis {last:%d.%m.%Y}"

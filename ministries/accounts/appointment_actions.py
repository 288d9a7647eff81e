"""How a function is given: on a written order, or confirmed by a head; the house hears of it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from ministries.accounts.appointments import Appointment
from ministries.accounts.letter_actions import post_invitation
from ministries.accounts.roles import Role
from ministries.accounts.users import User
from ministries.houses.models import Ministry
from ministries.mail import outbox
from ministries.mail.notifications import Notification
from ministries.permissions import NO_ORDER, Inviting, awaits_head, inviting, lacks_order
from ui.dates import german_date
from ui.errors import Refusal


@transaction.atomic
def appoint(appointment: Appointment, *, by: User | None, today: date) -> Appointment:
    """Save a new function; `by` is None on the command line, which needs no order."""
    if by is not None:
        row = _allowed(appointment, by)
        ministry, reference = appointment.ministry, appointment.order_reference
        if lacks_order(row, ministry, reference, today):
            raise Refusal(NO_ORDER)
        _require_mailbox(ministry)
        if awaits_head(row, ministry, today):
            appointment.state = Appointment.State.PENDING
            appointment.requested_on = today
    appointment.save()
    _tell_house(appointment, by)
    return appointment


@transaction.atomic
def confirm_appointment(appointment: Appointment, *, by: User, today: date) -> None:
    """From now on the function holds; a new account gets its invitation."""
    if not by.has_perm("ministries.confirm_appointment", appointment):
        raise PermissionDenied
    rows = Appointment.objects.pending(today).select_for_update(of=("self",))
    found = rows.filter(pk=appointment.pk).select_related("user", "ministry").first()
    if found is None:
        raise Refusal("Diese Funktion wartet nicht mehr auf Ihre Bestätigung.")
    found.state = Appointment.State.IN_FORCE
    found.save(update_fields=["state"])
    if not found.user.has_usable_password():
        post_invitation(found.user, by=by)
        return
    outbox.post(
        to=found.user,
        kind=Notification.Kind.ACCOUNT,
        subject="Neue Funktion in Brücke",
        body=f"Guten Tag {found.user.name},\n\n{by.name} hat Ihre Funktion bestätigt: {found.function}.",
        link=reverse("accounts:account"),
    )


@transaction.atomic
def ask_again(appointment: Appointment, *, by: User, today: date) -> None:
    """Fourteen days more for the head, who has not confirmed it yet."""
    _allowed(appointment, by)
    if not appointment.is_pending:
        raise Refusal(f"{appointment} gilt schon und braucht keine Bestätigung.")
    appointment.requested_on = today
    appointment.save(update_fields=["requested_on"])
    _tell_house(appointment, by)


def _require_mailbox(ministry: Ministry) -> None:
    if not ministry.mailbox:
        raise Refusal(
            f"Für {ministry} ist kein Funktionspostfach erfasst, das Haus erführe nichts davon. "
            "Die Koordinierung trägt es in der Verwaltung ein."
        )


def _allowed(appointment: Appointment, by: User) -> Inviting:
    row = inviting(by, appointment.role, appointment.ministry)
    if row is None or appointment.user_id == by.pk:
        raise PermissionDenied
    return row


def _tell_house(appointment: Appointment, by: User | None) -> None:
    house, person = appointment.ministry, appointment.user
    if not house.mailbox:
        return
    order = appointment.order_reference
    lines = [
        f"in Ihrem Haus wurde in Brücke eine Funktion eingetragen: {appointment.function}",
        f"Person: {person.name}, {person.email}",
        f"Eingetragen durch: {_functions(by) if by else 'Technik auf dem Server'}",
        *([f"Auftrag: {order}"] if order else []),
    ]
    if appointment.is_pending:
        last = german_date(appointment.confirmable_until)
        lines.append(
            f"Sie gilt erst, wenn „{Role.HEAD.label}“ Ihres Hauses sie bestätigt, und verfällt "
            f"nach dem {last}."
        )
    else:
        lines.append("Stimmt das nicht, dann sagen Sie der Technik sofort Bescheid.")
    outbox.post(
        to=house.mailbox,
        kind=Notification.Kind.ACCOUNT,
        subject=f"Funktion in Brücke: {appointment.function}",
        body="Guten Tag,\n\n" + "\n\n".join(lines),
        link=reverse("accounts:confirmations") if appointment.is_pending else "",
    )


def _functions(by: User) -> str:
    return ", ".join(sorted({capacity.label for capacity in by.capacities}))

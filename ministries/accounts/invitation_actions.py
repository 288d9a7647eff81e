"""How somebody gets an account: an invitation by mail, never a password from another person."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ministries.accounts.appointment_actions import appoint
from ministries.accounts.appointments import Appointment
from ministries.accounts.letter_actions import post_invitation
from ministries.accounts.roles import Role
from ministries.accounts.users import User
from ministries.clock import today
from ministries.houses.models import Ministry
from ministries.permissions import inviting, may_invite_again
from ui.errors import Refusal


@dataclass(frozen=True, kw_only=True)
class Invitation:
    email: str
    name: str
    unit: str
    role: Role
    ministry: Ministry
    valid_from: date
    valid_until: date | None = None
    order_reference: str = ""


@transaction.atomic
def invite(invitation: Invitation, *, by: User | None) -> User:
    """Account without password and its function; `by` is None on the command line.

    The mail to the person goes out at once, or when a head has confirmed the function.
    """
    if by is not None and not inviting(by, invitation.role, invitation.ministry):
        raise PermissionDenied
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise Refusal(
            f"Für {invitation.email} gibt es schon ein Konto. Weitere Funktionen trägt die Technik "
            "beim Konto ein."
        )
    user = User.objects.create_user(
        email=invitation.email, name=invitation.name, unit=invitation.unit
    )
    appointment = Appointment(
        user=user,
        role=invitation.role,
        ministry=invitation.ministry,
        valid_from=invitation.valid_from,
        valid_until=invitation.valid_until,
        order_reference=invitation.order_reference,
    )
    appointment.full_clean()
    appoint(appointment, by=by, today=today())
    if not appointment.is_pending:
        post_invitation(user, by=by)
    return user


@transaction.atomic
def invite_again(user: User, *, by: User) -> None:
    """A new link for seven days; earlier links stop working."""
    if not may_invite_again(by, user):
        raise PermissionDenied
    if user.has_usable_password():
        raise Refusal(f"{user.name} hat schon ein Passwort und braucht keine Einladung mehr.")
    if not user.is_active:
        raise Refusal(f"Das Konto von {user.name} ist nicht aktiv. Aktivieren Sie es zuerst.")
    held = list(user.appointments.all())
    if held and all(row.is_pending for row in held):
        raise Refusal(f"Die Funktion von {user.name} ist noch nicht bestätigt.")
    user.set_unusable_password()
    user.save(update_fields=["password"])
    post_invitation(user, by=by)

"""How somebody gets an account: an invitation by mail, never a password from another person."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from ministries import outbox
from ministries.invitations import LIFETIME_DAYS, key_for
from ministries.models import Appointment, Ministry, Notification, Role, User
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


@transaction.atomic
def invite(invitation: Invitation, *, by: User | None) -> User:
    """Account without password, appointment and mail; `by` is None on the command line."""
    _require_inviter(by)
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
    )
    appointment.full_clean()
    appointment.save()
    post_invitation(user, by=by)
    return user


@transaction.atomic
def invite_again(user: User, *, by: User) -> None:
    """A new link for seven days; earlier links stop working."""
    _require_inviter(by)
    if user.has_usable_password():
        raise Refusal(f"{user.name} hat schon ein Passwort und braucht keine Einladung mehr.")
    if not user.is_active:
        raise Refusal(f"Das Konto von {user.name} ist nicht aktiv. Aktivieren Sie es zuerst.")
    user.set_unusable_password()
    user.save(update_fields=["password"])
    post_invitation(user, by=by)


def post_invitation(user: User, *, by: User | None) -> Notification:
    sender = f"{by.name} hat Sie" if by else "Sie sind"
    return outbox.post(
        to=user,
        kind=Notification.Kind.INVITATION,
        subject="Einladung zu Brücke",
        body=(
            f"Guten Tag {user.name},\n\n"
            f"{sender} zu Brücke eingeladen, der Partnerschaftsverwaltung der Staatsregierung.\n\n"
            f"Mit diesem Link legen Sie Ihr Passwort fest und melden sich an. Er gilt "
            f"{LIFETIME_DAYS} Tage. Danach lassen Sie sich bitte noch einmal einladen."
        ),
        link=invitation_path(user),
    )


def invitation_path(user: User) -> str:
    return reverse("accounts:invitation", kwargs={"key": key_for(user)})


def _require_inviter(by: User | None) -> None:
    if by is not None and not by.has_perm("ministries.invite"):
        raise PermissionDenied

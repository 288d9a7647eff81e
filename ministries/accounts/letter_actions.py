"""The mail that brings somebody to Brücke."""

from django.urls import reverse

from ministries.accounts.invitations import LIFETIME_DAYS, key_for
from ministries.accounts.users import User
from ministries.mail import outbox
from ministries.mail.notifications import Notification


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

"""What happens at a second factor beside allauth's own steps: notices, and a reset by the Technik."""

from datetime import datetime

import pghistory
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from ministries.accounts.users import User
from ministries.mail import outbox
from ministries.mail.notifications import Notification
from ui.errors import Refusal

# allauth's name of what happened → subject and sentence
NOTICES = {
    "mfa/email/totp_activated": (
        "Zweiter Faktor für Brücke eingerichtet",
        "für Ihr Konto wurde soeben ein zweiter Faktor eingerichtet.",
    ),
    "mfa/email/totp_deactivated": (
        "Zweiter Faktor für Brücke aufgehoben",
        "der zweite Faktor Ihres Kontos wurde soeben aufgehoben.",
    ),
    "mfa/email/recovery_codes_generated": (
        "Neue Wiederherstellungscodes für Brücke",
        "für Ihr Konto wurden soeben neue Wiederherstellungscodes erzeugt. Die bisherigen gelten nicht mehr.",
    ),
}
NOT_YOU = "Waren Sie das nicht, dann ändern Sie bitte sofort Ihr Passwort und sagen Sie der Technik Bescheid."


def post_notice(event: str, user: User) -> None:
    """A changed password, of which allauth tells too, has its notice already."""
    if event in NOTICES:
        subject, sentence = NOTICES[event]
        post(user, subject, f"{sentence} {NOT_YOU}", link=reverse("account_reset_password"))


@transaction.atomic
def reset_second_factor(user: User, *, by: User | None, reason: str, now: datetime) -> None:
    """App and recovery codes stop counting; `by` is None on the command line."""
    if by is not None and not by.has_perm("ministries.manage_accounts"):
        raise PermissionDenied
    if by is not None and by.pk == user.pk:
        raise Refusal("Ihren eigenen zweiten Faktor setzt eine andere Person der Technik zurück.")
    factors = Authenticator.objects.filter(user=user)
    if not factors.exists():
        raise Refusal(f"{user.name} hat keinen zweiten Faktor eingerichtet.")
    factors.delete()
    user.second_factor_reset_at = now
    with pghistory.context(reason=reason):
        user.save(update_fields=["second_factor_reset_at"])
    sentence = (
        f"die Technik hat Ihren zweiten Faktor zurückgesetzt, mit diesem Grund: {reason}\n\n"
        "Ihre App und Ihre Wiederherstellungscodes gelten nicht mehr. Richten Sie den zweiten Faktor bei der "
        "nächsten Anmeldung neu ein. Haben Sie nicht darum gebeten, dann sagen Sie der Technik sofort Bescheid."
    )
    post(user, "Zweiter Faktor für Brücke zurückgesetzt", sentence, link=reverse("account_login"))


def post(user: User, subject: str, text: str, *, link: str) -> None:
    outbox.post(
        to=user,
        kind=Notification.Kind.ACCOUNT,
        subject=subject,
        body=f"Guten Tag {user.name},\n\n{text}",
        link=link,
    )

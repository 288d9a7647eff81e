"""Another address for an account: both addresses hear of it, the new one counts once confirmed."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from ministries.accounts.appointments import Appointment
from ministries.accounts.new_addresses import LIFETIME_DAYS, address_in, key_for
from ministries.accounts.users import User
from ministries.mail import outbox
from ministries.mail.notifications import Notification
from ui.errors import Refusal

TAKEN = "Zu dieser E-Mail-Adresse gibt es schon ein Konto."
NO_LONGER = (
    "Dieser Link gilt nicht mehr. Bitten Sie die Technik, die Adresse noch einmal zu ändern."
)


@transaction.atomic
def change_address(user: User, email: str, *, by: User, now: datetime) -> None:
    """Ends all sessions of the account; who never came yet has nothing to confirm it with."""
    if not by.has_perm("ministries.manage_accounts"):
        raise PermissionDenied
    old, new = user.email, email.strip().lower()
    _refuse_taken(user, new)
    user.sessions_ended_at = now
    if user.has_usable_password():
        user.new_email = new
        user.save(update_fields=["new_email", "sessions_ended_at"])
        _ask(user, old)
        return
    user.email, user.new_email = new, ""
    user.save(update_fields=["email", "new_email", "sessions_ended_at"])
    houses = Appointment.objects.filter(user=user).exclude(ministry__mailbox="")
    mailboxes = houses.order_by().values_list("ministry__mailbox", flat=True).distinct()
    for address in (old, new, *mailboxes):
        _tell(address, user, f"Das Konto, das auf seine Einladung wartet, lautet auf {new}.")


@transaction.atomic
def confirm_address(key: str, *, by: User) -> None:
    """The person, signed in with the password, follows the link that went to the new address."""
    user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    new = address_in(key, user)
    if not new:
        raise Refusal(NO_LONGER)
    _refuse_taken(user, new)
    _tell(user.email, user, f"Ab jetzt gilt {new}, diese Adresse nicht mehr.")
    user.email, user.new_email = new, ""
    user.save(update_fields=["email", "new_email"])
    EmailAddress.objects.filter(user=user).delete()


def _refuse_taken(user: User, email: str) -> None:
    if User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        raise Refusal(TAKEN)


def _ask(user: User, old: str) -> None:
    _tell(
        old,
        user,
        f"Die neue Adresse ist {user.new_email}. Sie gilt erst, wenn Sie sie bestätigen: angemeldet "
        "wie bisher, mit dem Link in der Nachricht an die neue Adresse. Bis dahin gilt diese. "
        "Sie sind überall abgemeldet.",
    )
    _tell(
        user.new_email,
        user,
        f"Bestätigen Sie mit diesem Link, dass diese Adresse Ihre ist. Er gilt {LIFETIME_DAYS} "
        "Tage. Melden Sie sich dabei noch mit Ihrer bisherigen Adresse an.",
        reverse("accounts:new_address", kwargs={"key": key_for(user)}),
    )


def _tell(address: str, user: User, text: str, link: str = "") -> None:
    to: str | User = user if address == user.email else address
    outbox.post(
        to=to,
        kind=Notification.Kind.ACCOUNT,
        subject="E-Mail-Adresse für Brücke geändert",
        body=(
            f"Guten Tag {user.name},\n\ndie Technik hat die E-Mail-Adresse Ihres Kontos geändert. "
            f"{text}\n\nHaben Sie nicht darum gebeten, dann sagen Sie der Technik sofort Bescheid."
        ),
        link=link,
    )

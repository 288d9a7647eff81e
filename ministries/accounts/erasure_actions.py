"""An account loses everything that says who its owner was; what was done stays, under a number."""

from datetime import datetime

import pghistory
from allauth.account.models import EmailAddress
from django.db.models import Q

from ministries.accounts.disclosures import Disclosure
from ministries.accounts.users import User
from ministries.history.tracking import events_of
from ministries.mail.notifications import Notification
from ui.errors import Refusal


def erase_account(user: User, *, reason: str, now: datetime) -> dict[str, int]:
    """How many rows were emptied or deleted, by what they are.

    Owner login only: the history is emptied too. Raises Refusal while the account is open.
    """
    if user.is_active:
        raise Refusal(
            "Das Konto ist noch aktiv. Bitte regeln Sie zuerst die Nachfolge "
            "und schließen Sie das Konto unter /technik/."
        )
    placeholders = {
        "name": f"Gelöschtes Konto {user.pk}",
        "email": f"konto-{user.pk}@geloescht.invalid",
        "new_email": "",
        "unit": "",
        "phone": "",
    }
    mails = Q(recipient=user) | Q(to_address__iexact=user.email)
    gone = {
        "Nachrichten an die Person": Notification.objects.filter(mails).delete()[0],
        "Zweiter Faktor": user.authenticator_set.all().delete()[0],
        "Bestätigte E-Mail-Adressen": EmailAddress.objects.filter(user=user).delete()[0],
    }
    user.set_unusable_password()
    with pghistory.context(reason=reason):
        User.objects.filter(pk=user.pk).update(
            **placeholders, password=user.password, last_login=None
        )
    history = events_of(User).filter(pgh_obj=user)
    gone["Stände des Kontos im Änderungsverlauf"] = history.update(**placeholders)
    record_erasure(f"Konto Nr. {user.pk}", reason=reason, number=sum(gone.values()) + 1, now=now)
    return {"Konto": 1, **gone}


def record_erasure(subject: str, *, reason: str, number: int, now: datetime) -> None:
    Disclosure.objects.create(
        kind=Disclosure.Kind.ERASURE,
        subject=subject,
        purpose=reason[:300],
        number=number,
        made_at=now,
        made_by=None,
    )

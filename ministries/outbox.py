"""The way out for every mail: a row and a job in the caller's transaction, sent by the worker."""

import uuid

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from ministries.models import Notification, User

DELIVER = "ministries.deliver"
SECRET_KINDS = (Notification.Kind.INVITATION, Notification.Kind.PASSWORD_RESET)


def post(*, to: str | User, subject: str, body: str, kind: str, link: str = "") -> Notification:
    """Queue one mail; it goes out if, and only if, the transaction is committed.

    `to` is an account or the mailbox of a house. `link` is a path on this host ("/konto/").
    """
    address = to.email if isinstance(to, User) else to
    validate_email(address)
    if link and not (link.startswith("/") and not link.startswith("//")):
        raise ValueError("Der Link einer Nachricht führt zu einer Seite von Brücke.")
    with transaction.atomic():
        notification = Notification.objects.create(
            kind=kind,
            recipient=to if isinstance(to, User) else None,
            to_address=address,
            subject=" ".join(subject.split())[:200],
            body=body,
            link=link,
            message_id=f"<{uuid.uuid4().hex}@{sender_domain()}>",
        )
        _enqueue(notification)
    return notification


def resend(notification: Notification) -> None:
    """Try a mail that could not be delivered again, from the first attempt on."""
    with transaction.atomic():
        failed = Notification.objects.filter(pk=notification.pk, state=Notification.State.FAILED)
        if failed.update(state=Notification.State.QUEUED, attempts=0):
            _enqueue(notification)


def _enqueue(notification: Notification) -> None:
    app.configure_task(DELIVER, queue="mail").defer(notification_id=notification.pk)


def send(notification: Notification) -> None:
    """Hand the mail to the server; the same mail always carries the same Message-ID."""
    message = EmailMessage(
        subject=notification.subject,
        body=text_of(notification),
        to=[notification.to_address],
        headers={
            "Message-ID": notification.message_id,
            "Auto-Submitted": "auto-generated",
            "Date": timezone.localtime(notification.created_at).strftime(
                "%a, %d %b %Y %H:%M:%S %z"
            ),
        },
    )
    message.send()


def text_of(notification: Notification) -> str:
    parts = [notification.body.strip()]
    if notification.link:
        parts.append(settings.PUBLIC_URL + notification.link)
    parts.append(
        f"-- \nBrücke, {settings.HOUSE_NAME}\n"
        "Diese Nachricht wurde automatisch erstellt. Bitte antworten Sie nicht darauf."
    )
    return "\n\n".join(parts) + "\n"


def sender_domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")

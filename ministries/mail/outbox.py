"""The way out for every mail: a row and a job in the caller's transaction, sent by the worker."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import BigIntegerField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from ministries.accounts.users import User
from ministries.mail.jobs import LONGEST_DELIVERY, Job
from ministries.mail.notifications import Notification
from ui.demo import demo_mark
from ui.text import clean_line, clean_signs

DELIVER = "ministries.deliver"
# Kind of a mail to who writes down that it was delivered, in the same transaction.
DELIVERIES: dict[str, Callable[[Notification], None]] = {}
SECRET_KINDS = (Notification.Kind.INVITATION, Notification.Kind.PASSWORD_RESET)


@dataclass(frozen=True)
class Letter:
    """`to` is an account or the mailbox of a house. `link` is a path on this host ("/konto/")."""

    to: str | User
    subject: str
    body: str
    kind: str
    link: str = ""


def post(*, to: str | User, subject: str, body: str, kind: str, link: str = "") -> Notification:
    """Queue one mail; it goes out if, and only if, the transaction is committed."""
    return post_all([Letter(to=to, subject=subject, body=body, kind=kind, link=link)])[0]


def post_all(letters: Iterable[Letter]) -> list[Notification]:
    """Queue mails with two queries, however many there are."""
    notifications = [_notification(letter) for letter in letters]
    with transaction.atomic():
        Notification.objects.bulk_create(notifications)
        _enqueue(notifications)
    return notifications


def _notification(letter: Letter) -> Notification:
    to, link = letter.to, letter.link
    address = to.email if isinstance(to, User) else to
    validate_email(address)
    if link and not (link.startswith("/") and not link.startswith("//")):
        raise ValueError("Der Link einer Nachricht führt zu einer Seite von Brücke.")
    return Notification(
        kind=letter.kind,
        recipient=to if isinstance(to, User) else None,
        to_address=address,
        subject=clean_line(letter.subject)[:200],
        body=letter.body,
        link=link,
        message_id=f"<{uuid.uuid4().hex}@{sender_domain()}>",
    )


def resend(notification: Notification) -> None:
    """Try a mail that could not be delivered again, from the first attempt on."""
    with transaction.atomic():
        failed = Notification.objects.filter(pk=notification.pk, state=Notification.State.FAILED)
        if failed.update(state=Notification.State.QUEUED, attempts=0):
            _enqueue([notification])


def requeue_forgotten(now: datetime) -> int:
    """Queue again what waits without a job: its worker or the database died at the wrong moment."""
    jobs = Job.objects.filter(task_name=DELIVER).going_on(now)
    known = jobs.annotate(number=Cast(KT("args__notification_id"), BigIntegerField()))
    with transaction.atomic():
        waiting = Notification.objects.filter(state=Notification.State.QUEUED)
        forgotten = waiting.filter(created_at__lt=now - LONGEST_DELIVERY).exclude(
            pk__in=known.values("number")
        )
        found = list(forgotten.select_for_update(of=("self",), skip_locked=True))
        _enqueue(found)
    return len(found)


def _enqueue(notifications: Sequence[Notification]) -> None:
    jobs: list[JSONDict] = [{"notification_id": notification.pk} for notification in notifications]
    if jobs:
        app.configure_task(DELIVER, queue="mail").batch_defer(*jobs)


def send(notification: Notification) -> None:
    """Hand the mail to the server; the same mail always carries the same Message-ID."""
    message = EmailMessage(
        subject=clean_line(notification.subject),
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
    body = clean_signs(notification.body).strip()
    parts = [part for part in (demo_mark(), body) if part]
    if notification.link:
        parts.append(settings.PUBLIC_URL + notification.link)
    parts.append(
        f"-- \nBrücke, {settings.HOUSE_NAME}\n"
        "Diese Nachricht wurde automatisch erstellt. Bitte antworten Sie nicht darauf."
    )
    return "\n\n".join(parts) + "\n"


def sender_domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")

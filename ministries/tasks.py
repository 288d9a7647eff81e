"""What the worker does for people and houses: deliver mail, and take up what a dead worker left."""

import smtplib
from typing import Any

import structlog
from django.db import connection, transaction
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from ministries.mail import outbox
from ministries.mail.jobs import Job as JobRow
from ministries.mail.notifications import Notification
from ministries.mail.retention_actions import delete_expired_notifications

log = structlog.stdlib.get_logger("mail")

# Seconds to wait before the second, third … attempt: eight attempts over about sixteen hours.
WAITS = (60, 300, 900, 3_600, 7_200, 14_400, 28_800)


class NotDelivered(Exception):
    """`wait` seconds until the next attempt; None if there is none."""

    def __init__(self, wait: int | None) -> None:
        super().__init__("Die Nachricht wurde nicht zugestellt.")
        self.wait = wait


class BackOff(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, NotDelivered):
            wait = exception.wait
        else:
            wait = WAITS[job.attempts] if job.attempts < len(WAITS) else None
        return None if wait is None else RetryDecision(retry_in={"seconds": wait})


@app.task(name=outbox.DELIVER, queue="mail", retry=BackOff())
def deliver(notification_id: int) -> None:
    error: Exception | None = None
    with transaction.atomic():
        rows = Notification.objects.select_for_update(of=("self",))
        notification = rows.filter(pk=notification_id, state=Notification.State.QUEUED).first()
        if notification is None:
            return  # sent by an earlier run of this job
        try:
            outbox.send(notification)
        except (OSError, ValueError) as failure:  # smtplib's errors are OSErrors
            error = failure
            _record_failure(notification, failure)
        else:
            _record_success(notification)
    log.info("mail", notification=notification_id, state=notification.state)
    if error is not None:
        raise NotDelivered(_wait_after(notification)) from None


def _record_success(notification: Notification) -> None:
    notification.state = Notification.State.SENT
    notification.sent_at = timezone.now()
    notification.attempts += 1
    notification.last_error = ""
    if notification.kind in outbox.SECRET_KINDS:
        notification.link = ""  # the key to an account stays with its owner
    notification.save(update_fields=["state", "sent_at", "attempts", "last_error", "link"])
    if notification.kind in outbox.DELIVERIES:
        outbox.DELIVERIES[notification.kind](notification)


def _record_failure(notification: Notification, failure: Exception) -> None:
    notification.attempts += 1
    notification.last_error = f"{type(failure).__name__}: {failure}"[:300]
    if is_final(failure) or notification.attempts > len(WAITS):
        notification.state = Notification.State.FAILED
    notification.save(update_fields=["state", "attempts", "last_error"])


def _wait_after(notification: Notification) -> int | None:
    is_over = notification.state == Notification.State.FAILED
    return None if is_over else WAITS[notification.attempts - 1]


def is_final(failure: Any) -> bool:
    """An address the server refuses for good is not tried again."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in failure.recipients.values())
    return isinstance(failure, ValueError)


RESCUE, RETAIN = "ministries.rescue", "ministries.delete_notifications"


@app.periodic(cron="47 3 * * *")
@app.task(name=RETAIN, queue="upkeep", queueing_lock=RETAIN)
def delete_notifications(timestamp: int) -> None:
    delete_expired_notifications(timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name=RESCUE, queue="upkeep", queueing_lock=RESCUE)
def rescue(timestamp: int) -> None:
    """Every minute: each of our jobs may be done twice, none may be left half-way."""
    now = timezone.now()
    orphans = list(JobRow.objects.orphaned(now).values_list("pk", flat=True))
    for job_id in orphans:
        app.job_manager.retry_job_by_id(job_id=job_id, retry_at=now)
    forgotten = outbox.requeue_forgotten(now)
    if orphans or forgotten:
        log.warning("rescue", jobs=len(orphans), mails=forgotten)
    with connection.cursor() as cursor:  # its own rows would be half a million a year
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = %s AND status = 'succeeded'", [RESCUE]
        )

"""A mail goes out if and only if its transaction is committed, however the mail server feels."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ministries import tasks
from ministries.mail import outbox
from ministries.mail.jobs import LONGEST_DELIVERY
from ministries.models import Notification
from tests.factories import make_user
from tests.ministries.sink import Sink
from tests.signs import store, stored_and_told

Work = Callable[[], None]
State = Notification.State


def post(**changes: str) -> Notification:
    defaults = {
        "to": "poststelle@demo.example",
        "subject": "Bitte um Stellungnahme: Übersicht",
        "body": "Guten Tag,\n\nbitte sehen Sie in Brücke nach.",
        "link": "/zu-erledigen/",
        "kind": Notification.Kind.REQUEST,
    }
    return outbox.post(**(defaults | changes))


def due_now() -> None:
    """The waiting time of a back-off is over."""
    for job in ProcrastinateJob.objects.filter(status="todo"):
        app.job_manager.cancel_job_by_id(job.pk)
        app.configure_task(job.task_name, queue=job.queue_name).defer(**job.args)


@pytest.mark.django_db(transaction=True)
def test_committed_mail_is_delivered(sink: Sink, work: Work) -> None:
    with transaction.atomic():
        notification = post()

    work()

    notification.refresh_from_db()
    mail = sink.received[0]
    assert notification.state == State.SENT
    assert notification.sent_at is not None
    assert mail["Subject"] == "Bitte um Stellungnahme: Übersicht"
    assert mail["Message-ID"] == notification.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert f"{settings.PUBLIC_URL}/zu-erledigen/" in mail.get_content()


@pytest.mark.django_db(transaction=True)
def test_mail_bears_what_was_stored_before(sink: Sink, work: Work) -> None:
    texts = stored_and_told().values()
    subject = "Que\u0301bec\n d\x92Ávila \uffff\u2028Ende"
    store(post(), subject=subject, body="\n".join(stored for stored, _ in texts))

    work()

    mail = sink.received[0]
    body = " ".join(mail.get_content().split())
    assert mail["Subject"] == "Québec d’Ávila Ende"
    assert [kept for _, kept in texts if kept not in body] == []


@pytest.mark.django_db(transaction=True)
def test_rolled_back_mail_is_not_delivered(sink: Sink, work: Work) -> None:
    with transaction.atomic():
        post()
        transaction.set_rollback(True)

    work()

    assert sink.received == []
    assert not ProcrastinateJob.objects.filter(task_name=outbox.DELIVER).exists()


@pytest.mark.django_db(transaction=True)
def test_mail_survives_a_server_that_is_down(smtp_port: int, work: Work) -> None:
    notification = post()
    work()
    notification.refresh_from_db()
    assert notification.state == State.QUEUED
    assert notification.attempts == 1
    assert "refused" in notification.last_error

    sink = Sink(smtp_port)
    sink.start()
    due_now()
    work()
    sink.stop()

    notification.refresh_from_db()
    assert notification.state == State.SENT
    assert [mail["Message-ID"] for mail in sink.received] == [notification.message_id]


@pytest.mark.django_db(transaction=True)
def test_failed_attempt_waits_longer_each_time(smtp_port: int, work: Work) -> None:
    post()

    work()

    job = ProcrastinateJob.objects.get(task_name=outbox.DELIVER, status="todo")
    wait = job.scheduled_at - timezone.now()
    assert 0 < wait.total_seconds() <= tasks.WAITS[0]


@pytest.mark.django_db(transaction=True)
def test_last_attempt_leaves_a_visible_failure(smtp_port: int, work: Work) -> None:
    notification = post()
    Notification.objects.update(attempts=len(tasks.WAITS))

    work()

    notification.refresh_from_db()
    assert notification.state == State.FAILED
    assert ProcrastinateJob.objects.get(task_name=outbox.DELIVER).status == "failed"


@pytest.mark.django_db(transaction=True)
def test_address_refused_for_good_fails_at_once(sink: Sink, work: Work) -> None:
    sink.refuses = True
    notification = post()

    work()

    notification.refresh_from_db()
    assert notification.state == State.FAILED
    assert "550" in notification.last_error


@pytest.mark.django_db(transaction=True)
def test_failed_mail_can_be_sent_again(sink: Sink, work: Work) -> None:
    sink.refuses = True
    notification = post()
    work()
    sink.refuses = False

    outbox.resend(notification)
    work()

    notification.refresh_from_db()
    assert notification.state == State.SENT


@pytest.mark.django_db(transaction=True)
def test_second_run_of_the_job_sends_nothing(sink: Sink, work: Work) -> None:
    notification = post()
    app.configure_task(outbox.DELIVER).defer(notification_id=notification.pk)

    work()

    assert len(sink.received) == 1


@pytest.mark.django_db(transaction=True)
def test_key_to_an_account_is_forgotten_once_sent(sink: Sink, work: Work) -> None:
    notification = post(kind=Notification.Kind.INVITATION, link="/konto/einladung/geheim/")

    work()

    notification.refresh_from_db()
    assert "geheim" in sink.received[0].get_content()
    assert notification.link == ""


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Betreff\nBcc: x@evil.example", "Betreff\r\n\r\nText"])
def test_subject_stays_one_line(text: str) -> None:
    notification = post(subject=text)

    assert "\n" not in notification.subject
    assert "\r" not in notification.subject


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["a@demo.example\nBcc: x@evil.example", "a@demo.example, x@evil.example", "x"]
)
def test_address_is_one_address(address: str) -> None:
    with pytest.raises(ValidationError):
        post(to=address)


@pytest.mark.django_db
@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example/"])
def test_link_leads_to_this_host(link: str) -> None:
    with pytest.raises(ValueError, match="Brücke"):
        post(link=link)


@pytest.mark.django_db
def test_mail_to_an_account_knows_its_recipient() -> None:
    user = make_user()

    notification = outbox.post(
        to=user, subject="Betreff", body="Text", kind=Notification.Kind.ACCOUNT
    )

    assert notification.recipient == user
    assert notification.to_address == user.email


def stop_in_the_middle(notification: Notification, *, heartbeat: str | None) -> None:
    """As kill -9 leaves it: the job begun, the mail not sent, the worker silent or forgotten."""
    with connection.cursor() as cursor:
        if heartbeat:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)",
                [heartbeat],
            )
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', "
            "worker_id = (SELECT max(id) FROM procrastinate_workers) "
            "WHERE (args->>'notification_id')::bigint = %s",
            [notification.pk],
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("heartbeat", [None, "40 seconds"])
def test_mail_of_a_dead_worker_is_taken_up(sink: Sink, work: Work, heartbeat: str | None) -> None:
    notification = post()
    stop_in_the_middle(notification, heartbeat=heartbeat)

    tasks.rescue(0)
    work()

    assert [mail["Message-ID"] for mail in sink.received] == [notification.message_id]


@pytest.mark.django_db(transaction=True)
def test_mail_of_a_living_worker_is_left_to_it(work: Work, sink: Sink) -> None:
    stop_in_the_middle(post(), heartbeat="5 seconds")

    tasks.rescue(0)
    work()

    assert sink.received == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("status", ["failed", "succeeded", "doing"])
def test_mail_whose_job_is_lost_is_queued_again(sink: Sink, work: Work, status: str) -> None:
    """The job ended or hangs, the mail still waits: nothing that waits is forgotten."""
    notification = post()
    long_ago = timezone.now() - 2 * LONGEST_DELIVERY
    Notification.objects.update(created_at=long_ago)
    stop_in_the_middle(notification, heartbeat="5 seconds")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '1 hour'")

    tasks.rescue(0)
    tasks.rescue(0)
    work()

    assert [mail["Message-ID"] for mail in sink.received] == [notification.message_id]


@pytest.mark.django_db(transaction=True)
def test_waiting_mail_is_not_queued_twice() -> None:
    post()
    Notification.objects.update(created_at=timezone.now() - 2 * LONGEST_DELIVERY)

    tasks.rescue(0)

    assert ProcrastinateJob.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_rescue_leaves_no_rows_of_its_own(work: Work) -> None:
    app.configure_task(tasks.RESCUE).defer(timestamp=0)
    work()

    tasks.rescue(0)

    own = ProcrastinateJob.objects.filter(task_name=tasks.RESCUE)
    assert not own.filter(status="succeeded").exists()

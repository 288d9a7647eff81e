"""Mails that went out go after the months of the settings, counted in days of Saxony."""

from datetime import UTC, datetime
from typing import Any

import pytest

from ministries.mail.retention_actions import delete_expired_notifications, expired_notifications
from ministries.models import Notification
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def six_months(settings: Any) -> None:
    settings.NOTIFICATION_MONTHS = 6


def make_mail(sent_at: datetime | None, state: str = "sent") -> Notification:
    return Notification.objects.create(
        kind="request",
        to_address="post@demo.example",
        subject="Frist",
        body="Text",
        message_id=f"{Notification.objects.count()}@demo.example",
        state=state,
        sent_at=sent_at,
    )


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent_at", "goes"),
    [
        (on(22, 12), True),
        (on(23, 12), False),
        (on(24, 12), False),
        (on(22, 21, 59), True),  # 23:59 of the 22nd in Saxony
        (on(22, 22), False),  # midnight of the 23rd
    ],
)
def test_mail_goes_the_day_after_its_months(sent_at: datetime, goes: bool) -> None:
    make_mail(sent_at)

    assert expired_notifications(NOW).exists() is goes


@pytest.mark.parametrize(("minute", "goes"), [(59, False), (60, True)])
def test_day_of_the_night_run_is_that_in_saxony(minute: int, goes: bool) -> None:
    make_mail(on(23, 12))

    hour, minute = divmod(22 * 60 + minute, 60)
    late = datetime(2026, 11, 23, hour, minute, tzinfo=UTC)

    assert expired_notifications(late).exists() is goes


def test_only_what_went_out_goes() -> None:
    make_mail(None, "queued")
    make_mail(on(1, 12), "failed")

    assert not expired_notifications(NOW).exists()


def test_expired_mails_are_deleted_and_counted() -> None:
    recent = make_mail(on(23, 12))
    for day in (1, 2):
        make_mail(on(day, 12))

    assert delete_expired_notifications(NOW) == 2
    assert list(Notification.objects.all()) == [recent]
    assert delete_expired_notifications(NOW) == 0

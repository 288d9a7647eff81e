"""Mails that went out long ago go, and with them what they said."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from ministries.models import Notification

MONTH = timedelta(days=30.44)


def expired_notifications(now: datetime) -> QuerySet[Notification]:
    before = now - MONTH * settings.NOTIFICATION_MONTHS
    return Notification.objects.filter(state=Notification.State.SENT, sent_at__lt=before)


def delete_expired_notifications(now: datetime) -> int:
    return expired_notifications(now).delete()[0]

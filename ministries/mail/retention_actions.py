"""Mails that went out long ago go, and with them what they said."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from ministries.clock import months_later
from ministries.mail.notifications import Notification


def expired_notifications(now: datetime) -> QuerySet[Notification]:
    last_day = months_later(timezone.localdate(now), -settings.NOTIFICATION_MONTHS)
    return Notification.objects.filter(state=Notification.State.SENT, sent_at__date__lt=last_day)


def delete_expired_notifications(now: datetime) -> int:
    return expired_notifications(now).delete()[0]

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from procrastinate.contrib.django.models import ProcrastinateJob

if TYPE_CHECKING:
    from ministries.accounts.users import User

LONGEST_SILENCE = timedelta(seconds=30)  # a worker writes every ten seconds
LONGEST_DELIVERY = timedelta(minutes=10)  # the mail server is given ten seconds


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_administrator else self.none()

    def failed(self) -> Self:
        return self.filter(status="failed")

    def orphaned(self, now: datetime) -> Self:
        """Begun by a worker that died."""
        is_gone = Q(worker=None) | Q(worker__last_heartbeat__lt=now - LONGEST_SILENCE)
        return self.filter(is_gone, status="doing")

    def going_on(self, now: datetime) -> Self:
        """Waiting, or begun a moment ago."""
        is_fresh = Q(
            status="doing",
            procrastinateevent__type="started",
            procrastinateevent__at__gt=now - LONGEST_DELIVERY,
        )
        return self.filter(Q(status="todo") | is_fresh)


class Job(ProcrastinateJob):
    """What the worker does or did; its arguments belong to the task and are not shown."""

    objects = JobQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        proxy = True
        verbose_name = "Auftrag"
        verbose_name_plural = "Aufträge"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.task_name}, Nr. {self.pk}"

from typing import TYPE_CHECKING, Self

from django.db import models
from procrastinate.contrib.django.models import ProcrastinateJob

if TYPE_CHECKING:
    from ministries.models.users import User


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_administrator else self.none()

    def failed(self) -> Self:
        return self.filter(status="failed")


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

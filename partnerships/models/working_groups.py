from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from ministries.history import track
from ministries.versioned import Versioned
from partnerships.models.partnerships import Partnership
from partnerships.models.records import EVERY_ROW, Filed, Owned, OwnedQuerySet

if TYPE_CHECKING:
    from ministries.models import User


class WorkingGroupQuerySet(OwnedQuerySet["WorkingGroup"]):
    def _is_shared(self, user: "User") -> Q:
        return EVERY_ROW


@track()
class WorkingGroup(Owned):
    """Gemeinsame Arbeitsgruppe of both sides, with the months between two sessions."""

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        related_name="working_groups",
        verbose_name="Partnerschaft",
    )
    name = models.CharField("Name", max_length=160)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sub_groups",
        verbose_name="Unterarbeitsgruppe von",
    )
    cadence_months = models.PositiveSmallIntegerField("tagt alle … Monate", null=True, blank=True)
    chairs = models.CharField("Vorsitz (Funktionen)", max_length=200, blank=True)

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "Gemeinsame Arbeitsgruppe"
        verbose_name_plural = "Gemeinsame Arbeitsgruppen"
        ordering = ["partnership", "name"]
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                name="working_group_cadence",
                condition=Q(cadence_months__isnull=True) | Q(cadence_months__range=(1, 120)),
                violation_error_message="Bitte 1 bis 120 Monate angeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.partnership})"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(working_group__in=WorkingGroup.objects.visible_to(user))


@track()
class Meeting(Versioned, Filed):
    """Sitzung of a working group, planned or held, with its minutes."""

    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        related_name="meetings",
        verbose_name="Arbeitsgruppe",
    )
    held_on = models.DateField("Tag")
    place = models.CharField("Ort", max_length=80, blank=True)
    minutes = models.TextField("Protokoll", blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "Sitzung"
        verbose_name_plural = "Sitzungen"
        ordering = ["working_group", F("held_on").desc()]
        constraints = [
            *Filed.Meta.constraints,
            models.UniqueConstraint(
                "working_group",
                "held_on",
                name="meeting_once_a_day",
                violation_error_message="Diese Sitzung ist schon erfasst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.working_group}, {self.held_on:%d.%m.%Y}"

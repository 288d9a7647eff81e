from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from guidelines.rounds.models import GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.triggers import ROUND_OF_CHECK, frozen_when_decided, frozen_when_round_ended
from ministries.history.tracking import track
from ui.text_fields import ProseField

if TYPE_CHECKING:
    from ministries.models import User


class ReopeningQuerySet(models.QuerySet["Reopening"]):
    def visible_to(self, user: "User") -> Self:
        """The circle, and the houses it concerns: all that were asked, or the one house."""
        seen = self.filter(guideline_check__in=GuidelineCheck.objects.visible_to(user))
        if user.sees_proposals:
            return seen
        own = Statement.objects.of_houses(user)
        is_for_all = Q(statement=None, guideline_check__in=own.values("guideline_check"))
        return seen.filter(is_for_all | Q(statement__in=own))


@track()
class Reopening(models.Model):
    """Wiederöffnung: after the closing houses may file again, one of them or all; with its reason."""

    guideline_check = models.ForeignKey(
        GuidelineCheck, on_delete=models.PROTECT, related_name="reopenings", verbose_name="Check"
    )
    # None: for all houses that were asked.
    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reopenings",
        verbose_name="Stellungnahme",
    )
    reason = ProseField("Grund", max_length=1000)
    due_on = models.DateField("Frist")
    reopened_at = models.DateTimeField("wieder geöffnet")
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="wieder geöffnet durch",
    )
    # What it undid: the check itself keeps its last closing only.
    closed_on = models.DateField("geschlossen am")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="geschlossen durch",
    )

    objects = ReopeningQuerySet.as_manager()

    class Meta:
        verbose_name = "Wiederöffnung"
        verbose_name_plural = "Wiederöffnungen"
        ordering = ["-reopened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reopening_has_reason",
                condition=~Q(reason=""),
                violation_error_message="Nennen Sie den Grund.",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="recorded_reopening", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            frozen_when_round_ended(ROUND_OF_CHECK),
            frozen_when_decided("$row$.guideline_check_id"),
        ]

    def __str__(self) -> str:
        return f"{self.guideline_check}: wieder geöffnet bis {self.due_on:%d.%m.%Y}"

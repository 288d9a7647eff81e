from typing import TYPE_CHECKING, Self

from django.db import models

from guidelines.catalogue.models import Guideline
from ministries.history.tracking import track
from partnerships.models import Activity

if TYPE_CHECKING:
    from ministries.models import User


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, user: "User") -> Self:
        """As open as the activity; the guidelines it names were published."""
        return self.filter(
            activity__in=Activity.objects.visible_to(user),
            guideline__in=Guideline.objects.visible_to(user),
        )


@track()
class Contribution(models.Model):
    """Beitrag: an activity serves a guideline; said by its house."""

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="contributions", verbose_name="Aktivität"
    )
    guideline = models.ForeignKey(
        Guideline, on_delete=models.PROTECT, related_name="contributions", verbose_name="Leitlinie"
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = "Beitrag zu einer Leitlinie"
        verbose_name_plural = "Beiträge zu Leitlinien"
        ordering = ["activity", "guideline"]
        constraints = [
            models.UniqueConstraint(
                "activity",
                "guideline",
                name="contribution_once",
                violation_error_message="Dieser Beitrag ist schon erfasst.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.guideline}"

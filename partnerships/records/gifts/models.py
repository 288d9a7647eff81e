from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from ministries.history.tracking import track
from partnerships.records.activities.models import Activity
from partnerships.records.shared.models import EVERY_ROW, Owned, OwnedQuerySet
from partnerships.register.partners.partnerships import Partnership
from ui.day_fields import PastDateField
from ui.text_fields import LineField

if TYPE_CHECKING:
    from ministries.models import User


class GiftQuerySet(OwnedQuerySet["Gift"]):
    def visible_to(self, user: "User") -> Self:
        activities = Activity.objects.visible_to(user)
        return (
            super().visible_to(user).filter(Q(activity__isnull=True) | Q(activity__in=activities))
        )

    def shared_with(self, user: "User") -> Q:
        return EVERY_ROW


@track()
class Gift(Owned):
    """Gastgeschenk, given or received, with its value in Euro."""

    told_with = ("partnership",)

    class Direction(models.TextChoices):
        GIVEN = "given", "überreicht"
        RECEIVED = "received", "erhalten"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="gifts", verbose_name="Partnerschaft"
    )
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gifts",
        verbose_name="bei der Aktivität",
    )
    direction = models.CharField("Richtung", max_length=8, choices=Direction.choices)
    given_on = PastDateField("Tag")
    title = LineField("Geschenk", max_length=200)
    counterpart = LineField("von wem oder an wen (Funktion)", max_length=160, blank=True)
    value = models.DecimalField(
        "Wert (Euro)", max_digits=9, decimal_places=2, null=True, blank=True
    )
    whereabouts = LineField("Verbleib", max_length=160, blank=True)

    objects = GiftQuerySet.as_manager()

    class Meta:
        verbose_name = "Gastgeschenk"
        verbose_name_plural = "Gastgeschenke"
        ordering = [F("given_on").desc(), "-pk"]
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                name="gift_value_not_negative",
                condition=Q(value__isnull=True) | Q(value__gte=0),
                violation_error_message="Der Wert ist nicht negativ.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.partnership})"

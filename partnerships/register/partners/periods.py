from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ministries.clock import today
from ministries.history.dated import Dated, DatedQuerySet, Sourced, no_overlap, precision_field
from ministries.history.tracking import track
from ministries.models import Ministry
from partnerships.register.partners.partnerships import Partnership
from ui.text_fields import LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User


class StatusPeriodQuerySet(DatedQuerySet["StatusPeriod"]):
    def visible_to(self, user: "User", day: date | None = None) -> Self:
        """Leaves out a status that was decided but is not to be seen yet."""
        seen = self.exclude(partnership__in=Partnership.objects.hidden_from(user))
        return seen.told_to(user, day or today())

    def told_to(self, user: "User", day: date) -> Self:
        """Of partnerships which this person sees anyway: without what is not to be seen yet."""
        if user.sees_proposals:
            return self
        return self.filter(Q(visible_from__isnull=True) | Q(visible_from__lte=day))

    def current(self, day: date) -> Self:
        """The latest period begun by that day comes first.

        Its end is left aside: it tells of a successor which the viewer may not see yet.
        """
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).order_by(
            F("valid_from").desc(nulls_last=True)
        )


@track()
class StatusPeriod(Dated, Sourced):
    """The status of a partnership for a time, with the reason and who decided."""

    confirmed_as = "status"

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        related_name="status_periods",
        verbose_name="Partnerschaft",
    )
    status = models.CharField("Status", max_length=12, choices=Partnership.Status.choices)
    valid_from_precision = precision_field("Genauigkeit des Beginns")
    reason = LineField("Grund", max_length=300, blank=True)
    deciding_body = LineField("beschlossen durch", max_length=120, blank=True)
    reference = LineField("Beschluss, Aktenzeichen", max_length=120, blank=True)
    resume_condition = ProseField("Bedingung für die Wiederaufnahme", blank=True)
    review_on = models.DateField("wieder ansehen am", null=True, blank=True)
    visible_from = models.DateField("sichtbar ab", null=True, blank=True)

    objects = StatusPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "Status"
        verbose_name_plural = "Statusverlauf"
        ordering = ["partnership", F("valid_from").asc(nulls_first=True)]
        indexes = [
            # In the order of `current`, with all it asks for: read for every row of a list.
            models.Index(
                "partnership",
                F("valid_from").desc(nulls_last=True),
                include=["status", "visible_from", "valid_from_precision"],
                name="status_of_day",
            ),
            models.Index(
                fields=["review_on"], condition=Q(status="dormant"), name="status_look_again"
            ),
        ]
        constraints = [
            *Dated.Meta.constraints,
            *Sourced.Meta.constraints,
            no_overlap(
                "status_one_at_a_time",
                "In diesem Zeitraum hat die Partnerschaft schon einen Status.",
                "partnership",
            ),
            models.CheckConstraint(
                name="status_dormant_is_watched",
                condition=~Q(status="dormant")
                | ~Q(source="")
                | (~Q(resume_condition="") & Q(review_on__isnull=False)),
                violation_error_message=(
                    "Wer eine Partnerschaft ruhen lässt, nennt die Bedingung für die "
                    "Wiederaufnahme und den Tag, an dem wieder hingesehen wird."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.get_status_display()}"

    @property
    def is_decided(self) -> bool:
        """Follows from a decision of a Leitlinien-Check: only those say when they are seen."""
        return self.visible_from is not None


class LeadQuerySet(DatedQuerySet["Lead"]):
    def visible_to(self, user: "User") -> Self:
        return self.exclude(partnership__in=Partnership.objects.hidden_from(user))

    def unacknowledged(self, day: date) -> Self:
        """Given to a house that has not confirmed it yet, and not over by that day."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            is_to_be_acknowledged=True,
            acknowledged_on__isnull=True,
        )


@track()
class Lead(Dated, Sourced):
    """Federführung: the house that answers for a partnership, and when."""

    confirmed_as = "federfuehrung"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="leads", verbose_name="Partnerschaft"
    )
    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, related_name="leads", verbose_name="Ressort"
    )
    reason = LineField("Grund", max_length=300, blank=True)
    is_to_be_acknowledged = models.BooleanField(
        "Übernahme ist zu bestätigen", default=False, editable=False
    )
    acknowledged_on = models.DateField(
        "Übernahme bestätigt am", null=True, blank=True, editable=False
    )
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="Übernahme bestätigt durch",
    )

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = "Federführung"
        verbose_name_plural = "Federführungen"
        ordering = ["partnership", F("valid_from").asc(nulls_first=True)]
        indexes = [
            models.Index(
                fields=["partnership", "valid_from", "valid_until", "ministry"], name="lead_of_day"
            )
        ]
        constraints = [
            *Dated.Meta.constraints,
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                name="lead_acknowledgement",
                condition=Q(acknowledged_on__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_on__isnull=False, acknowledged_by__isnull=False),
                violation_error_message="Eine Bestätigung hat Datum und Person.",
            ),
            no_overlap(
                "lead_one_house_at_a_time",
                "In diesem Zeitraum ist schon ein Ressort federführend.",
                "partnership",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.ministry}"

    @property
    def awaits_acknowledgement(self) -> bool:
        return self.is_to_be_acknowledged and self.acknowledged_on is None

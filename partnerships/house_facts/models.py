from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from ministries.models import Ministry
from partnerships.register.partners.partnerships import Partnership
from ui.text_fields import LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User


class CorrectionRequestQuerySet(models.QuerySet["CorrectionRequest"]):
    def visible_to(self, user: "User") -> Self:
        """The house that asks, and the coordination that answers."""
        hidden = Partnership.objects.hidden_from(user)
        seen = self.exclude(partnership__in=hidden)
        return seen if user.is_coordinator else seen.filter(ministry__in=user.ministry_ids())

    def open(self) -> Self:
        return self.filter(state=CorrectionRequest.State.OPEN)


@track()
class CorrectionRequest(Versioned):
    """A house says that the register is wrong about it; the coordination writes the register.

    Names its fact by kind and key alone, so that it outlives the fact.
    """

    class Kind(models.TextChoices):
        MINISTRY = "ressort", "Ressort"
        RESPONSIBILITY = "zustaendigkeit", "Fachzuständigkeit"
        LEAD = "federfuehrung", "Federführung"
        PARTICIPATION = "fachgebiet", "Beteiligung"
        AGREEMENT = "vereinbarung", "Vereinbarung"

    class Act(models.TextChoices):
        CORRECT = "correct", "berichtigen"
        STRIKE = "strike", "streichen"

    class State(models.TextChoices):
        OPEN = "open", "offen"
        ADOPTED = "adopted", "übernommen"
        REFUSED = "refused", "nicht übernommen"

    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, related_name="+", verbose_name="Ressort"
    )
    kind = models.CharField("Art der Angabe", max_length=16, choices=Kind.choices)
    fact_id = models.BigIntegerField("Nummer der Angabe")
    about = LineField("Angabe", max_length=300)
    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Partnerschaft",
    )
    act = models.CharField("erbeten", max_length=8, choices=Act.choices)
    proposal = ProseField("Vorschlag", max_length=2000)
    asked_at = models.DateTimeField("erbeten am")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="erbeten durch",
    )
    state = models.CharField("Stand", max_length=8, choices=State.choices, default=State.OPEN)
    answer = ProseField("Antwort", max_length=2000, blank=True)
    answered_at = models.DateTimeField("beantwortet am", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beantwortet durch",
    )

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "Bitte um Berichtigung"
        verbose_name_plural = "Bitten um Berichtigung"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="correction_answered_or_open",
                condition=Q(state="open", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                violation_error_message="Eine Antwort hat Zeitpunkt und Person.",
            ),
            models.CheckConstraint(
                name="correction_refused_with_reason",
                condition=~Q(state="refused") | ~Q(answer=""),
                violation_error_message="Bitte den Grund nennen.",
            ),
            models.UniqueConstraint(
                fields=["ministry", "kind", "fact_id"],
                condition=Q(state="open"),
                name="correction_one_open",
                violation_error_message="Zu dieser Angabe ist schon eine Bitte offen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.get_act_display()}"

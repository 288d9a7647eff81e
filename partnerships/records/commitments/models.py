from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from ministries.clock import today
from ministries.history.dated import Sourced
from ministries.history.tracking import track
from partnerships.records.activities.models import Activity
from partnerships.records.shared.models import EVERY_ROW, Owned, OwnedQuerySet
from partnerships.records.working_groups.models import Meeting
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.sorting import folded, search_index, search_text
from ui.text_fields import LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User


class CommitmentQuerySet(OwnedQuerySet["Commitment"]):
    def visible_to(self, user: "User") -> Self:
        """What was promised at an activity is read by whoever reads the activity."""
        activities = Activity.objects.visible_to(user)
        return (
            super().visible_to(user).filter(Q(activity__isnull=True) | Q(activity__in=activities))
        )

    def shared_with(self, user: "User") -> Q:
        return EVERY_ROW

    def open(self) -> Self:
        return self.in_use().filter(settled_on__isnull=True)

    def overdue(self, day: date) -> Self:
        return self.open().filter(due_on__lt=day)

    def matching(self, text: str) -> Self:
        return self.filter(search_text__contains=folded(text))

    def resembling(self, text: str) -> Self:
        return self.filter(search_text__trigram_word_similar=folded(text))


@track(exclude=["search_text"])
class Commitment(Owned, Sourced):
    """Zusage: who owes what by when, and in which text or talk it was promised."""

    told_with = ("partnership",)

    class Side(models.TextChoices):
        OURS = "ours", "Sachsen"
        PARTNER = "partner", "Partnerseite"

    class Outcome(models.TextChoices):
        FULFILLED = "fulfilled", "erfüllt"
        DROPPED = "dropped", "hinfällig"

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name="Partnerschaft",
    )
    owed_by_side = models.CharField(
        "Wer hat zugesagt?", max_length=8, choices=Side.choices, default=Side.OURS
    )
    title = LineField("Zusage", max_length=300)
    source_passage = ProseField("Fundstelle, Wortlaut", blank=True)
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name="aus der Vereinbarung",
    )
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name="aus der Aktivität",
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name="aus der Sitzung",
    )
    due_on = models.DateField("fällig am", null=True, blank=True)
    outcome = models.CharField(
        "Ergebnis", max_length=10, choices=Outcome.choices, blank=True, editable=False
    )
    outcome_note = LineField("Vermerk zum Ergebnis", max_length=300, blank=True)
    settled_on = models.DateField("erledigt am", null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="erledigt durch",
    )
    search_text = search_text("title", "source_passage")

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "Zusage"
        verbose_name_plural = "Zusagen"
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        indexes = [
            search_index("commitment_search"),
            models.Index(
                fields=["due_on"], condition=Q(settled_on__isnull=True), name="commitment_open"
            ),
        ]
        constraints = [
            *Owned.Meta.constraints,
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                name="commitment_settled",
                condition=Q(settled_on__isnull=True, settled_by__isnull=True, outcome="")
                | (Q(settled_on__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
                violation_error_message="Erledigt wird eine Zusage mit Ergebnis, Tag und Person.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.partnership})"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:commitment", args=[self.pk])

    @property
    def is_late(self) -> bool:
        return self.is_overdue(today())

    def is_overdue(self, day: date) -> bool:
        return self.settled_on is None and self.due_on is not None and self.due_on < day

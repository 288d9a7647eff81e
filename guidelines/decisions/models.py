from datetime import date
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from guidelines.rounds.models import GuidelineCheck
from guidelines.states.outcomes import Outcome, in_words
from guidelines.states.triggers import ROUND_OF_CHECK, frozen_when_round_ended
from ministries.clock import today
from ministries.history.tracking import track
from partnerships.models import Partnership
from ui.day_fields import PastDateField
from ui.text_fields import LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User


class JudgementQuerySet(models.QuerySet):
    """Proposals and decisions: a small circle until the decision is visible to all."""

    def visible_to(self, user: "User", day: date | None = None) -> Self:
        """Of partnerships that this person may know of: of none for whoever reads no content."""
        hidden = Partnership.objects.hidden_from(user)
        seen = self.exclude(guideline_check__partnership__in=hidden)
        if user.sees_proposals:
            return seen
        return seen.filter(guideline_check__decision__visible_from__lte=day or today())


@track()
class Proposal(models.Model):
    """Entscheidungsvorschlag: one version of it; a new wording is a new version."""

    guideline_check = models.ForeignKey(
        GuidelineCheck, on_delete=models.PROTECT, related_name="proposals", verbose_name="Check"
    )
    number = models.PositiveSmallIntegerField("Fassung")
    outcome = models.CharField("Vorschlag", max_length=20, choices=Outcome.choices)
    until_on = models.DateField("bis", null=True, blank=True)
    reasons = ProseField("Begründung")
    written_at = models.DateTimeField("geschrieben")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="geschrieben durch",
    )

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = "Entscheidungsvorschlag"
        verbose_name_plural = "Entscheidungsvorschläge"
        ordering = ["guideline_check", "-number"]
        constraints = [
            models.UniqueConstraint(
                "guideline_check",
                "number",
                name="proposal_number_once",
                violation_error_message="Diese Fassung des Vorschlags gibt es schon.",
            ),
            models.CheckConstraint(
                name="proposal_limited_has_end",
                condition=~Q(outcome__in=["continue_limited", "postpone"])
                | Q(until_on__isnull=False),
                violation_error_message="Bitte angeben, bis wann.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="written_proposal", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            frozen_when_round_ended(ROUND_OF_CHECK),
        ]

    def __str__(self) -> str:
        return f"{self.outcome_words} (Fassung {self.number})"

    @property
    def outcome_words(self) -> str:
        return in_words(self.outcome, self.until_on)


@track()
class Decision(models.Model):
    """Beschluss: what was decided about one partnership, recorded from the E-Akte."""

    class Body(models.TextChoices):
        CABINET = "cabinet", "Kabinettsbeschluss"
        MINISTER_PRESIDENT = "minister_president", "Entscheidung des Ministerpräsidenten"
        CHIEF = "chief", "Entscheidung des Chefs der Staatskanzlei"

    guideline_check = models.OneToOneField(
        GuidelineCheck, on_delete=models.PROTECT, related_name="decision", verbose_name="Check"
    )
    body = models.CharField("beschlossen durch", max_length=20, choices=Body.choices)
    decided_on = PastDateField("beschlossen am")
    number = LineField("Beschluss-Nr., Aktenzeichen", max_length=80)
    wording = ProseField("Wortlaut")
    outcome = models.CharField("Ergebnis", max_length=20, choices=Outcome.choices)
    until_on = models.DateField("bis", null=True, blank=True)
    effective_from = models.DateField("wirksam ab")
    visible_from = models.DateField("sichtbar ab")
    resume_condition = ProseField("Bedingung für die Wiederaufnahme", blank=True)
    review_on = models.DateField("wieder ansehen am", null=True, blank=True)
    recorded_at = models.DateTimeField("eingetragen")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="eingetragen durch",
    )

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = "Beschluss"
        verbose_name_plural = "Beschlüsse"
        ordering = ["-decided_on", "guideline_check"]
        constraints = [
            models.CheckConstraint(
                name="decision_limited_has_end",
                condition=~Q(outcome__in=["continue_limited", "postpone"])
                | Q(until_on__isnull=False),
                violation_error_message="Bitte angeben, bis wann.",
            ),
            models.CheckConstraint(
                name="decision_dormant_is_watched",
                condition=~Q(outcome="suspend")
                | (~Q(resume_condition="") & Q(review_on__isnull=False)),
                violation_error_message=(
                    "Wer eine Partnerschaft ruhen lässt, nennt die Bedingung für die "
                    "Wiederaufnahme und den Tag, an dem wieder hingesehen wird."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="recorded_decision", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            frozen_when_round_ended(ROUND_OF_CHECK),
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.number}: {self.outcome_words}"

    @property
    def outcome_words(self) -> str:
        return in_words(self.outcome, self.until_on)

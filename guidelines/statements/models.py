from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from guidelines.catalogue.models import Criterion
from guidelines.rounds.models import GuidelineCheck, RoundState
from guidelines.statements.querysets import StatementQuerySet
from guidelines.states.outcomes import VOTE_CHOICES, in_words
from guidelines.states.tables import STATEMENT_TRANSITIONS, CheckState, StatementState
from guidelines.states.triggers import (
    ROUND_OF_CHECK,
    ROUND_OF_STATEMENT,
    frozen_when_round_ended,
    state_fixed_when_collected,
    state_fixed_when_excused,
    state_fixed_when_taken_out,
    state_guard,
)
from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from ministries.models import Ministry, User
from ui.day_fields import PastDateField
from ui.text_fields import LineField, ProseField


@track()
class Statement(Versioned):
    """Stellungnahme: what one house has to say about one partnership in a round."""

    told_with = ("ministry", "guideline_check__round", "guideline_check__partnership")

    State = StatementState

    guideline_check = models.ForeignKey(
        GuidelineCheck,
        on_delete=models.PROTECT,
        related_name="statements",
        verbose_name="Check",
    )
    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, related_name="statements", verbose_name="Ressort"
    )
    asked_because = LineField("beteiligt, weil", max_length=300, blank=True)
    # Of this house alone, while its partnership stays in the round.
    taken_out_on = models.DateField("nicht mehr beteiligt seit", null=True, blank=True)
    taken_out_because = LineField(
        "nicht mehr beteiligt, weil", max_length=300, blank=True, default="", db_default=""
    )
    state = models.CharField(
        "Stand", max_length=10, choices=StatementState.choices, default=StatementState.OPEN
    )
    due_on = models.DateField("verlängert bis", null=True, blank=True)
    # For this house alone, in a collection that stays closed for the others.
    is_reopened = models.BooleanField("wieder geöffnet", default=False, db_default=False)
    is_nil_return = models.BooleanField("Fehlanzeige", default=False)
    nil_reason = ProseField("Grund der Fehlanzeige", blank=True, default="", db_default="")
    vote = models.CharField("Votum des Hauses", max_length=20, choices=VOTE_CHOICES, blank=True)
    vote_until_on = models.DateField("Votum bis", null=True, blank=True)
    key_message = ProseField("Kernaussage", blank=True, max_length=600)
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name="bearbeitet durch"
    )
    submitted_at = models.DateTimeField("vorgelegt", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vorgelegt durch",
    )
    released_at = models.DateTimeField("freigegeben", null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="freigegeben durch",
    )
    is_released_by_deputy = models.BooleanField("Freigabe i. V.", default=False)
    # Released on paper or in the E-Akte; `released_by` is then who recorded it.
    released_outside_on = PastDateField("außerhalb freigegeben am", null=True, blank=True)
    released_outside_function = LineField("außerhalb freigegeben durch", max_length=120, blank=True)
    released_outside_reference = LineField("Aktenzeichen der Freigabe", max_length=80, blank=True)
    return_note = ProseField("Hinweis zur Überarbeitung", blank=True)
    fact_sheet = models.JSONField("Faktenblatt bei Freigabe", null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = "Stellungnahme"
        verbose_name_plural = "Stellungnahmen"
        ordering = ["guideline_check", "ministry__sort_order"]
        constraints = [
            models.UniqueConstraint(
                "guideline_check",
                "ministry",
                name="statement_once_a_house",
                violation_error_message="Dieses Ressort ist schon beteiligt.",
            ),
            models.CheckConstraint(
                name="statement_submitted_by_somebody",
                condition=Q(state="open")
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                violation_error_message="Eine vorgelegte Stellungnahme hat Zeitpunkt und Person.",
            ),
            models.CheckConstraint(
                name="statement_released_by_another",
                condition=(~Q(state="released") & Q(released_at__isnull=True))
                | (
                    Q(state="released", released_at__isnull=False, released_by__isnull=False)
                    & ~Q(released_by=F("submitted_by"))
                ),
                violation_error_message="Freigeben muss eine andere Person als die vorlegende.",
            ),
            models.CheckConstraint(
                name="statement_released_outside_is_complete",
                condition=Q(released_outside_on__isnull=True)
                | (
                    Q(state="released")
                    & ~Q(released_outside_function="")
                    & ~Q(released_outside_reference="")
                ),
                violation_error_message=(
                    "Zu einer Freigabe außerhalb von Brücke gehören Funktion, Datum und "
                    "Aktenzeichen."
                ),
            ),
            models.CheckConstraint(
                name="statement_released_is_complete",
                condition=~Q(state="released") | Q(is_nil_return=True) | ~Q(vote=""),
                violation_error_message="Einer freigegebenen Stellungnahme fehlt das Votum.",
            ),
        ]
        indexes = [models.Index(fields=["ministry", "state"], name="statement_house_state")]
        triggers = [
            state_guard("statement_state", STATEMENT_TRANSITIONS),
            state_fixed_when_collected(),
            state_fixed_when_taken_out(),
            state_fixed_when_excused(),
            frozen_when_round_ended(ROUND_OF_CHECK),
        ]

    def __str__(self) -> str:
        return f"Stellungnahme {self.ministry} · {self.guideline_check.partnership}"

    def get_absolute_url(self) -> str:
        return reverse("guidelines:statement", args=[self.pk])

    @property
    def vote_words(self) -> str:
        return in_words(self.vote, self.vote_until_on)

    @property
    def is_out(self) -> bool:
        return self.guideline_check.is_out or self.taken_out_on is not None

    @property
    def is_accepted(self) -> bool:
        """Whether the coordination may ask back: it knows of every decision."""
        check = self.guideline_check
        asks = check.state in (CheckState.COLLECTING, CheckState.EVALUATING)
        return check.round.state == RoundState.OPEN and asks and not self.is_closed

    @property
    def why_unwritten(self) -> str:
        """Inside its house; "" while it is written."""
        words = {StatementState.SUBMITTED: "vorgelegt", StatementState.RELEASED: "freigegeben"}
        word = words.get(StatementState(self.state))
        return f"die Stellungnahme ist inzwischen {word}" if word else ""

    @property
    def is_closed(self) -> bool:
        check = self.guideline_check
        is_over = check.collection_closed_on is not None and not self.is_reopened
        return is_over or self.is_out or check.round.state == RoundState.BROKEN_OFF

    @property
    def is_outstanding(self) -> bool:
        """The same as `StatementQuerySet.outstanding`, for one statement."""
        return not self.is_closed and self.state != StatementState.RELEASED

    def is_awaited(self, day: date) -> bool:
        """The same as `StatementQuerySet.awaited`, for one statement."""
        check = self.guideline_check
        if self.is_closed:
            return False
        if decision := getattr(check, "decision", None):
            return bool(decision.visible_from > day)
        return check.round.state == RoundState.OPEN

    @property
    def deadline(self) -> date:
        return self.due_on or self.guideline_check.round.due_on


class ReviewNoteQuerySet(models.QuerySet["ReviewNote"]):
    def visible_to(self, user: User, day: date | None = None) -> Self:
        return self.filter(statement__in=Statement.objects.visible_to(user, day))

    def unwritten(self) -> Self:
        """Without an answer or the reason it needs, or taken over and not confirmed."""
        lacks_reason = Q(answer__in=ReviewNote.REASON_REQUIRED, reason="")
        return self.filter(Q(answer="") | lacks_reason | Q(is_unconfirmed=True))


@track()
class ReviewNote(models.Model):
    """Einschätzung: one house's answer to one criterion; empty until answered.

    The rows are made when the round is opened, so they also say who is asked what.
    """

    class Answer(models.TextChoices):
        """The words for STEP_0 to STEP_3 are the criterion's own."""

        STEP_0 = "0", "unterste Stufe"
        STEP_1 = "1", "zweite Stufe"
        STEP_2 = "2", "dritte Stufe"
        STEP_3 = "3", "oberste Stufe"
        YES = "yes", "Ja"
        NO = "no", "Nein"
        CLARIFY = "clarify", "Klärungsbedarf"
        NOT_APPLICABLE = "not_applicable", "trifft nicht zu"
        NOT_ASSESSABLE = "not_assessable", "nicht beurteilbar"

    told_with = ("criterion",)

    # Both ends of the scale, and whatever stands in the way, need a reason.
    REASON_REQUIRED = frozenset({Answer.STEP_0, Answer.STEP_3, Answer.NO, Answer.CLARIFY})
    ALWAYS_POSSIBLE = (Answer.NOT_APPLICABLE, Answer.NOT_ASSESSABLE)

    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        related_name="review_notes",
        verbose_name="Stellungnahme",
    )
    criterion = models.ForeignKey(
        Criterion,
        on_delete=models.PROTECT,
        related_name="review_notes",
        verbose_name="Prüfkriterium",
    )
    answer = models.CharField("Antwort", max_length=14, choices=Answer.choices, blank=True)
    reason = ProseField("Begründung", blank=True)
    is_unconfirmed = models.BooleanField(
        "aus dem letzten Check übernommen, noch nicht bestätigt", default=False, db_default=False
    )

    cited: Sequence[Any] = ()  # put there by `show_evidence`

    objects = ReviewNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "Einschätzung"
        verbose_name_plural = "Einschätzungen"
        ordering = ["statement", "criterion__guideline__number", "criterion__code"]
        constraints = [
            models.UniqueConstraint(
                "statement",
                "criterion",
                name="review_note_once",
                violation_error_message="Zu dieser Frage gibt es schon eine Einschätzung.",
            )
        ]
        triggers = [frozen_when_round_ended(ROUND_OF_STATEMENT)]

    def __str__(self) -> str:
        return f"{self.criterion.code}: {self.answer_word}"

    @property
    def is_answered(self) -> bool:
        """What is taken over counts once it is confirmed."""
        return bool(self.answer) and not self.is_unconfirmed

    @property
    def possible_answers(self) -> set[str]:
        return {*dict(self.criterion.answers), *self.ALWAYS_POSSIBLE}

    @property
    def answer_word(self) -> str:
        """The criterion's own word for the answer, "" while unanswered."""
        if not self.answer:
            return ""
        return dict(self.criterion.answers).get(self.answer) or self.get_answer_display()

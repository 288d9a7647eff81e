from datetime import date
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from guidelines.catalogue.models import Edition
from guidelines.states.tables import CHECK_TRANSITIONS, ROUND_TRANSITIONS, CheckState, RoundState
from guidelines.states.triggers import frozen_when_round_ended, state_guard
from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from partnerships.models import Partnership
from ui.text_fields import ProseField

if TYPE_CHECKING:
    from guidelines.statements.querysets import StatementQuerySet
    from ministries.models import User


# What is added to the slug of a round that is broken off: its name is free again.
BROKEN_OFF = "-abgebrochen"


class CheckRoundQuerySet(models.QuerySet["CheckRound"]):
    def visible_to(self, user: "User") -> Self:
        """A round in preparation is the coordination's alone."""
        if not user.reads_content:
            return self.none()
        return self if user.is_coordinator else self.exclude(state=RoundState.PREPARING)

    def running(self, user: "User", day: date) -> Self:
        """As this person may know it: outside the circle, until all its decisions are visible."""
        if user.sees_proposals:
            return self.filter(state=RoundState.OPEN)
        closed_unseen = Q(_undisclosed(day), state=RoundState.CLOSED)
        return self.filter(Q(state=RoundState.OPEN) | closed_unseen)

    def formerly(self, slug: str) -> Self:
        """Broken off under this name, the latest first; none where another round has it by now."""
        if self.filter(slug=slug).exists():
            return self.none()
        left = self.filter(state=RoundState.BROKEN_OFF, slug__startswith=f"{slug}{BROKEN_OFF}")
        return left.order_by("-pk")

    def with_disclosure(self, day: date) -> Self:
        """With `is_undisclosed`: some of its decisions are not visible to all yet."""
        return self.annotate(is_undisclosed=_undisclosed(day))


def _undisclosed(day: date) -> Exists:
    checks = GuidelineCheck.objects.filter(round=OuterRef("pk"))
    return Exists(checks.filter(decision__visible_from__gt=day))


@track()
class CheckRound(Versioned):
    """Leitlinien-Check: many partnerships, one catalogue, one deadline."""

    State = RoundState

    # Left out it is the year, which the database writes; a second one of the year has "2026-2".
    slug = models.SlugField("Kurzname", max_length=40, db_default="", editable=False)
    year = models.PositiveSmallIntegerField("Jahr")
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="rounds", verbose_name="Leitlinienfassung"
    )
    state = models.CharField(
        "Stand", max_length=10, choices=RoundState.choices, default=RoundState.PREPARING
    )
    due_on = models.DateField("Frist für die Zulieferung")
    is_open_reading = models.BooleanField(
        "offen",
        default=False,
        help_text="Freigegebene Stellungnahmen sind sofort für alle beteiligten Ressorts sichtbar.",
    )
    opened_at = models.DateTimeField("eröffnet", null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="eröffnet durch",
    )
    closed_at = models.DateTimeField("abgeschlossen", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="abgeschlossen durch",
    )

    broken_off_at = models.DateTimeField("abgebrochen", null=True, blank=True)
    broken_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name="abgebrochen durch",
    )
    broken_off_reason = ProseField(
        "Grund des Abbruchs", blank=True, default="", db_default="", max_length=1000
    )

    is_undisclosed: bool  # added by `with_disclosure`

    objects = CheckRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "Leitlinien-Check"
        verbose_name_plural = "Leitlinien-Checks"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "slug",
                name="round_slug_once",
                condition=~Q(slug=""),
                violation_error_message="Diesen Leitlinien-Check gibt es schon.",
            ),
            models.CheckConstraint(
                name="round_opened_by_somebody",
                condition=Q(state="preparing", opened_at__isnull=True, opened_by__isnull=True)
                | (~Q(state="preparing") & Q(opened_at__isnull=False, opened_by__isnull=False)),
                violation_error_message="Ein eröffneter Leitlinien-Check hat Zeitpunkt und Person.",
            ),
            models.CheckConstraint(
                name="round_closed_by_somebody",
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True, closed_by__isnull=True)),
                violation_error_message=(
                    "Ein abgeschlossener Leitlinien-Check hat Zeitpunkt und Person."
                ),
            ),
            models.CheckConstraint(
                name="round_broken_off_with_reason",
                condition=Q(
                    ~Q(broken_off_reason=""),
                    state="broken_off",
                    broken_off_at__isnull=False,
                    broken_off_by__isnull=False,
                )
                | Q(
                    ~Q(state="broken_off"),
                    broken_off_at__isnull=True,
                    broken_off_by__isnull=True,
                ),
                violation_error_message=(
                    "Ein abgebrochener Leitlinien-Check hat Zeitpunkt, Person und Grund."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="round_slug",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__slug=""),
                func="NEW.slug = NEW.year::text; RETURN NEW;",
            ),
            state_guard("round_state", ROUND_TRANSITIONS),
            pgtrigger.Protect(
                name="closed_round",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="closed") | pgtrigger.Q(old__state="broken_off"),
            ),
        ]

    def __str__(self) -> str:
        return f"Leitlinien-Check {self.name}"

    @property
    def name(self) -> str:
        """What tells it from all others: "2026", "2026-2", "2026 (abgebrochen)"."""
        name, mark, number = self.slug.partition(BROKEN_OFF)
        return f"{name} (abgebrochen{number.replace('-', ' ')})" if mark else name

    def get_absolute_url(self) -> str:
        return reverse("guidelines:round", args=[self.slug])


class GuidelineCheckQuerySet(models.QuerySet["GuidelineCheck"]):
    def visible_to(self, user: "User") -> Self:
        if user.is_coordinator:
            return self
        return self.filter(round__in=CheckRound.objects.visible_to(user)).exclude(
            partnership__in=Partnership.objects.hidden_from(user)
        )

    def readable_by(self, user: "User", day: date) -> Self:
        """Checks whose page has something on it for this person."""
        checks = self.visible_to(user)
        if user.sees_proposals:
            return checks
        statements: StatementQuerySet = self.model.statements.rel.related_model.objects.all()  # type: ignore[attr-defined]
        return checks.filter(
            Exists(statements.visible_to(user, day).filter(guideline_check=OuterRef("pk")))
            | Q(decision__visible_from__lte=day)
        )

    def undecided(self) -> Self:
        """Those the round still waits for."""
        return self.filter(taken_out_on=None).exclude(state=CheckState.DECIDED)

    def collecting(self) -> Self:
        """Where a house can still file: in open rounds, not decided, not closed for all."""
        is_open = Q(collection_closed_on=None) | Q(statements__is_reopened=True)
        return self.undecided().filter(is_open, round__state=RoundState.OPEN).distinct()


@track()
class GuidelineCheck(Versioned):
    """The check of one partnership in one round."""

    told_with = ("round", "partnership")

    State = CheckState

    round = models.ForeignKey(
        CheckRound, on_delete=models.PROTECT, related_name="checks", verbose_name="Leitlinien-Check"
    )
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="checks", verbose_name="Partnerschaft"
    )
    state = models.CharField(
        "Stand", max_length=10, choices=CheckState.choices, default=CheckState.COLLECTING
    )
    evaluation = ProseField("Auswertung", blank=True)
    # Everybody asked may know it; it says nothing of a decision.
    collection_closed_on = models.DateField("Zulieferung geschlossen am", null=True, blank=True)
    collection_closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name="Zulieferung geschlossen durch",
    )

    # Ended or mistaken meanwhile: nothing is asked of it in this round any more, and nothing decided.
    taken_out_on = models.DateField("herausgenommen am", null=True, blank=True)
    taken_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name="herausgenommen durch",
    )
    taken_out_because = ProseField(
        "nicht mehr im Leitlinien-Check, weil",
        blank=True,
        default="",
        db_default="",
        max_length=1000,
    )

    objects = GuidelineCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "Check einer Partnerschaft"
        verbose_name_plural = "Checks der Partnerschaften"
        ordering = ["round", "partnership__sort_key"]
        constraints = [
            models.UniqueConstraint(
                "round",
                "partnership",
                name="check_once_a_round",
                violation_error_message="Diese Partnerschaft ist in diesem Check schon enthalten.",
            ),
            models.CheckConstraint(
                name="check_collection_closed_by_somebody",
                condition=Q(collection_closed_on__isnull=True, collection_closed_by__isnull=True)
                | Q(collection_closed_on__isnull=False, collection_closed_by__isnull=False),
                violation_error_message="Eine geschlossene Zulieferung hat Tag und Person.",
            ),
            models.CheckConstraint(
                name="check_taken_out_with_reason",
                condition=Q(taken_out_on__isnull=True, taken_out_by__isnull=True)
                | Q(
                    ~Q(taken_out_because=""),
                    taken_out_on__isnull=False,
                    taken_out_by__isnull=False,
                    state="collecting",
                ),
                violation_error_message="Wer eine Partnerschaft herausnimmt, nennt den Grund.",
            ),
        ]
        triggers = [
            state_guard("check_state", CHECK_TRANSITIONS),
            frozen_when_round_ended("$row$.round_id"),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.partnership}"

    @property
    def is_collecting(self) -> bool:
        """Whether all houses asked can still file."""
        is_over = self.state == CheckState.DECIDED or self.is_out or self.collection_closed_on
        return self.round.state == RoundState.OPEN and not is_over

    @property
    def is_out(self) -> bool:
        return self.taken_out_on is not None

    @property
    def may_reopen(self) -> bool:
        """Whether houses may be let in again: not once a proposal stands."""
        asks = self.state in (CheckState.COLLECTING, CheckState.EVALUATING)
        is_running = asks and self.round.state == RoundState.OPEN
        return is_running and self.collection_closed_on is not None and not self.is_out

    def get_absolute_url(self) -> str:
        return reverse("guidelines:check", args=[self.round.slug, self.partnership.slug])

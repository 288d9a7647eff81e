from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guidelines.statements.models import Statement
from guidelines.states.tables import QUERY_TRANSITIONS, QueryState
from guidelines.states.triggers import frozen_when_round_ended, state_guard
from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from ui.text_fields import ProseField

if TYPE_CHECKING:
    from ministries.models import User


class QueryQuerySet(models.QuerySet["Query"]):
    def visible_to(self, user: "User", day: date | None = None) -> Self:
        """The asked house and the coordination, which reads no answer before its release."""
        statements = Statement.objects.visible_to(user, day)
        if not user.is_coordinator:
            statements = statements.filter(ministry__in=user.ministry_ids())
        return self.filter(statement__in=statements)


@track()
class Query(Versioned):
    """Rückfrage: what the coordination asks about a released statement, beside it.

    What was released counts until the house releases its answer. `values` is the new version it
    is writing, under the names of the form; what is not named stays as it is.
    """

    told_with = ("statement__ministry", "statement__guideline_check__partnership")

    State = QueryState

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="queries", verbose_name="Stellungnahme"
    )
    text = ProseField("Rückfrage", max_length=3000)
    due_on = models.DateField("Antwort bis")
    asked_at = models.DateTimeField("gestellt")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="gestellt durch",
    )
    state = models.CharField(
        "Stand", max_length=10, choices=QueryState.choices, default=QueryState.OPEN
    )
    values = models.JSONField("neue Fassung", default=dict, blank=True)
    reply = ProseField("Antwort an die Staatskanzlei", max_length=3000, blank=True)
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
    return_note = ProseField("Hinweis zur Überarbeitung", blank=True)
    answered_at = models.DateTimeField("beantwortet", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beantwortet durch",
    )
    answered_version = models.PositiveIntegerField("beantwortet mit Fassung", null=True, blank=True)
    withdrawn_at = models.DateTimeField("zurückgenommen", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="zurückgenommen durch",
    )

    objects: ClassVar[QueryQuerySet] = QueryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Rückfrage"
        verbose_name_plural = "Rückfragen"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "statement",
                condition=Q(state__in=["open", "submitted"]),
                name="query_one_at_a_time",
                violation_error_message="Zu dieser Stellungnahme ist schon eine Rückfrage offen.",
            ),
            models.CheckConstraint(
                name="query_submitted_by_somebody",
                condition=Q(state__in=["open", "withdrawn"])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                violation_error_message="Eine vorgelegte Antwort hat Zeitpunkt und Person.",
            ),
            models.CheckConstraint(
                name="query_answered_by_another",
                condition=(
                    ~Q(state="answered")
                    & Q(answered_at__isnull=True, answered_by__isnull=True)
                    & Q(answered_version__isnull=True)
                )
                | (
                    Q(state="answered", answered_at__isnull=False, answered_by__isnull=False)
                    & Q(answered_version__isnull=False)
                    & ~Q(answered_by=F("submitted_by"))
                ),
                violation_error_message="Freigeben muss eine andere Person als die vorlegende.",
            ),
            models.CheckConstraint(
                name="query_withdrawn_by_somebody",
                condition=(
                    ~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                )
                | Q(state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                violation_error_message="Eine zurückgenommene Rückfrage hat Zeitpunkt und Person.",
            ),
        ]
        triggers = [
            state_guard("query_state", QUERY_TRANSITIONS),
            frozen_when_round_ended(
                "SELECT c.round_id FROM guidelines_guidelinecheck c "
                "JOIN guidelines_statement s ON s.guideline_check_id = c.id "
                "WHERE s.id = $row$.statement_id"
            ),
        ]

    def __str__(self) -> str:
        return f"Rückfrage zur {self.statement}"

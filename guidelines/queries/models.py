from collections.abc import Container
from copy import copy
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self, TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse

from guidelines.rounds.models import GuidelineCheck
from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.outcomes import VOTE_CHOICES
from guidelines.states.tables import QUERY_TRANSITIONS, QueryState, StatementState
from guidelines.states.triggers import ROUND_OF_STATEMENT, frozen_when_round_ended, state_guard
from ministries.history.tracking import events_of, track
from ministries.history.versioned import Versioned
from ministries.models import Ministry
from ui.text_fields import ProseField

if TYPE_CHECKING:
    from ministries.models import User

UNANSWERED = (QueryState.OPEN, QueryState.SUBMITTED)


class QueryQuerySet(models.QuerySet["Query"]):
    def visible_to(self, user: "User", day: date | None = None) -> Self:
        """The asked house and the coordination, which reads no answer before its release."""
        statements = Statement.objects.visible_to(user, day)
        if not user.is_coordinator:
            statements = statements.filter(ministry__in=user.ministry_ids())
        return self.filter(statement__in=statements)

    def of_houses(self, user: "User") -> Self:
        """Those this person's own houses are asked, with the answer they are writing."""
        return self.filter(statement__in=Statement.objects.of_houses(user))

    def unanswered(self) -> Self:
        return self.filter(state__in=UNANSWERED)

    def awaited(self, day: date) -> Self:
        """Those a house can still answer, as far as it may know."""
        return self.unanswered().filter(statement__in=Statement.objects.awaited(day))

    def with_deputies(self) -> Self:
        """Adds `is_answered_by_deputy`, as the statement was released with the answer."""
        released = events_of(Statement).filter(
            pgh_obj=OuterRef("statement"), version=OuterRef("answered_version")
        )
        deputy = released.order_by("-pgh_id").values("is_released_by_deputy")[:1]
        return self.annotate(is_answered_by_deputy=Subquery(deputy))


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

    is_answered_by_deputy = False  # added by `with_deputies`

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
            frozen_when_round_ended(ROUND_OF_STATEMENT),
        ]

    def __str__(self) -> str:
        return f"Rückfrage zur {self.statement}"

    def get_absolute_url(self) -> str:
        return reverse("guidelines:query", args=[self.pk])

    # A house writes an answer as it writes a statement: the same people, the same rules.

    @property
    def ministry_id(self) -> int:
        return self.statement.ministry_id

    @property
    def ministry(self) -> Ministry:
        return self.statement.ministry

    @property
    def deadline(self) -> date:
        return self.due_on

    @property
    def guideline_check(self) -> GuidelineCheck:
        return self.statement.guideline_check

    @property
    def is_unanswered(self) -> bool:
        return self.state in UNANSWERED

    def proposed(self) -> tuple[Statement, list[ReviewNote]]:
        """The statement with its notes as they will read once this is released; nothing is stored."""
        notes = self.statement.review_notes.select_related("criterion__guideline")
        found = list(notes.order_by("criterion__guideline__number", "criterion__code"))
        return self.proposed_over(found), found

    def proposed_over(self, notes: list[ReviewNote]) -> Statement:
        """The same over notes that are read already; they are changed on the way."""
        statement = copy(self.statement)
        if not self.values:
            return statement
        statement.is_nil_return, statement.nil_reason = False, ""
        statement.vote = self._chosen("vote", dict(VOTE_CHOICES), statement.vote)
        if "vote_until_on" in self.values:
            statement.vote_until_on = _day(self.values["vote_until_on"])
        statement.key_message = self.values.get("key_message", statement.key_message)
        for note in notes:
            name = f"answer_{note.criterion_id}"
            note.answer = self._chosen(name, note.possible_answers, note.answer)
            note.reason = self.values.get(f"reason_{note.criterion_id}", note.reason)
        return statement

    def _chosen(self, name: str, possible: Container[str], released: str) -> str:
        value = self.values.get(name, released)
        return value if value in possible else ""


def query_in_writing(statement: Statement) -> Query | None:
    """The one whose answer is being written beside a released statement."""
    if statement.state != StatementState.RELEASED:
        return None
    found = Query.objects.filter(statement=statement, state=QueryState.OPEN).first()
    if found:
        found.statement = statement
    return found


# What a house writes, submits and releases.
Written: TypeAlias = Statement | Query


def _day(text: str) -> date | None:
    """As the form shows a day; None for anything else."""
    try:
        day, month, year = map(int, text.split("."))
        return date(year, month, day)
    except ValueError:
        return None

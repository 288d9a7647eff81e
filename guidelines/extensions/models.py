from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from guidelines.rounds.models import GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.tables import EXTENSION_TRANSITIONS, ExtensionState, RoundState
from guidelines.states.triggers import ROUND_OF_STATEMENT, frozen_when_round_ended, state_guard
from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from ui.text_fields import LineField

if TYPE_CHECKING:
    from ministries.models import User

_DEADLINE = Coalesce("statement__due_on", "statement__guideline_check__round__due_on")


class ExtensionRequestQuerySet(models.QuerySet["ExtensionRequest"]):
    def visible_to(self, user: "User") -> Self:
        """The house that asks, and the coordination it asks; nobody else hears of it."""
        if user.is_coordinator:
            checks = GuidelineCheck.objects.visible_to(user)
            return self.filter(statement__guideline_check__in=checks)
        return self.filter(statement__in=Statement.objects.of_houses(user))

    def pending(self) -> Self:
        """Those that wait for an answer: what has arrived, is closed or has that much time does not."""
        return self.filter(
            state=ExtensionState.OPEN,
            wished_on__gt=_DEADLINE,
            statement__in=Statement.objects.outstanding(),
            statement__guideline_check__round__state=RoundState.OPEN,
        )


@track()
class ExtensionRequest(Versioned):
    """Bitte um Fristverlängerung: a house asks for more time for one statement.

    Until it is answered the deadline stays as it is, for everybody.
    """

    told_with = ("statement__ministry", "statement__guideline_check__partnership")

    State = ExtensionState

    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        related_name="extension_requests",
        verbose_name="Stellungnahme",
    )
    wished_on = models.DateField("erbeten bis")
    reason = LineField("Begründung", max_length=300)
    asked_at = models.DateTimeField("erbeten am")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="erbeten durch",
    )
    state = models.CharField(
        "Stand", max_length=10, choices=ExtensionState.choices, default=ExtensionState.OPEN
    )
    granted_on = models.DateField("gewährt bis", null=True, blank=True)
    remark = LineField("Bemerkung der Koordinierung", max_length=300, blank=True)
    answered_at = models.DateTimeField("beantwortet", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beantwortet durch",
    )
    withdrawn_at = models.DateTimeField("zurückgenommen", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="zurückgenommen durch",
    )

    objects: ClassVar[ExtensionRequestQuerySet] = ExtensionRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Bitte um Fristverlängerung"
        verbose_name_plural = "Bitten um Fristverlängerung"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "statement",
                condition=Q(state="open"),
                name="extension_one_at_a_time",
                violation_error_message="Für diese Stellungnahme ist schon mehr Zeit erbeten.",
            ),
            models.CheckConstraint(
                name="extension_has_reason",
                condition=~Q(reason=""),
                violation_error_message="Begründen Sie die Bitte in einer Zeile.",
            ),
            models.CheckConstraint(
                name="extension_answered_by_somebody",
                condition=Q(
                    state__in=["granted", "declined"],
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                )
                | Q(
                    state__in=["open", "withdrawn"],
                    answered_at__isnull=True,
                    answered_by__isnull=True,
                ),
                violation_error_message="Eine beantwortete Bitte hat Zeitpunkt und Person.",
            ),
            models.CheckConstraint(
                name="extension_granted_until",
                condition=Q(state="granted", granted_on__isnull=False)
                | (~Q(state="granted") & Q(granted_on__isnull=True)),
                violation_error_message="Zu einer gewährten Fristverlängerung gehört ihr Tag.",
            ),
            models.CheckConstraint(
                name="extension_declined_with_remark",
                condition=~Q(state="declined") | ~Q(remark=""),
                violation_error_message="Sagen Sie in einer Zeile, warum nicht.",
            ),
            models.CheckConstraint(
                name="extension_withdrawn_by_somebody",
                condition=(
                    ~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                )
                | Q(state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                violation_error_message="Eine zurückgenommene Bitte hat Zeitpunkt und Person.",
            ),
        ]
        triggers = [
            state_guard("extension_state", EXTENSION_TRANSITIONS),
            frozen_when_round_ended(ROUND_OF_STATEMENT),
        ]

    def __str__(self) -> str:
        return f"Bitte um Fristverlängerung zur {self.statement}"

    @property
    def ministry_id(self) -> int:
        """The house asks: the same people as write its statement."""
        return self.statement.ministry_id

    @property
    def is_pending(self) -> bool:
        """The same as `ExtensionRequestQuerySet.pending`, for one."""
        statement = self.statement
        runs = statement.guideline_check.round.state == RoundState.OPEN
        waits = self.state == ExtensionState.OPEN and self.wished_on > statement.deadline
        return waits and runs and statement.is_outstanding

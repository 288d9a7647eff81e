from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from guidelines.catalogue.models import Criterion
from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.tables import DELEGATION_TRANSITIONS, DelegationState, StatementState
from guidelines.states.triggers import ROUND_OF_STATEMENT, frozen_when_round_ended, state_guard
from ministries.accounts.appointments import Appointment
from ministries.accounts.users import HOUSE_ROLES
from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from ui.text_fields import AddressField, LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def visible_to(self, user: "User") -> Self:
        """The house alone: whom it asks inside is nobody else's business, not even later."""
        return self.filter(statement__in=Statement.objects.of_houses(user))

    def awaited(self, day: date) -> Self:
        """Those that can be answered: the house itself still writes."""
        awaited = Statement.objects.awaited(day).filter(state=StatementState.OPEN)
        return self.filter(state=DelegationState.OPEN, statement__in=awaited)

    def resting(self, day: date) -> Self:
        """Those that can be answered again if the statement comes back to be written."""
        handed_in = Statement.objects.awaited(day).filter(state=StatementState.SUBMITTED)
        return self.filter(state=DelegationState.OPEN, statement__in=handed_in)

    def of_same_mailbox(self, one: "Delegation") -> Self:
        """What the same mailbox is asked by the same house in the same round.

        What became confidential since it was asked leaves the house no more.
        """
        return self.filter(
            person=None,
            mailbox__iexact=one.mailbox,
            statement__ministry=one.ministry_id,
            statement__guideline_check__round=one.statement.guideline_check.round_id,
            statement__guideline_check__partnership__is_confidential=False,
        )

    def asked_of(self, user: "User") -> Self:
        return self.visible_to(user).filter(person=user)

    def beside(self, user: "User", day: date) -> Self:
        """What stands beside the house's own answers, with `is_there`: whoever left answers nothing."""
        held = Appointment.objects.on(day).filter(
            user=OuterRef("person"), ministry=OuterRef("statement__ministry"), role__in=HOUSE_ROLES
        )
        rows = self.visible_to(user).exclude(state=DelegationState.WITHDRAWN)
        return rows.annotate(
            is_there=Q(person__isnull=True) | Q(Exists(held), person__is_active=True)
        )


@track()
class Delegation(Versioned):
    """An Fachreferat gegeben: one question of a statement, for a colleague or a mailbox to answer.

    The answer stands beside the officer's field until somebody takes it over.
    """

    State = DelegationState

    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        related_name="delegations",
        verbose_name="Stellungnahme",
    )
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, related_name="delegations", verbose_name="Frage"
    )
    # Either somebody who signs in, or a mailbox with the name of its Referat.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name="Person",
    )
    unit = LineField("Referat", max_length=120, blank=True)
    mailbox = AddressField("Postfach", blank=True)
    due_on = models.DateField("intern bis")
    given_at = models.DateTimeField("gegeben")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="gegeben durch",
    )
    state = models.CharField(
        "Stand", max_length=10, choices=DelegationState.choices, default=DelegationState.OPEN
    )
    answer = models.CharField(
        "Antwort", max_length=14, choices=ReviewNote.Answer.choices, blank=True
    )
    reason = ProseField("Begründung", blank=True)
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

    is_there: bool  # added by `beside`

    objects: ClassVar[DelegationQuerySet] = DelegationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Frage an ein Fachreferat"
        verbose_name_plural = "Fragen an Fachreferate"
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "statement",
                "criterion",
                "person",
                condition=Q(state="open"),
                name="delegation_once_a_person",
                violation_error_message="Diese Person ist zu dieser Frage schon gefragt.",
            ),
            models.UniqueConstraint(
                "statement",
                "criterion",
                Lower("mailbox"),
                condition=Q(state="open", person__isnull=True),
                name="delegation_once_a_mailbox",
                violation_error_message="Dieses Postfach ist zu dieser Frage schon gefragt.",
            ),
            models.CheckConstraint(
                name="delegation_person_or_mailbox",
                condition=Q(person__isnull=False) | (~Q(mailbox="") & ~Q(unit="")),
                violation_error_message=(
                    "Wählen Sie eine Person, oder nennen Sie ein Postfach und sein Referat."
                ),
            ),
            models.CheckConstraint(
                name="delegation_answered_by_somebody",
                condition=Q(
                    ~Q(answer=""),
                    state="answered",
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                )
                | Q(
                    ~Q(state="answered"),
                    answer="",
                    answered_at__isnull=True,
                    answered_by__isnull=True,
                ),
                violation_error_message="Eine Antwort hat Zeitpunkt und Person.",
            ),
            models.CheckConstraint(
                name="delegation_withdrawn_by_somebody",
                condition=Q(
                    state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False
                )
                | Q(~Q(state="withdrawn"), withdrawn_at__isnull=True, withdrawn_by__isnull=True),
                violation_error_message="Was zurückgenommen ist, hat Zeitpunkt und Person.",
            ),
        ]
        triggers = [
            state_guard("delegation_state", DELEGATION_TRANSITIONS),
            frozen_when_round_ended(ROUND_OF_STATEMENT),
        ]

    def __str__(self) -> str:
        return f"Frage {self.criterion.code} zur {self.statement}"

    @property
    def ministry_id(self) -> int:
        """Of the house that asks itself: the same people write, the same rules."""
        return self.statement.ministry_id

    @property
    def addressee(self) -> str:
        if self.person is None:
            return f"{self.unit} ({self.mailbox})"
        return f"{self.person.unit}, {self.person.name}" if self.person.unit else self.person.name

    @property
    def why_over(self) -> str:
        """Of one that cannot be answered any more, as its house may know it."""
        if self.answered_at:
            return "schon beantwortet"
        if self.withdrawn_at:
            return "zurückgenommen"
        why = "" if self.statement.is_closed else self.statement.why_unwritten
        return why or "wird nicht mehr gebraucht"

    @property
    def as_note(self) -> ReviewNote:
        """What the Referat says, as an Einschätzung would say it; nothing is stored."""
        return ReviewNote(criterion=self.criterion, answer=self.answer, reason=self.reason)

    def added_to(self, reason: str) -> str:
        """What is written already stays; the Referat's reason stands below it."""
        if self.reason in reason:
            return reason
        return "\n\n".join(filter(None, (reason.strip(), self.reason)))

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from ministries.accounts.roles import Role
from ministries.history.dated import Dated, DatedQuerySet, no_overlap
from ministries.history.tracking import track
from ministries.houses.models import Ministry
from ui.text_fields import LineField

if TYPE_CHECKING:
    from ministries.accounts.users import User


PENDING_DAYS = 14


class AppointmentQuerySet(DatedQuerySet["Appointment"]):
    def visible_to(self, user: "User") -> Self:
        """Technik sees all, a head also what waits in the own house, everybody the own."""
        if user.is_administrator:
            return self
        waiting = Q(state=Appointment.State.PENDING, ministry__in=user.ministry_ids(Role.HEAD))
        return self.filter(Q(user=user) | waiting)

    def to_confirm(self, user: "User", day: date) -> Self:
        """What waits for this head: in the own house, never the own function."""
        return (
            self.pending(day).filter(ministry__in=user.ministry_ids(Role.HEAD)).exclude(user=user)
        )

    def on(self, day: date) -> Self:
        """In force that day: what waits for a confirmation gives no right anywhere."""
        return super().on(day).filter(state=Appointment.State.IN_FORCE)

    def pending(self, day: date) -> Self:
        """Waiting for a head; what nobody confirmed in time has ended."""
        first = day - timedelta(days=PENDING_DAYS)
        return self.filter(state=Appointment.State.PENDING, requested_on__gte=first)


@track()
class Appointment(Dated):
    """A person holds a role in a house for a period, perhaps as somebody's deputy."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", "gültig"
        PENDING = "pending", "wartet auf Bestätigung"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="appointments",
        verbose_name="Person",
    )
    role = models.CharField("Rolle", max_length=16, choices=Role.choices)
    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, related_name="appointments", verbose_name="Ressort"
    )
    is_chief = models.BooleanField("Chef der Staatskanzlei", default=False)
    deputy_for = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name="in Vertretung für",
    )
    order_reference = LineField(
        "Aktenzeichen des Auftrags", max_length=120, blank=True, default="", db_default=""
    )
    state = models.CharField(
        "Stand",
        max_length=8,
        choices=State.choices,
        default=State.IN_FORCE,
        db_default=State.IN_FORCE,
        editable=False,
    )
    requested_on = models.DateField("zur Bestätigung seit", null=True, blank=True, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "Funktion"
        verbose_name_plural = "Funktionen"
        ordering = ["user", "role", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="appointment_chief_is_manager",
                condition=Q(is_chief=False) | Q(role=Role.MANAGER),
                violation_error_message="Der Chef der Staatskanzlei hat die Rolle Leitung.",
            ),
            models.CheckConstraint(
                name="appointment_pending_since",
                condition=Q(state="in_force") | Q(requested_on__isnull=False),
                violation_error_message="Was auf Bestätigung wartet, hat einen Tag.",
            ),
            no_overlap(
                "appointment_once_at_a_time",
                "Diese Person hat diese Funktion in diesem Zeitraum schon.",
                "user",
                "role",
                "ministry",
            ),
        ]

    def clean(self) -> None:
        is_outside = self.ministry_id is not None and not self.ministry.is_chancellery
        if is_outside and self.role == Role.COORDINATOR:
            raise ValidationError({"role": "Die Koordinierung liegt bei der Staatskanzlei."})
        if is_outside and self.is_chief:
            raise ValidationError(
                {"is_chief": "Der Chef der Staatskanzlei gehört zur Staatskanzlei."}
            )

    @property
    def is_pending(self) -> bool:
        return self.state == self.State.PENDING

    @property
    def confirmable_until(self) -> date | None:
        """The last day on which a head confirms it."""
        return self.requested_on and self.requested_on + timedelta(days=PENDING_DAYS)

    @property
    def function(self) -> str:
        role = "Chef der Staatskanzlei" if self.is_chief else self.get_role_display()
        return f"{role}, {self.ministry}{' (i. V.)' if self.deputy_for_id else ''}"

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.ministry}"

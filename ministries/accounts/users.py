from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self

import rules
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject, Lower
from django.utils import timezone

from ministries.accounts.appointments import Appointment
from ministries.accounts.roles import CAPACITY, Capacity, Role
from ministries.clock import today
from ministries.history.tracking import track
from ui.text_fields import AddressField, LineField

CONTENT_ROLES = (Role.COORDINATOR, Role.OFFICER, Role.HEAD, Role.MANAGER, Role.AUDITOR)
HOUSE_ROLES = (Role.OFFICER, Role.HEAD, Role.MANAGER)


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """Coordination, Technik and Revision see all accounts, others those of their own houses."""
        return self if user.is_coordinator else self.named_to(user)

    def named_to(self, user: "User") -> Self:
        """Whose names stand beside what they did: colleagues; Technik and Revision read all."""
        if user.is_administrator or user.is_auditor:
            return self
        house = Appointment.objects.on(today()).filter(ministry__in=user.ministry_ids())
        return self.filter(Q(pk=user.pk) | Q(pk__in=house.values("user")))

    def working_in(self, houses: Collection[int], roles: Collection[Role], day: date) -> Self:
        """Whoever holds one of these functions there, by name."""
        held = Appointment.objects.on(day).filter(ministry__in=houses, role__in=roles)
        people = self.filter(is_active=True, pk__in=held.values("user"))
        return people.order_by("name", "email")

    def with_capacities(self) -> Self:
        """Reads today's functions in the same query."""
        held = Appointment.objects.on(today()).filter(user=OuterRef("pk")).order_by("pk")
        rows = held.values(row=JSONObject(**{name: name for name in CAPACITY}))
        return self.annotate(held=ArraySubquery(rows))

    def invited(self) -> Self:
        """Active accounts whose owners have not set a password yet."""
        return self.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """Addresses are compared without regard to case."""
        return self.get(email__iexact=email)


@track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """Somebody who signs in; what they may do follows from their appointments alone."""

    named_by = "name"

    email = AddressField("E-Mail-Adresse", unique=True)
    name = LineField("Name", max_length=120)
    unit = LineField("Referat", max_length=120, blank=True)
    phone = LineField("Telefon", max_length=40, blank=True)
    is_active = models.BooleanField("Konto aktiv", default=True)
    created_at = models.DateTimeField("angelegt", default=timezone.now, editable=False)

    new_email = AddressField(
        "neue E-Mail-Adresse, noch nicht bestätigt",
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    sessions_ended_at = models.DateTimeField(
        "überall abgemeldet", null=True, blank=True, editable=False
    )
    second_factor_reset_at = models.DateTimeField(
        "zweiter Faktor zurückgesetzt", null=True, blank=True, editable=False
    )

    objects: ClassVar[UserManager] = UserManager()
    authenticator_set: Any  # app and recovery codes, kept by allauth

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "Konto"
        verbose_name_plural = "Konten"
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="Zu dieser E-Mail-Adresse gibt es schon ein Konto.",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions end with the password, and when they are ended for this account."""
        ended = self.sessions_ended_at
        kept: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return f"{kept}-{ended.timestamp()}" if ended else kept

    @cached_property
    def capacities(self) -> tuple[Capacity, ...]:
        """Today's appointments, read once per request; `with_capacities` has read them already."""
        rows = vars(self).get("held")
        if rows is None:
            rows = self.appointments.on(today()).order_by("pk").values(*CAPACITY)
        return tuple(Capacity.of(row) for row in rows)

    def has_role(self, *roles: Role, ministry_id: int | None = None) -> bool:
        return any(
            c.role in roles and (ministry_id is None or c.ministry_id == ministry_id)
            for c in self.capacities
        )

    def ministry_ids(self, *roles: Role) -> set[int]:
        """The houses in which this person holds one of the roles (default: any of a house)."""
        return {c.ministry_id for c in self.capacities if c.role in (roles or HOUSE_ROLES)}

    @cached_property
    def has_second_factor(self) -> bool:
        """An app for codes is set up; for the person of a request `with_second_factor` has asked."""
        return self.authenticator_set.filter(type="totp").exists()

    @property
    def is_coordinator(self) -> bool:
        return self.has_role(Role.COORDINATOR)

    @property
    def is_administrator(self) -> bool:
        return self.has_role(Role.ADMINISTRATOR)

    @property
    def is_auditor(self) -> bool:
        return self.has_role(Role.AUDITOR)

    @property
    def is_chief(self) -> bool:
        return any(c.is_chief for c in self.capacities)

    @property
    def reads_content(self) -> bool:
        """Signed-in staff with a function other than Technik."""
        return self.has_role(*CONTENT_ROLES)

    @property
    def sees_proposals(self) -> bool:
        """The circle that knows proposals and decisions before they are visible to all."""
        return self.is_coordinator or self.is_chief

    @property
    def is_staff(self) -> bool:
        """Django's admin asks this; which of the two areas opens is decided by the role."""
        return self.is_coordinator or self.is_administrator

    def has_perm(self, permission: str, obj: object = None) -> bool:
        return self.is_active and rules.has_perm(permission, self, obj)

    def has_perms(self, permissions: list[str], obj: object = None) -> bool:
        return all(self.has_perm(permission, obj) for permission in permissions)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff

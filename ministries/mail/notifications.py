from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ui.text_fields import AddressField, LineField, ProseField

if TYPE_CHECKING:
    from ministries.accounts.users import User


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_administrator else self.filter(recipient=user)


class Notification(models.Model):
    """A mail to be sent, and afterwards the proof that it went out (or why not)."""

    class State(models.TextChoices):
        QUEUED = "queued", "wartet"
        SENT = "sent", "versandt"
        FAILED = "failed", "nicht zustellbar"

    class Kind(models.TextChoices):
        INVITATION = "invitation", "Einladung"
        PASSWORD_RESET = "password_reset", "Neues Passwort"
        ACCOUNT = "account", "Konto"
        REQUEST = "request", "Anforderung einer Stellungnahme"
        RELEASE = "release", "Freigabe"
        REMINDER = "reminder", "Erinnerung"
        FEEDBACK = "feedback", "Barriere gemeldet"

    kind = models.CharField("Art", max_length=20, choices=Kind.choices)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notifications",
        verbose_name="Empfänger",
    )
    to_address = AddressField("an")
    subject = LineField("Betreff", max_length=200)
    body = ProseField("Text")
    link = models.CharField("Adresse", max_length=300, blank=True)
    message_id = models.CharField("Message-ID", max_length=120, unique=True)
    state = models.CharField("Stand", max_length=8, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField("angelegt", default=timezone.now)
    sent_at = models.DateTimeField("versandt", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    last_error = LineField("letzter Fehler", max_length=300, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "Nachricht"
        verbose_name_plural = "Nachrichten"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="notification_sent_has_time",
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                violation_error_message="Eine versandte Nachricht hat einen Zeitpunkt.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} an {self.to_address}"

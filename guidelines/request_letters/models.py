from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from guidelines.rounds.models import CheckRound
from guidelines.statements.models import Statement
from guidelines.states.tables import RoundState
from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from ministries.models import Ministry, Notification
from partnerships.models import Partnership
from ui.text_fields import LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User


class RequestLetterQuerySet(models.QuerySet["RequestLetter"]):
    def visible_to(self, user: "User") -> Self:
        """A house reads its own: why a house is asked, only it and the coordination know."""
        if user.is_coordinator:
            return self
        hidden = Partnership.objects.hidden_from(user)
        known = Statement.objects.exclude(guideline_check__partnership__in=hidden)
        return self.filter(
            Exists(known.filter(request_letters=OuterRef("pk"))),
            round__in=CheckRound.objects.visible_to(user),
            ministry__in=user.ministry_ids(),
        )

    def unsent(self) -> Self:
        """Of running rounds, where something is still owed and no mail of Brücke is on its way."""
        mails = Notification.objects.filter(message_id=OuterRef("message_id"))
        owed = Statement.objects.outstanding().filter(request_letters=OuterRef("pk"))
        return self.filter(
            Exists(owed),
            ~Exists(mails.filter(state=Notification.State.QUEUED)),
            round__state=RoundState.OPEN,
            mailed_at=None,
            sent_on=None,
        )

    def in_protocol_order(self) -> Self:
        return self.order_by("ministry__sort_order", "ministry__abbreviation", "asked_at", "pk")


@track()
class RequestLetter(Versioned):
    """Anschreiben: asks one house for its statements, at the opening or when more are wanted."""

    told_with = ("round", "ministry")

    class Way(models.TextChoices):
        E_FILE = "e_file", "E-Akte"
        POST = "post", "Post"
        MAIL = "mail", "E-Mail"
        BY_HAND = "by_hand", "persönlich übergeben"

    round = models.ForeignKey(
        CheckRound,
        on_delete=models.PROTECT,
        related_name="request_letters",
        verbose_name="Leitlinien-Check",
    )
    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, related_name="request_letters", verbose_name="Ressort"
    )
    statements = models.ManyToManyField(
        Statement, related_name="request_letters", verbose_name="Stellungnahmen"
    )
    due_on = models.DateField("Frist")
    asked_at = models.DateTimeField("angefordert")
    # Of the mail that Brücke sent along, if the house has a mailbox.
    message_id = models.CharField("Message-ID", max_length=120, blank=True)
    mailed_at = models.DateTimeField("Mail zugestellt", null=True, blank=True)
    # On its other way, written down by the coordination.
    sent_on = models.DateField("versandt am", null=True, blank=True)
    sent_way = models.CharField("Weg", max_length=8, choices=Way.choices, blank=True)
    sent_through = LineField("durch", max_length=120, blank=True)
    # What it named when it first went out; until then it names what is so today.
    sent_to = ProseField("gerichtet an", blank=True, default="", db_default="")
    sent_from = ProseField("Absender", blank=True, default="", db_default="")
    sent_contact = ProseField("Ansprechstelle", blank=True, default="", db_default="")
    recorded_at = models.DateTimeField("eingetragen", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name="eingetragen durch",
    )

    objects = RequestLetterQuerySet.as_manager()

    class Meta:
        verbose_name = "Anschreiben"
        verbose_name_plural = "Anschreiben"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "message_id",
                name="request_letter_one_mail",
                condition=~Q(message_id=""),
                violation_error_message="Diese Mail gehört schon zu einem Anschreiben.",
            ),
            models.CheckConstraint(
                name="request_letter_sent_by_somebody",
                condition=Q(sent_on=None, sent_way="")
                | Q(
                    ~Q(sent_way=""),
                    sent_on__isnull=False,
                    recorded_at__isnull=False,
                    recorded_by__isnull=False,
                ),
                violation_error_message="Ein Versand hat Tag, Weg und wer ihn eingetragen hat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: Anschreiben an {self.ministry}"

    @property
    def is_sent(self) -> bool:
        return self.mailed_at is not None or self.sent_on is not None

    def get_absolute_url(self) -> str:
        return reverse("guidelines:request-letter", args=[self.round.slug, self.pk])

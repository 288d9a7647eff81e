from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from ministries.history.tracking import track, track_links
from partnerships.records.activities.models import Activity
from partnerships.records.shared.models import SHARED, Shared, SharedQuerySet
from partnerships.register.filing import Filed
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.sorting import folded, search_index, search_text
from ui.day_fields import PastDateField
from ui.text_fields import LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User


class NoteQuerySet(SharedQuerySet["Note"]):
    def shared_with(self, user: "User") -> Q:
        return Q(visibility__in=SHARED, released_at__isnull=False)

    def with_successor(self, user: "User") -> Self:
        """`is_superseded`: by one that is released, kept, and read by this person."""
        later = Note.objects.visible_to(user).in_use()
        released = later.filter(supersedes=OuterRef("pk"), released_at__isnull=False)
        return self.annotate(is_superseded=Exists(released))

    def matching(self, text: str) -> Self:
        return self.filter(search_text__contains=folded(text))

    def resembling(self, text: str) -> Self:
        return self.filter(search_text__trigram_word_similar=folded(text))


@track(exclude=["search_text"])
class Note(Shared, Filed):
    """Vermerk: what was said or found, for the file; after release superseded, not edited."""

    class Kind(models.TextChoices):
        CONVERSATION = "conversation", "Gesprächsvermerk"
        TELEPHONE = "telephone", "Telefonvermerk"
        RESULT = "result", "Ergebnisvermerk"
        OTHER = "other", "Vermerk"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="notes", verbose_name="Partnerschaft"
    )
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name="zur Aktivität",
    )
    kind = models.CharField("Art", max_length=12, choices=Kind.choices, default=Kind.OTHER)
    title = LineField("Betreff", max_length=200)
    noted_on = PastDateField("Tag")
    participants = LineField("Teilnehmende (Funktionen)", max_length=300, blank=True)
    text = ProseField("Vermerk")
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="superseded_with",
        verbose_name="ersetzt",
    )
    released_at = models.DateTimeField("freigegeben", null=True, blank=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="freigegeben durch",
    )
    search_text = search_text("title", "text")

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = "Vermerk"
        verbose_name_plural = "Vermerke"
        ordering = [F("noted_on").desc(), "-pk"]
        indexes = [search_index("note_search")]
        constraints = [
            *Shared.Meta.constraints,
            *Filed.Meta.constraints,
            models.CheckConstraint(
                name="note_release",
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                violation_error_message="Eine Freigabe hat Zeitpunkt und Person.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:note", args=[self.pk])


@track_links()
class NoteCircleLink(Note.circle.through):  # type: ignore[name-defined]
    """Who belongs to the circle of a confidential note; here for the history."""

    owner, told_as = Note, "Kreis der Berechtigten"

    class Meta:
        proxy = True
        verbose_name = "Kreis eines Vermerks"
        verbose_name_plural = "Kreise von Vermerken"

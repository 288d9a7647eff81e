from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ministries.history.dated import Sourced
from ministries.history.tracking import track
from ministries.models import SubjectArea
from partnerships.records.shared.models import Owned, OwnedQuerySet
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.sorting import folded, search_index, search_text
from ui.text_fields import LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User


class SubjectRecordQuerySet(OwnedQuerySet["SubjectRecord"]):
    def shared_with(self, user: "User") -> Q:
        return Q(released_on__isnull=False)

    def matching(self, text: str) -> Self:
        """In the released texts, which everybody may read."""
        return self.filter(search_text__contains=folded(text))

    def resembling(self, text: str) -> Self:
        return self.filter(search_text__trigram_word_similar=folded(text))

    def unconfirmed_since(self, day: date) -> Self:
        """Released, and not confirmed since that day."""
        return self.in_use().filter(
            Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=day), released_on__isnull=False
        )


@track(exclude=["search_text"])
class SubjectRecord(Owned, Sourced):
    """Sachstand: how things stand in one subject area of a partnership, kept by the house in charge.

    `situation`, `aims`, `next_steps` and `source` are what the house works on; what others read is
    the released copy of the four. Internal notes never leave the house.
    """

    named_by = "subject_area__name"
    kept_inside = frozenset({"situation", "aims", "next_steps", "internal_notes", "source"})

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        related_name="subject_records",
        verbose_name="Partnerschaft",
    )
    subject_area = models.ForeignKey(
        SubjectArea,
        on_delete=models.PROTECT,
        related_name="subject_records",
        verbose_name="Fachgebiet",
    )
    situation = ProseField("Sachstand", blank=True)
    aims = ProseField("Ziele", blank=True)
    next_steps = ProseField("nächste Schritte", blank=True)
    internal_notes = ProseField("interne Notizen", blank=True)
    released_situation = ProseField("freigegebener Sachstand", blank=True, editable=False)
    released_aims = ProseField("freigegebene Ziele", blank=True, editable=False)
    released_next_steps = ProseField("freigegebene nächste Schritte", blank=True, editable=False)
    released_source = LineField("freigegebene Quelle", max_length=300, blank=True, editable=False)
    released_on = models.DateField("freigegeben am", null=True, blank=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="freigegeben durch",
    )
    search_text = search_text("released_situation", "released_aims", "released_next_steps")

    objects = SubjectRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "Sachstand"
        verbose_name_plural = "Sachstände"
        ordering = ["partnership", "subject_area__sort_order", "pk"]
        indexes = [search_index("subject_record_search")]
        constraints = [
            *Owned.Meta.constraints,
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                "partnership",
                "subject_area",
                name="subject_record_once",
                violation_error_message="Zu diesem Fachgebiet gibt es schon einen Sachstand.",
            ),
            models.CheckConstraint(
                name="subject_record_release",
                condition=Q(released_on__isnull=True, released_by__isnull=True)
                | (
                    Q(released_on__isnull=False, released_by__isnull=False)
                    & ~Q(released_situation="")
                ),
                violation_error_message="Freigegeben wird ein Sachstand mit Text, Tag und Person.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.subject_area}"

    def get_absolute_url(self) -> str:
        url = reverse("partnerships:subject-records", args=[self.partnership.slug])
        return f"{url}#sachstand-{self.pk}"

    @property
    def has_draft(self) -> bool:
        """The house has written what others do not read yet."""
        return any(
            getattr(self, name) != getattr(self, f"released_{name}")
            for name in ("situation", "aims", "next_steps", "source")
        )

from datetime import date
from functools import reduce
from itertools import combinations
from operator import and_
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from ministries.history.references import visible
from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from ministries.models import Ministry, Role
from partnerships.records.activities.models import Activity
from partnerships.records.commitments.models import Commitment
from partnerships.records.contacts.models import Contact
from partnerships.records.documents.models import Document
from partnerships.records.gifts.models import Gift
from partnerships.records.notes.models import Note
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.records.working_groups.models import WorkingGroup
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Partnership
from ui.text_fields import LineField

if TYPE_CHECKING:
    from ministries.models import User

# What a follow-up can be about besides the partnership itself.
SUBJECTS: dict[str, type[models.Model]] = {
    "agreement": Agreement,
    "activity": Activity,
    "subject_record": SubjectRecord,
    "commitment": Commitment,
    "contact": Contact,
    "note": Note,
    "document": Document,
    "working_group": WorkingGroup,
    "gift": Gift,
}


# In these functions somebody reads the follow-ups of the house, the coordination those of its own.
READERS = (Role.OFFICER, Role.HEAD, Role.MANAGER, Role.COORDINATOR)


def _about(model: type[models.Model], verbose_name: str) -> Any:
    return models.ForeignKey(
        model,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=verbose_name,
    )


# One of them at most: any two are not filled together.
_AT_MOST_ONE = reduce(
    and_,
    (
        Q((f"{one}__isnull", True)) | Q((f"{other}__isnull", True))
        for one, other in combinations(SUBJECTS, 2)
    ),
)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: "User") -> Self:
        """A matter of the house it belongs to, as far as this person reads what it is about."""
        if not user.reads_content:
            return self.none()
        rows = self._kept_by(user)
        for name, model in SUBJECTS.items():
            is_seen = Exists(visible(model, user).filter(pk=OuterRef(name)))
            rows = rows.filter(Q((f"{name}__isnull", True)) | Q(is_seen))
        return rows

    def about(self, record: models.Model, user: "User") -> Self:
        """Those of one record that this person has open: what they are about is seen."""
        name = next(name for name, model in SUBJECTS.items() if isinstance(record, model))
        return self._kept_by(user).filter(Q((name, record)))

    def _kept_by(self, user: "User") -> Self:
        """Of the person or of a house, and of no partnership that is hidden."""
        own = Q(ministry__in=user.ministry_ids(*READERS)) | Q(assigned_to=user)
        return self.filter(own).exclude(partnership__in=Partnership.objects.hidden_from(user))

    def open(self) -> Self:
        return self.filter(done_at__isnull=True)

    def done(self) -> Self:
        return self.filter(done_at__isnull=False)

    def overdue(self, day: date) -> Self:
        return self.open().filter(due_on__lt=day)

    def due_by(self, day: date) -> Self:
        return self.open().filter(due_on__lte=day)


@track()
class FollowUp(Versioned):
    """Wiedervorlage: look at something again on a day, for a person or for the whole house."""

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        related_name="follow_ups",
        verbose_name="Partnerschaft",
    )
    agreement = _about(Agreement, "zur Vereinbarung")
    activity = _about(Activity, "zur Aktivität")
    subject_record = _about(SubjectRecord, "zum Sachstand")
    commitment = _about(Commitment, "zur Zusage")
    contact = _about(Contact, "zur Ansprechperson")
    note = _about(Note, "zum Vermerk")
    document = _about(Document, "zum Dokument")
    working_group = _about(WorkingGroup, "zur Arbeitsgruppe")
    gift = _about(Gift, "zum Gastgeschenk")
    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, related_name="+", verbose_name="Ressort"
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name="für",
        help_text="leer: für das ganze Haus",
    )
    text = LineField("Anlass", max_length=300)
    due_on = models.DateField("Wiedervorlage am")
    done_at = models.DateTimeField("erledigt", null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="erledigt durch",
    )

    # Told by its list.
    may_write: bool
    is_late: bool

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "Wiedervorlage"
        verbose_name_plural = "Wiedervorlagen"
        ordering = [F("due_on").asc(), "pk"]
        indexes = [
            models.Index(
                fields=["ministry", "due_on"],
                condition=Q(done_at__isnull=True),
                name="follow_up_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="follow_up_done",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                violation_error_message="Erledigt wird eine Wiedervorlage von einer Person.",
            ),
            models.CheckConstraint(
                name="follow_up_one_subject",
                condition=_AT_MOST_ONE,
                violation_error_message="Eine Wiedervorlage gehört zu höchstens einem Vorgang.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.partnership})"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:follow-ups", args=[self.partnership.slug])

    @property
    def subject(self) -> models.Model | None:
        """The record it is about, if not the partnership itself."""
        found = (getattr(self, name) for name in SUBJECTS if getattr(self, f"{name}_id"))
        return next(found, None)

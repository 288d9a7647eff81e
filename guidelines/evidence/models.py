from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from guidelines.statements.models import ReviewNote
from guidelines.states.triggers import frozen_when_round_ended
from ministries.history.tracking import track
from partnerships.models import Activity, Agreement, Commitment, Document
from ui.text_fields import LineField

if TYPE_CHECKING:
    from ministries.models import User

# What can be cited, in the order in which it is offered.
CITED: dict[str, type[Activity | Agreement | Commitment | Document]] = {
    "activity": Activity,
    "agreement": Agreement,
    "commitment": Commitment,
    "document": Document,
}
LONGEST_WORDING = 500
Rows = TypeVar("Rows", bound=models.QuerySet[Any])
EXACTLY_ONE = reduce(or_, (Q(**{f"{n}__isnull": n != name for n in CITED}) for name in CITED))


def _record(model: type[models.Model]) -> models.ForeignKey:
    return models.ForeignKey(
        model,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=model._meta.verbose_name,
    )


def seen_by(rows: Rows, user: "User") -> Rows:
    """Of evidence or of its history: those of records this person may see."""
    for name, model in CITED.items():
        seen = model.objects.visible_to(user)
        rows = rows.filter(Q((f"{name}__isnull", True)) | Q((f"{name}__in", seen)))
    return rows


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: "User") -> Self:
        """Of what this person reads; whoever may not see a record does not learn it was cited."""
        return self.of_seen(user).filter(review_note__in=ReviewNote.objects.visible_to(user))

    def of_seen(self, user: "User") -> Self:
        """Whatever the statement: of records this person may see, and could when it was released.

        The wording is that of the release: what was hidden then is not told later.
        """
        own = Q(review_note__statement__ministry__in=user.ministry_ids())
        withheld = [Evidence.Withheld.EVERYBODY]
        if not user.is_coordinator:
            withheld.append(Evidence.Withheld.HOUSES)
        return seen_by(self, user).filter(own | ~Q(withheld_from__in=withheld))

    def in_use(self) -> Self:
        """Of records that are not archived."""
        kept = (model for model in CITED.values() if hasattr(model, "archived_on"))
        names = [f"{model._meta.model_name}__archived_on" for model in kept]
        return self.filter(**dict.fromkeys(names))

    def of_statement(self, pk: int) -> Self:
        return self.filter(review_note__statement=pk)


@track()
class Evidence(models.Model):
    """Nachweis: a record that an answer rests on."""

    class Withheld(models.TextChoices):
        HOUSES = "houses", "andere Ressorts"
        EVERYBODY = "everybody", "Staatskanzlei und andere Ressorts"

    review_note = models.ForeignKey(
        ReviewNote, on_delete=models.PROTECT, related_name="evidence", verbose_name="Einschätzung"
    )
    activity = _record(Activity)
    agreement = _record(Agreement)
    commitment = _record(Commitment)
    document = _record(Document)
    # Empty until the first release; later changes of the record leave it as it is.
    wording = LineField(
        "Wortlaut bei Freigabe",
        max_length=LONGEST_WORDING,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    withheld_from = models.CharField(
        "bei Freigabe verborgen vor",
        max_length=9,
        choices=Withheld.choices,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    added_at = models.DateTimeField("hinzugefügt")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="hinzugefügt durch",
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "Nachweis"
        verbose_name_plural = "Nachweise"
        ordering = ["review_note", "pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_is_one_record",
                condition=EXACTLY_ONE,
                violation_error_message="Ein Nachweis nennt genau einen Eintrag.",
            ),
            models.UniqueConstraint(
                fields=["review_note", *CITED],
                name="evidence_once",
                nulls_distinct=False,
                violation_error_message="Dieser Nachweis steht schon bei der Antwort.",
            ),
        ]
        triggers = [
            frozen_when_round_ended(
                "SELECT c.round_id FROM guidelines_guidelinecheck c "
                "JOIN guidelines_statement s ON s.guideline_check_id = c.id "
                "JOIN guidelines_reviewnote n ON n.statement_id = s.id "
                "WHERE n.id = $row$.review_note_id"
            )
        ]

    def __str__(self) -> str:
        return self.wording or self.key

    @property
    def key(self) -> str:
        """As forms name it: "activity-7"."""
        return next(
            f"{name}-{pk}" for name in CITED if (pk := getattr(self, f"{name}_id")) is not None
        )

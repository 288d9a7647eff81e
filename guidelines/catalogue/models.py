from typing import TYPE_CHECKING, Self

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from guidelines.states.triggers import fitting_predecessor, frozen_when_published
from ministries.history.tracking import track
from ministries.models import SubjectArea
from ui.dates import german_date
from ui.text_fields import LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User


class CatalogueQuerySet(models.QuerySet):
    """An edition that is being written is the coordination's alone."""

    to_edition = ""

    def visible_to(self, user: "User") -> Self:
        if not user.reads_content:
            return self.none()
        published = {f"{self.to_edition}published_at__isnull": False}
        return self if user.is_coordinator else self.filter(**published)


class EditionQuerySet(CatalogueQuerySet):
    def newest_first(self) -> Self:
        """Of two adopted on one day first the one being written, then the one published later."""
        published = F("published_at").desc(nulls_first=True)
        return self.order_by("-adopted_on", published, "-pk")

    def published(self) -> Self:
        return self.filter(published_at__isnull=False).newest_first()

    def being_written(self) -> Self:
        return self.filter(published_at__isnull=True).newest_first()


class GuidelineQuerySet(CatalogueQuerySet):
    to_edition = "edition__"


class CriterionQuerySet(CatalogueQuerySet):
    to_edition = "guideline__edition__"


@track()
class Edition(models.Model):
    """Leitlinienfassung: the guidelines as adopted on a day; published ones are immutable."""

    slug = models.SlugField("Kurzname", unique=True)
    title = LineField("Titel", max_length=200)
    adopted_on = models.DateField("beschlossen am")
    adopted_note = LineField("Anmerkung zum Datum", max_length=300, blank=True)
    body = LineField("beschlossen durch", max_length=120)
    source = LineField("Quelle", max_length=300)
    is_official = models.BooleanField(
        "amtlicher Wortlaut",
        default=False,
        db_default=False,
        help_text="Die Leitlinien stehen hier, wie sie beschlossen sind, nicht zusammengefasst.",
    )
    published_at = models.DateTimeField("veröffentlicht", null=True, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "Leitlinienfassung"
        verbose_name_plural = "Leitlinienfassungen"
        ordering = ["-adopted_on"]
        triggers = [
            pgtrigger.Protect(
                name="published_edition",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.distinction})"

    def get_absolute_url(self) -> str:
        return f"{reverse('guidelines:catalogue')}?fassung={self.slug}"

    def get_publish_url(self) -> str:
        return reverse("guidelines:edition-publish", args=[self.slug])

    @property
    def distinction(self) -> str:
        """What tells it from another one of the same title."""
        told = [german_date(self.adopted_on)]
        told += ["amtlicher Wortlaut"] if self.is_official else []
        told += [] if self.published_at else ["Entwurf"]
        return ", ".join(told)

    def clean(self) -> None:
        alike = Edition.objects.filter(
            title=self.title, adopted_on=self.adopted_on, is_official=self.is_official
        )
        if alike.exclude(pk=self.pk).exists():
            raise ValidationError(
                "Eine Fassung dieses Titels und Tages gibt es schon. Ergänzen Sie den Titel, damit "
                "sich beide unterscheiden lassen."
            )


@track()
class Guideline(models.Model):
    """Leitlinie: an aim of the Land, or a framework condition that gates all of them."""

    class Kind(models.TextChoices):
        GUIDELINE = "guideline", "Leitlinie"
        FRAMEWORK_CONDITION = "framework_condition", "Rahmenbedingung"

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="guidelines", verbose_name="Fassung"
    )
    number = models.PositiveSmallIntegerField("Nummer")
    kind = models.CharField("Art", max_length=20, choices=Kind.choices)
    title = LineField("Titel", max_length=160)
    text = ProseField("Text")
    source = LineField("Quelle", max_length=300)

    objects = GuidelineQuerySet.as_manager()

    class Meta:
        verbose_name = "Leitlinie"
        verbose_name_plural = "Leitlinien"
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(
                "edition",
                "number",
                name="guideline_number_once",
                violation_error_message="Diese Nummer gibt es in der Fassung schon.",
            )
        ]
        triggers = [frozen_when_published("$row$.edition_id")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return f"{self.edition.get_absolute_url()}#leitlinie-{self.number}"

    @property
    def label(self) -> str:
        """Where those of several editions stand in one list."""
        return f"{self} – {self.edition}"


@track()
class Criterion(models.Model):
    """Prüfkriterium: one question, who answers it, in which words, and for which partnerships."""

    class Addressee(models.TextChoices):
        ALL = "all", "alle beteiligten Ressorts"
        LEAD = "lead", "federführendes Ressort"
        AREA = "area", "für das Fachgebiet zuständiges Ressort"

    class Scale(models.TextChoices):
        FOUR = "0_3", "vier Stufen"
        YES_NO = "yes_no", "Ja / Nein"
        YES_NO_CLARIFY = "yes_no_clarify", "Ja / Nein / Klärungsbedarf"

    class Scope(models.TextChoices):
        ALL = "all", "alle Partnerschaften"
        EUROPE = "europe", "Partnerschaften in Europa"
        BORDER = "border", "Partnerschaften im Verflechtungsraum"
        NON_EU = "non_eu", "Partnerschaften außerhalb der Europäischen Union"
        TAGGED = "tagged", "Partnerschaften mit diesem Fachgebiet"

    guideline = models.ForeignKey(
        Guideline, on_delete=models.PROTECT, related_name="criteria", verbose_name="Leitlinie"
    )
    code = LineField("Kennung", max_length=8)
    question = ProseField("Frage")
    help_text = ProseField("Hinweis", blank=True)
    answered_by = models.CharField("beantwortet durch", max_length=4, choices=Addressee.choices)
    subject_area = models.ForeignKey(
        SubjectArea,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Fachgebiet",
    )
    scale = models.CharField("Antworten", max_length=14, choices=Scale.choices)
    answer_0 = LineField("unterste Stufe", max_length=60, blank=True)
    answer_1 = LineField("zweite Stufe", max_length=60, blank=True)
    answer_2 = LineField("dritte Stufe", max_length=60, blank=True)
    answer_3 = LineField("oberste Stufe", max_length=60, blank=True)
    applies_to = models.CharField("gilt für", max_length=8, choices=Scope.choices)
    source = LineField("Quelle", max_length=300)
    predecessor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="successors",
        verbose_name="frühere Frage",
    )

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = "Prüfkriterium"
        verbose_name_plural = "Prüfkriterien"
        ordering = ["guideline", "code"]
        constraints = [
            models.UniqueConstraint(
                "guideline",
                "code",
                name="criterion_code_once",
                violation_error_message="Diese Kennung gibt es in der Leitlinie schon.",
            ),
            models.UniqueConstraint(
                "predecessor",
                name="criterion_predecessor_once",
                violation_error_message="Diese frühere Frage ist schon einer anderen zugeordnet.",
            ),
            models.CheckConstraint(
                name="criterion_area_addressee",
                condition=Q(answered_by="area", subject_area__isnull=False)
                | (~Q(answered_by="area") & Q(subject_area__isnull=True)),
                violation_error_message="Bitte das zuständige Fachgebiet wählen.",
            ),
            models.CheckConstraint(
                name="criterion_tagged_has_area",
                condition=~Q(applies_to="tagged") | Q(subject_area__isnull=False),
                violation_error_message="Bitte das Fachgebiet wählen, für das die Frage gilt.",
            ),
            models.CheckConstraint(
                name="criterion_four_words",
                condition=~Q(scale="0_3")
                | (~Q(answer_0="") & ~Q(answer_1="") & ~Q(answer_2="") & ~Q(answer_3="")),
                violation_error_message="Bitte für jede der vier Stufen ein Wort angeben.",
            ),
        ]
        triggers = [
            frozen_when_published(
                "SELECT g.edition_id FROM guidelines_guideline g WHERE g.id = $row$.guideline_id"
            ),
            fitting_predecessor("predecessor_fits"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.question}"

    def get_absolute_url(self) -> str:
        return f"{self.edition.get_absolute_url()}#frage-{self.code}"

    def clean(self) -> None:
        if self.predecessor and self.predecessor.scale != self.scale:
            raise ValidationError(
                {
                    "scale": "Diese Frage geht auf eine frühere mit anderen Antworten zurück. Lösen "
                    "Sie zuerst die Zuordnung."
                }
            )

    @property
    def edition(self) -> Edition:
        return self.guideline.edition

    @property
    def answers(self) -> list[tuple[str, str]]:
        """(stored value, word on screen), from the lowest to the highest."""
        if self.scale == self.Scale.FOUR:
            words = (self.answer_0, self.answer_1, self.answer_2, self.answer_3)
            return [(str(step), word) for step, word in enumerate(words)]
        answers = [("yes", "Ja"), ("no", "Nein")]
        if self.scale == self.Scale.YES_NO_CLARIFY:
            answers.append(("clarify", "Klärungsbedarf"))
        return answers

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q

from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from ministries.models import Ministry
from partnerships.records.activities.models import Activity
from partnerships.records.organisations.models import Organisation
from ui.text_fields import LineField

if TYPE_CHECKING:
    from ministries.models import User


class ActivityPartQuerySet(models.QuerySet[Any]):
    """What belongs to an activity is read by whoever reads the activity in full."""

    def visible_to(self, user: "User") -> Self:
        return self.filter(activity__in=Activity.objects.visible_to(user))


class ActivityPart(Versioned):
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name="Aktivität"
    )

    objects = ActivityPartQuerySet.as_manager()

    class Meta:
        abstract = True


@track()
class ActivityOrganisation(ActivityPart):
    """An organisation that takes part in an activity."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="activities",
        verbose_name="Organisation",
    )
    role = LineField("Rolle", max_length=120, blank=True)

    class Meta:
        verbose_name = "beteiligte Organisation"
        verbose_name_plural = "beteiligte Organisationen"
        ordering = ["activity", "pk"]
        constraints = [
            models.UniqueConstraint(
                "activity",
                "organisation",
                name="activity_organisation_once",
                violation_error_message="Diese Organisation ist schon beteiligt.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.activity})"


@track(exclude=["name"])
class ActivityPerson(ActivityPart):
    """Somebody who takes part, by function; a name only where it is needed."""

    class Side(models.TextChoices):
        OURS = "ours", "Sachsen"
        PARTNER = "partner", "Partnerseite"

    side = models.CharField("Seite", max_length=8, choices=Side.choices, default=Side.OURS)
    function = LineField("Funktion", max_length=160)
    name = LineField("Name", max_length=160, blank=True)
    is_government_member = models.BooleanField("Mitglied der Staatsregierung", default=False)

    class Meta:
        verbose_name = "teilnehmende Person"
        verbose_name_plural = "teilnehmende Personen"
        ordering = ["activity", "side", "pk"]

    def __str__(self) -> str:
        return f"{self.function} ({self.activity})"


@track()
class ProgrammeItem(ActivityPart):
    """Programmpunkt of an activity."""

    taken_on = models.DateField("Tag")
    begins = models.TimeField("Uhrzeit", null=True, blank=True)
    title = LineField("Programmpunkt", max_length=200)
    place = LineField("Ort", max_length=120, blank=True)

    class Meta:
        verbose_name = "Programmpunkt"
        verbose_name_plural = "Programmpunkte"
        ordering = ["activity", "taken_on", F("begins").asc(nulls_first=True), "pk"]

    def __str__(self) -> str:
        return f"{self.title} ({self.activity})"


@track()
class CostLine(ActivityPart):
    """Kosten: a sum and who bears it; a planned or an actual one is enough."""

    class Bearer(models.TextChoices):
        CHANCELLERY = "chancellery", "Staatskanzlei"
        HOUSE = "house", "Ressort"
        BUSINESS_DEVELOPMENT = "business_development", "Wirtschaftsförderung"
        THIRD_PARTY = "third_party", "Dritte"

    bearer = models.CharField("Kostenträger", max_length=24, choices=Bearer.choices)
    ministry = models.ForeignKey(
        Ministry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Ressort",
    )
    purpose = LineField("Zweck", max_length=160, blank=True)
    planned = models.DecimalField(
        "geplant (Euro)", max_digits=12, decimal_places=2, null=True, blank=True
    )
    actual = models.DecimalField(
        "tatsächlich (Euro)", max_digits=12, decimal_places=2, null=True, blank=True
    )
    budget_line = LineField("Haushaltsstelle", max_length=60, blank=True)
    is_travel_of_member = models.BooleanField(
        "Reisekosten eines Mitglieds der Staatsregierung", default=False
    )

    class Meta:
        verbose_name = "Kosten"
        verbose_name_plural = "Kosten"
        ordering = ["activity", "bearer", "pk"]
        constraints = [
            models.CheckConstraint(
                name="cost_line_has_sum",
                condition=Q(planned__isnull=False) | Q(actual__isnull=False),
                violation_error_message="Bitte einen geplanten oder einen tatsächlichen Betrag angeben.",
            ),
            models.CheckConstraint(
                name="cost_line_not_negative",
                condition=(Q(planned__isnull=True) | Q(planned__gte=0))
                & (Q(actual__isnull=True) | Q(actual__gte=0)),
                violation_error_message="Beträge sind nicht negativ.",
            ),
            models.CheckConstraint(
                name="cost_line_house_is_named",
                condition=Q(bearer="house", ministry__isnull=False)
                | (~Q(bearer="house") & Q(ministry__isnull=True)),
                violation_error_message="Trägt ein Ressort die Kosten, nennen Sie es; sonst bleibt das Feld leer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_bearer_display()} ({self.activity})"

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django_countries.fields import CountryField

from ministries.history.dated import Sourced
from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from ministries.models import Ministry
from partnerships.records.shared.models import SHARED
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.sorting import folded, search_index, search_text, sort_key
from ui.text_fields import LineField

if TYPE_CHECKING:
    from ministries.models import User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: "User") -> Self:
        """All but those another house entered and has named only where others do not read."""
        if not user.reads_content:
            return self.none()
        return self.filter(Q(ministry__in=user.ministry_ids()) | self._is_open())

    def open_to_all(self) -> Self:
        """Those every house may know of."""
        return self.filter(self._is_open())

    def _is_open(self) -> Q:
        secret = Partnership.objects.filter(is_confidential=True)
        named = self.model._default_manager.filter(
            ~Exists(secret.filter(activities=OuterRef("activities__activity"))),
            activities__activity__visibility__in=SHARED,
            activities__activity__is_confidential=False,
        )
        return Q(ministry=None) | Q(pk__in=named.values("pk"))

    def matching(self, text: str) -> Self:
        return self.filter(search_text__contains=folded(text))

    def resembling(self, text: str) -> Self:
        return self.filter(search_text__trigram_word_similar=folded(text))


@track(exclude=["sort_key", "search_text"])
class Organisation(Sourced, Versioned):
    """Who takes part besides the houses: a municipality, a chamber, a university, a choir."""

    named_by = "name"

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "Kommune"
        DISTRICT = "district", "Landkreis"
        EUROREGION = "euroregion", "Euroregion"
        ASSOCIATION = "association", "Verband, Verein"
        NETWORK = "network", "Netzwerk"
        FOUNDATION = "foundation", "Stiftung"
        CHAMBER = "chamber", "Kammer"
        UNIVERSITY = "university", "Hochschule"
        RESEARCH = "research", "Forschungseinrichtung"
        SCHOOL = "school", "Schule"
        CHOIR = "choir", "Chor"
        ORCHESTRA = "orchestra", "Orchester"
        ENSEMBLE = "ensemble", "Ensemble"
        CULTURE = "culture", "Kultureinrichtung"
        SORBIAN = "sorbian", "sorbische Einrichtung"
        COMPANY = "company", "Unternehmen"
        BUSINESS_DEVELOPMENT = "business_development", "Wirtschaftsförderung"
        HEALTH = "health", "Gesundheitseinrichtung"
        LIAISON_OFFICE = "liaison_office", "Verbindungsbüro"
        AUTHORITY = "authority", "Behörde"
        OTHER = "other", "sonstige"

    name = LineField("Name", max_length=200)
    kind = models.CharField("Art", max_length=24, choices=Kind.choices)
    place = LineField("Ort", max_length=80, blank=True)
    ministry = models.ForeignKey(
        Ministry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="erfasst durch",
    )
    country = CountryField("Staat", blank=True)
    role = LineField("Aufgabe", max_length=200, blank=True, default="", db_default="")
    external_key = models.SlugField(
        "Kurzname im Register", max_length=80, unique=True, null=True, blank=True, editable=False
    )
    sort_key = sort_key()
    search_text = search_text("name", "place")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "Organisation"
        verbose_name_plural = "Organisationen"
        ordering = ["sort_key", "pk"]
        indexes = [search_index("organisation_search")]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                "name",
                "place",
                "ministry",
                name="organisation_once",
                nulls_distinct=False,
                violation_error_message="Diese Organisation ist schon erfasst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}" if self.place else self.name

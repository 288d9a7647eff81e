from typing import TYPE_CHECKING, Self

from django.db import models
from django_countries.fields import CountryField

from ministries.dated import Sourced
from ministries.history import track
from ministries.versioned import Versioned
from partnerships.models.sorting import folded, search_index, search_text, sort_key

if TYPE_CHECKING:
    from ministries.models import User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.reads_content else self.none()

    def matching(self, text: str) -> Self:
        return self.filter(search_text__contains=folded(text))

    def resembling(self, text: str) -> Self:
        return self.filter(search_text__trigram_word_similar=folded(text))


@track(exclude=["sort_key", "search_text"])
class Organisation(Sourced, Versioned):
    """Who takes part besides the houses: a municipality, a chamber, a university, a choir."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "Kommune"
        ASSOCIATION = "association", "Verband, Verein"
        CHAMBER = "chamber", "Kammer"
        UNIVERSITY = "university", "Hochschule"
        RESEARCH = "research", "Forschungseinrichtung"
        SCHOOL = "school", "Schule"
        CHOIR = "choir", "Chor"
        ORCHESTRA = "orchestra", "Orchester"
        CULTURE = "culture", "Kultureinrichtung"
        SORBIAN = "sorbian", "sorbische Einrichtung"
        COMPANY = "company", "Unternehmen"
        BUSINESS_DEVELOPMENT = "business_development", "Wirtschaftsförderung"
        AUTHORITY = "authority", "Behörde"
        OTHER = "other", "sonstige"

    name = models.CharField("Name", max_length=200)
    kind = models.CharField("Art", max_length=24, choices=Kind.choices)
    place = models.CharField("Ort", max_length=80, blank=True)
    country = CountryField("Staat", blank=True)
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
                name="organisation_once",
                violation_error_message="Diese Organisation ist schon erfasst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}" if self.place else self.name

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, Func, OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.http import urlencode
from django_countries.fields import CountryField

from ministries.history.dated import Dated, DatedQuerySet, Sourced, precision_field
from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from partnerships.register.partners.countries import codes_like, codes_of
from partnerships.register.partners.sorting import folded, search_index, search_text, sort_key
from partnerships.register.partners.triggers import is_searched_by_its_partnerships
from ui.text_fields import LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User
    from partnerships.register.partners.partnerships import PartnershipQuerySet


class RegionQuerySet(models.QuerySet["Region"]):
    def visible_to(self, user: "User") -> Self:
        """A region known only through confidential partnerships stays as hidden as they are."""
        if not user.reads_content:
            return self.none()
        if user.is_coordinator:
            return self
        links = self.model.partnerships.through.objects
        hidden = self._partnerships().hidden_from(user)
        seen = links.filter(region=OuterRef("region")).exclude(partnership__in=hidden)
        only_hidden = links.filter(~Exists(seen), partnership__in=hidden)
        return self.exclude(pk__in=only_hidden.values("region"))

    def _partnerships(self) -> "PartnershipQuerySet":
        """They lie above the regions."""
        return self.model.partnerships.rel.related_model.objects.all()  # type: ignore[attr-defined]

    def matching(self, text: str) -> Self:
        """Names, aliases, seat, country, without regard to case and diacritics."""
        return self._found(codes_of(text), search_text__contains=folded(text))

    def resembling(self, text: str) -> Self:
        """Like `matching`, for a name with a typing error."""
        return self._found(codes_like(text), search_text__trigram_word_similar=folded(text))

    def _found(self, codes: list[str], **condition: Func) -> Self:
        """Without a country there is nothing to join: the index of the text is enough."""
        own = Q(**condition)
        return self.filter(own | Q(country__in=codes) if codes else own)

    def with_neighbours(self, user: "User", day: date) -> Self:
        """Adds `authority_names` of that day and `partnership_links` (name, slug) this user sees."""
        authorities = PartnerAuthority.objects.on(day).filter(region=OuterRef("pk"))
        seen = self._partnerships().visible_to(user)
        partnerships = seen.filter(regions=OuterRef("pk")).order_by("sort_key")
        return self.annotate(
            authority_names=ArraySubquery(authorities.order_by("name").values("name")),
            partnership_links=ArraySubquery(
                partnerships.values(link=JSONObject(name="name", slug="slug"))
            ),
        )


@track(exclude=["sort_key", "search_text"])
class Region(Sourced, Versioned):
    """Partnerregion: a sub-national region, a state or a metropolitan area abroad."""

    named_by = "name"
    confirmed_as = "region"

    slug = models.SlugField("Kurzname", unique=True)
    name = LineField("Name", max_length=120)
    official_name = LineField("amtlicher Name", max_length=160, blank=True)
    aliases = ProseField(
        "andere Namen", blank=True, help_text="ein Name je Zeile; die Suche findet sie alle"
    )
    country = CountryField("Staat")
    iso_3166_2 = LineField(
        "ISO 3166-2",
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"\A[A-Z]{2}-[A-Z0-9]{1,3}\Z", "Zum Beispiel PL-02.")],
    )
    nuts = LineField(
        "NUTS",
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"\A[A-Z]{2}[A-Z0-9]{0,3}\Z", "Zum Beispiel PL51.")],
    )
    seat = LineField("Sitz", max_length=80, blank=True)
    latitude = models.DecimalField(
        "geografische Breite", max_digits=6, decimal_places=3, null=True, blank=True
    )
    longitude = models.DecimalField(
        "geografische Länge", max_digits=6, decimal_places=3, null=True, blank=True
    )
    languages = LineField(
        "Sprachen",
        max_length=40,
        blank=True,
        help_text="ISO-Kürzel mit Strichpunkt: fr;oc;ca",
        validators=[RegexValidator(r"\A[a-z]{2,3}(;[a-z]{2,3})*\Z", "Zum Beispiel fr;oc;ca.")],
    )
    population = models.PositiveBigIntegerField("Einwohner", null=True, blank=True)
    population_year = models.PositiveSmallIntegerField("Einwohner im Jahr", null=True, blank=True)
    is_border_region = models.BooleanField("Verflechtungsraum", default=False)
    sort_key = sort_key()
    search_text = search_text("name", "official_name", "aliases", "seat")

    # Added by `with_neighbours`.
    authority_names: list[str]
    partnership_links: list[dict[str, str]]

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "Partnerregion"
        verbose_name_plural = "Partnerregionen"
        ordering = ["sort_key", "pk"]
        triggers = [is_searched_by_its_partnerships()]
        indexes = [
            search_index("region_search"),
            models.Index(fields=["sort_key"], name="region_sort"),
            models.Index(fields=["country", "id"], name="region_country"),
        ]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                name="region_point_complete",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message="Bitte Breite (-90 bis 90) und Länge (-180 bis 180) angeben.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> str:
        """Where its row stands in the list."""
        return self.slug

    def get_absolute_url(self) -> str:
        query = urlencode({"q": self.name})
        return f"{reverse('partnerships:regions')}?{query}#{self.slug}"

    @property
    def alias_list(self) -> list[str]:
        return [line for line in self.aliases.splitlines() if line]

    @property
    def names(self) -> list[str]:
        """What people may call it, the name in use first."""
        return [name for name in (self.name, self.official_name, *self.alias_list) if name]

    @property
    def first_language(self) -> str:
        """For the `lang` attribute of the official name."""
        return self.languages.split(";")[0].strip()


class PartnerAuthorityQuerySet(DatedQuerySet["PartnerAuthority"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(region__in=Region.objects.visible_to(user))


@track()
class PartnerAuthority(Dated, Sourced, Versioned):
    """Partnerbehörde: who sits on the other side; a region may have several."""

    named_by = "name"
    confirmed_as = "behoerde"

    class Kind(models.TextChoices):
        REGIONAL_GOVERNMENT = "regional_government", "Regionalregierung"
        SELF_GOVERNMENT = "self_government", "Selbstverwaltung"
        STATE_ADMINISTRATION = "state_administration", "Staatliche Verwaltung"
        MILITARY_ADMINISTRATION = "military_administration", "Militärverwaltung"
        GOVERNMENT_AGENCY = "government_agency", "Regierungsbehörde"
        COMBINED_AUTHORITY = "combined_authority", "Kommunalverbund"

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="authorities", verbose_name="Partnerregion"
    )
    name = LineField("Name", max_length=200)
    kind = models.CharField("Art", max_length=24, choices=Kind.choices)
    valid_from_precision = precision_field("Genauigkeit des Beginns")

    objects = PartnerAuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = "Partnerbehörde"
        verbose_name_plural = "Partnerbehörden"
        ordering = ["region", "name"]
        constraints = [
            *Dated.Meta.constraints,
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                "region",
                "name",
                name="authority_name_once",
                violation_error_message="Diese Behörde ist bei dieser Region schon erfasst.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

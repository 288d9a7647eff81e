from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.urls import reverse

from ministries.history.dated import Sourced, precision_field
from ministries.history.tracking import track, track_links
from ministries.history.versioned import Versioned
from ministries.models import Responsibility, SubjectArea
from partnerships.register.partners import statuses
from partnerships.register.partners.countries import codes_like, codes_of
from partnerships.register.partners.regions import Region
from partnerships.register.partners.sorting import (
    folded,
    gathered_search_text,
    search_index,
    sort_key,
)
from partnerships.register.partners.triggers import gathers_search_text, is_searched_by_partnership
from ui.day_fields import PastDateField
from ui.text_fields import LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User
    from partnerships.register.agreements.models import AgreementQuerySet
    from partnerships.register.partners.periods import LeadQuerySet, StatusPeriodQuerySet


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    # Selection

    def visible_to(self, user: "User") -> Self:
        if not user.reads_content:
            return self.none()
        if user.is_coordinator:
            return self
        return self.filter(Q(is_confidential=False) | Exists(self._circle(user)))

    def hidden_from(self, user: "User") -> Self:
        """The others: few, so what belongs to a partnership leaves out these, not looks for those."""
        if not user.reads_content:
            return self
        if user.is_coordinator:
            return self.none()
        return self.filter(~Exists(self._circle(user)), is_confidential=True)

    def _circle(self, user: "User") -> models.QuerySet:
        return self.model.circle.through.objects.filter(partnership=OuterRef("pk"), user=user)

    def in_check(self) -> Self:
        return self.filter(in_check=True)

    def matching(self, text: str) -> Self:
        """Names, aliases, seats, countries of its regions, without regard to case and diacritics."""
        return self._found(codes_of(text), search_text__contains=folded(text))

    def resembling(self, text: str) -> Self:
        """Like `matching`, for a name with a typing error."""
        return self._found(codes_like(text), search_text__trigram_word_similar=folded(text))

    def _found(self, codes: list[str], **condition: Func) -> Self:
        """Names stand in one indexed column; a country is no text and asked for by its code."""
        own = Q(**condition)
        if not codes:
            return self.filter(own)
        links = Region.partnerships.through.objects.filter(region__country__in=codes)
        return self.filter(own | Q(pk__in=links.values("partnership")))

    def of_status(self, status: str | None, user: "User", day: date) -> Self:
        """The status of `with_standing`, asked of as few rows as a page needs; None: none recorded."""
        return self.alias(status=Subquery(self._told(user, day).values("status")[:1])).filter(
            status=status
        )

    def under_scrutiny(self, user: "User", day: date) -> Self:
        return self.filter(self._scrutiny(user, day))

    # What a list shows

    def with_standing(self, user: "User", day: date) -> Self:
        """Adds `status`, `status_since`, `is_under_scrutiny`, `lead_id` and the lead's names.

        Until a decision is visible to this user, the former status and mark are the current ones.
        """
        status = self._told(user, day)
        leads: LeadQuerySet = self.model.leads.rel.related_model.objects.all()  # type: ignore[attr-defined]
        lead = leads.on(day).filter(partnership=OuterRef("pk"))
        return self.annotate(
            status=Subquery(status.values("status")[:1]),
            status_since=Subquery(status.values("valid_from")[:1]),
            status_since_precision=Subquery(status.values("valid_from_precision")[:1]),
            is_under_scrutiny=self._is_under_scrutiny(user, day),
            lead_id=Subquery(lead.values("ministry")[:1]),
            lead_abbreviation=Subquery(lead.values("ministry__abbreviation")[:1]),
            lead_name=Subquery(lead.values("ministry__name")[:1]),
        )

    def with_status_details(self, user: "User", day: date) -> Self:
        """Adds `status_reason` and `status_review_on` to the standing."""
        status = self._told(user, day)
        return self.annotate(
            status_reason=Subquery(status.values("reason")[:1]),
            status_review_on=Subquery(status.values("review_on")[:1]),
        )

    def with_latest_agreement(self, day: date) -> Self:
        """Adds title and date of the latest agreement, and `lapsed_on` if a term has run out."""
        agreements: AgreementQuerySet = self.model.agreements.rel.related_model.objects.all()  # type: ignore[attr-defined]
        own = agreements.filter(partnership=OuterRef("pk"))
        latest = own.order_by(F("signed_on").desc(nulls_last=True), "-pk")
        lapsed = own.lapsed(day).order_by("-valid_until")
        return self.annotate(
            agreement_title=Subquery(latest.values("title")[:1]),
            agreement_signed_on=Subquery(latest.values("signed_on")[:1]),
            agreement_precision=Subquery(latest.values("signed_on_precision")[:1]),
            lapsed_on=Subquery(lapsed.values("valid_until")[:1]),
        )

    def with_scrutiny(self, user: "User", day: date) -> Self:
        """Adds `is_under_scrutiny` alone."""
        return self.annotate(is_under_scrutiny=self._is_under_scrutiny(user, day))

    def _told(self, user: "User", day: date) -> models.QuerySet:
        """The periods of a partnership, the one that counts for this person first."""
        periods: StatusPeriodQuerySet = self.model.status_periods.rel.related_model.objects.all()  # type: ignore[attr-defined]
        return periods.told_to(user, day).filter(partnership=OuterRef("pk")).current(day)

    def _is_under_scrutiny(self, user: "User", day: date) -> Case:
        return Case(
            When(self._scrutiny(user, day), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )

    @staticmethod
    def _scrutiny(user: "User", day: date) -> Q:
        lasting = Q(scrutiny_until__isnull=True) | Q(scrutiny_until__gte=day)
        if not user.sees_proposals:
            lasting |= Q(scrutiny_end_visible_from__gt=day)
        return lasting & Q(scrutiny_since__lte=day)


@track(exclude=["sort_key", "search_text"])
class Partnership(Sourced, Versioned):
    """The relation of the Land to one or several regions abroad."""

    named_by = "name"
    confirmed_as = "partnerschaft"

    class Kind(models.TextChoices):
        PARTNERSHIP = "partnership", "Partnerschaft"
        FRIENDSHIP = "friendship", "Freundschaft"
        CONTACT = "contact", "Kontakt"
        PROJECT = "project", "Projekt"
        SECTORAL = "sectoral_cooperation", "Sektorale Zusammenarbeit"

    Status = statuses.Status

    slug = models.SlugField("Kurzname", unique=True)
    name = LineField("Name", max_length=120)
    regions = models.ManyToManyField(
        Region, related_name="partnerships", verbose_name="Partnerregionen"
    )
    kind = models.CharField("Art der Beziehung", max_length=24, choices=Kind.choices)
    in_check = models.BooleanField("im Leitlinien-Check", default=False)
    established_on = PastDateField("besteht seit", null=True, blank=True)
    established_on_precision = precision_field("Genauigkeit")
    scrutiny_since = PastDateField("auf dem Prüfstand seit", null=True, blank=True)
    scrutiny_reason = LineField("Anlass der Prüfung", max_length=300, blank=True)
    scrutiny_until = models.DateField("auf dem Prüfstand bis", null=True, blank=True)
    scrutiny_end_visible_from = models.DateField(
        "Ende der Prüfung sichtbar ab", null=True, blank=True
    )
    agreed_wording = ProseField("Sprachregelung", blank=True)
    agreed_wording_on = PastDateField("Sprachregelung abgestimmt am", null=True, blank=True)
    agreed_wording_is_reactive = models.BooleanField("nur auf Nachfrage", default=False)
    file_reference = LineField("Aktenzeichen", max_length=80, blank=True)
    is_confidential = models.BooleanField("vertraulich", default=False)
    circle = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name="Kreis der Berechtigten",
    )
    sort_key = sort_key()
    search_text = gathered_search_text()

    # Added by `with_standing` and `with_status_details` …
    status: str | None
    status_since: date | None
    status_since_precision: str | None
    is_under_scrutiny: bool
    lead_id: int | None
    lead_abbreviation: str | None
    lead_name: str | None
    status_reason: str | None
    status_review_on: date | None
    # … and by `with_latest_agreement`.
    agreement_title: str | None
    agreement_signed_on: date | None
    agreement_precision: str | None
    lapsed_on: date | None

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = "Partnerschaft"
        verbose_name_plural = "Partnerschaften"
        ordering = ["sort_key", "pk"]
        triggers = [gathers_search_text()]
        indexes = [
            search_index("partnership_search"),
            models.Index(fields=["sort_key"], name="partnership_sort"),
            models.Index(
                fields=["id"], condition=Q(is_confidential=True), name="partnership_confidential"
            ),
            models.Index(
                fields=["scrutiny_since"],
                condition=Q(scrutiny_since__isnull=False),
                name="partnership_scrutiny",
            ),
        ]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                name="partnership_scrutiny_has_reason",
                condition=Q(scrutiny_since__isnull=True) | ~Q(scrutiny_reason=""),
                violation_error_message="Bitte den Anlass der Prüfung nennen.",
            ),
            models.CheckConstraint(
                name="partnership_scrutiny_period",
                condition=Q(scrutiny_until__isnull=True)
                | Q(scrutiny_since__isnull=False, scrutiny_until__gte=F("scrutiny_since")),
                violation_error_message="Das Ende der Prüfung liegt vor ihrem Beginn.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partnerships:detail", args=[self.slug])


@track_links()
class CircleLink(Partnership.circle.through):  # type: ignore[name-defined]
    """Who belongs to the circle of a confidential partnership; here for the history."""

    class Meta:
        proxy = True
        verbose_name = "Kreis einer Partnerschaft"
        verbose_name_plural = "Kreise von Partnerschaften"


@track_links()
class RegionLink(Partnership.regions.through):  # type: ignore[name-defined]
    """Which regions a partnership is with; here for the history and for the search."""

    class Meta:
        proxy = True
        verbose_name = "Region einer Partnerschaft"
        verbose_name_plural = "Regionen von Partnerschaften"
        triggers = [is_searched_by_partnership()]


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, user: "User") -> Self:
        return self.exclude(partnership__in=Partnership.objects.hidden_from(user))

    def with_houses(self, day: date) -> Self:
        """Adds `house_abbreviation` and `house_name` of who is in charge of the area that day."""
        house = Responsibility.objects.on(day).filter(subject_area=OuterRef("subject_area"))
        return self.annotate(
            house_abbreviation=Subquery(house.values("ministry__abbreviation")[:1]),
            house_name=Subquery(house.values("ministry__name")[:1]),
        )


@track()
class Participation(Sourced):
    """Beteiligung: a subject area that a partnership touches; its house follows from it."""

    confirmed_as = "fachgebiet"

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        related_name="participations",
        verbose_name="Partnerschaft",
    )
    subject_area = models.ForeignKey(
        SubjectArea,
        on_delete=models.PROTECT,
        related_name="participations",
        verbose_name="Fachgebiet",
    )

    # Added by `with_houses`.
    house_abbreviation: str | None
    house_name: str | None

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "Beteiligung"
        verbose_name_plural = "Beteiligungen"
        ordering = ["partnership", "subject_area__sort_order"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                "partnership",
                "subject_area",
                name="participation_once",
                violation_error_message="Dieses Fachgebiet ist schon erfasst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.subject_area}"

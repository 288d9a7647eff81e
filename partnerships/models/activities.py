from datetime import date
from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django_countries.fields import CountryField

from ministries.dated import Sourced, precision_field
from ministries.history import track, track_links
from ministries.models import Ministry, SubjectArea
from ministries.versioned import Versioned
from partnerships.activity_states import ACTIVITY_TRANSITIONS, ActivityState
from partnerships.models.organisations import Organisation
from partnerships.models.partnerships import Partnership
from partnerships.models.records import Filed, Shared, SharedQuerySet, Visibility
from partnerships.models.sorting import folded, search_index, search_text
from partnerships.models.working_groups import WorkingGroup
from ui.dates import partial_date

if TYPE_CHECKING:
    from ministries.models import User


class ActivityQuerySet(SharedQuerySet["Activity"]):
    def visible_to(self, user: "User") -> Self:
        """Those this person reads in full; see `outlined_to` for "nur Zeitraum und Region"."""
        if not user.reads_content:
            return self.none()
        rows = self.filter(self._is_inside(user) | self._is_shared(user))
        return self.open_to(user, rows)._without_hidden_partners(user)

    def outlined_to(self, user: "User") -> Self:
        """Those of which this person may know only owner, period, partnerships and countries."""
        if not user.reads_content:
            return self.none()
        others = self.filter(visibility=Visibility.OUTLINE, is_confidential=False)
        return others.exclude(self._is_inside(user))._without_hidden_partners(user)

    def _is_inside(self, user: "User") -> Q:
        """A participating house works on it, so it reads it like the owner."""
        houses = user.ministry_ids()
        links: Any = self.model.participating.through.objects
        takes_part = links.filter(activity=OuterRef("pk"), ministry__in=houses)
        return super()._is_inside(user) | Q(Exists(takes_part))

    def _without_hidden_partners(self, user: "User") -> Self:
        """An activity with a partner this person must not know of stays as hidden as the partner."""
        links: Any = self.model.partnerships.through.objects
        hidden = links.filter(
            activity=OuterRef("pk"), partnership__in=Partnership.objects.hidden_from(user)
        )
        return self.filter(~Exists(hidden))

    def matching(self, text: str) -> Self:
        return self.filter(search_text__contains=folded(text))

    def resembling(self, text: str) -> Self:
        return self.filter(search_text__trigram_word_similar=folded(text))

    def between(self, first: date, last: date) -> Self:
        """Those that share a day with the period."""
        return self.filter(starts_on__lte=last).filter(
            Q(ends_on__gte=first) | Q(ends_on__isnull=True, starts_on__gte=first)
        )


@track(exclude=["search_text"])
class Activity(Shared, Sourced, Filed):
    """Aktivität: a trip, a visit, a project, an event, a session, an exchange of one or more houses."""

    State = ActivityState

    class Kind(models.TextChoices):
        OUTGOING_TRIP = "outgoing_trip", "Delegationsreise"
        INCOMING_VISIT = "incoming_visit", "Delegationsempfang"
        PROJECT = "project", "Projekt"
        EVENT = "event", "Veranstaltung"
        WORKING_GROUP = "working_group", "Arbeitsgruppe"
        EXCHANGE = "exchange", "Austausch"
        TALK = "talk", "Gespräch"

    title = models.CharField("Titel", max_length=200)
    kind = models.CharField("Art", max_length=16, choices=Kind.choices)
    state = models.CharField(
        "Stand", max_length=10, choices=ActivityState.choices, default=ActivityState.PLANNED
    )
    cancel_reason = models.CharField("Grund der Absage", max_length=300, blank=True)
    starts_on = models.DateField("Beginn")
    starts_on_precision = precision_field("Genauigkeit des Beginns")
    ends_on = models.DateField("Ende", null=True, blank=True, help_text="letzter Tag")
    partnerships = models.ManyToManyField(
        Partnership, blank=True, related_name="activities", verbose_name="Partnerschaften"
    )
    countries = CountryField("weitere Staaten", multiple=True, blank=True)
    participating = models.ManyToManyField(
        Ministry, blank=True, related_name="+", verbose_name="beteiligte Ressorts"
    )
    subject_areas = models.ManyToManyField(
        SubjectArea, blank=True, related_name="activities", verbose_name="Fachgebiete"
    )
    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="Arbeitsgruppe",
    )
    place = models.CharField("Ort", max_length=120, blank=True)
    leader = models.CharField("Leitung (Funktion)", max_length=160, blank=True)
    aims = models.TextField("Ziele", blank=True)
    results = models.TextField("Ergebnisse", blank=True)
    search_text = search_text("title", "place", "leader")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "Aktivität"
        verbose_name_plural = "Aktivitäten"
        ordering = [F("starts_on").desc(), "-pk"]
        indexes = [
            search_index("activity_search"),
            models.Index(fields=["starts_on", "ends_on"], name="activity_period"),
            models.Index(fields=["ministry", "starts_on"], name="activity_of_house"),
        ]
        constraints = [
            *Shared.Meta.constraints,
            *Sourced.Meta.constraints,
            *Filed.Meta.constraints,
            models.CheckConstraint(
                name="activity_period_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                name="activity_cancelled_with_reason",
                condition=~Q(state=ActivityState.CANCELLED) | ~Q(cancel_reason=""),
                violation_error_message="Bitte den Grund der Absage nennen.",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="activity_state",
                field="state",
                transitions=sorted({(str(t.source), str(t.target)) for t in ACTIVITY_TRANSITIONS}),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partnerships:activity", args=[self.pk])

    @property
    def period_words(self) -> str:
        """ "12.05.2025 bis 14.05.2025", "Mai 2025"."""
        begin = partial_date(self.starts_on, self.starts_on_precision)
        if self.ends_on is None or self.ends_on == self.starts_on:
            return begin
        return f"{begin} bis {self.ends_on:%d.%m.%Y}"


@track_links()
class ActivityCircleLink(Activity.circle.through):  # type: ignore[name-defined]
    """Who belongs to the circle of a confidential activity; here for the history."""

    class Meta:
        proxy = True


@track_links()
class ActivityPartnershipLink(Activity.partnerships.through):  # type: ignore[name-defined]
    """Which partnerships an activity is with; here for the history."""

    class Meta:
        proxy = True


@track_links()
class ActivityMinistryLink(Activity.participating.through):  # type: ignore[name-defined]
    """Which houses take part; here for the history."""

    class Meta:
        proxy = True


@track_links()
class ActivityAreaLink(Activity.subject_areas.through):  # type: ignore[name-defined]
    """Which subject areas an activity touches; here for the history."""

    class Meta:
        proxy = True


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
    role = models.CharField("Rolle", max_length=120, blank=True)

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
    function = models.CharField("Funktion", max_length=160)
    name = models.CharField("Name", max_length=160, blank=True)
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
    title = models.CharField("Programmpunkt", max_length=200)
    place = models.CharField("Ort", max_length=120, blank=True)

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
    purpose = models.CharField("Zweck", max_length=160, blank=True)
    planned = models.DecimalField(
        "geplant (Euro)", max_digits=12, decimal_places=2, null=True, blank=True
    )
    actual = models.DecimalField(
        "tatsächlich (Euro)", max_digits=12, decimal_places=2, null=True, blank=True
    )
    budget_line = models.CharField("Haushaltsstelle", max_length=60, blank=True)
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

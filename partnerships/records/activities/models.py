from datetime import date
from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from django_countries.fields import CountryField

from ministries.history.dated import Precision, Sourced, precision_field
from ministries.history.tracking import track, track_links
from ministries.models import Ministry, SubjectArea
from partnerships.records.activities.levels import LEADERSHIP, ContactLevel
from partnerships.records.activities.states import ACTIVITY_TRANSITIONS, ActivityState
from partnerships.records.shared.models import SHARED, Shared, SharedQuerySet, Visibility
from partnerships.records.working_groups.models import WorkingGroup
from partnerships.register.filing import Filed
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.sorting import folded, search_index, search_text
from ui.periods import END_ERROR, last_day, period_words
from ui.text_fields import LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User

LONGEST_TEXT = 5000


class ActivityQuerySet(SharedQuerySet["Activity"]):
    def visible_to(self, user: "User") -> Self:
        """Those this person reads in full; `known_to` has those of "nur Zeitraum und Region" too."""
        if not user.reads_content:
            return self.none()
        rows = self.filter(self._is_inside(user) | self.shared_with(user))
        return self.open_to(user, rows)._without_hidden_partners(user)

    def known_to(self, user: "User") -> Self:
        """Both; `is_outline` marks those of which this person may know no more than that."""
        if not user.reads_content:
            return self.none()
        inside = self._is_inside(user)
        outline = Q(visibility=Visibility.OUTLINE, is_confidential=False)
        rows = self.filter(inside | self.shared_with(user) | outline)
        is_outline = Case(
            When(inside, then=False),
            When(outline, then=True),
            default=False,
            output_field=models.BooleanField(),
        )
        known = self.open_to(user, rows)._without_hidden_partners(user)
        return known.annotate(is_outline=is_outline)

    def _is_inside(self, user: "User") -> Q:
        """A participating house works on it, so it reads it like the owner."""
        houses = user.ministry_ids()
        links = self.model.participating.through.objects
        takes_part = links.filter(activity=OuterRef("pk"), ministry__in=houses)
        return super()._is_inside(user) | Q(Exists(takes_part))

    def _without_hidden_partners(self, user: "User") -> Self:
        """An activity with a partner this person must not know of stays as hidden as the partner."""
        links = self.model.partnerships.through.objects
        hidden = links.filter(
            activity=OuterRef("pk"), partnership__in=Partnership.objects.hidden_from(user)
        )
        return self.filter(~Exists(hidden))

    def matching(self, text: str) -> Self:
        return self.filter(search_text__contains=folded(text))

    def resembling(self, text: str) -> Self:
        return self.filter(search_text__trigram_word_similar=folded(text))

    def between(self, first: date | None, last: date | None) -> Self:
        """Those that share a day with the period; "April 2026" lasts until the 30th."""
        begun = Q(starts_on__lte=last) if last else Q()
        return self.filter(begun, ~self._ended_before(first) if first else Q())

    def of_leadership(self) -> Self:
        """Leitungskontakte."""
        return self.filter(level__in=LEADERSHIP)

    def over(self, day: date) -> Self:
        return self.filter(self._ended_before(day))

    def open_to_all(self, *, besides: Partnership) -> Self:
        """What every house may read, but for what this partnership itself keeps back."""
        links = self.model.partnerships.through.objects
        hidden = links.filter(activity=OuterRef("pk"), partnership__is_confidential=True)
        shared = self.filter(visibility__in=SHARED, is_confidential=False)
        return shared.filter(~Exists(hidden.exclude(partnership=besides)))

    def with_links(self) -> Self:
        """Adds `partnership_links`, `house_links` and `area_names`, in their order."""
        return self.annotate(
            partnership_links=self._linked(
                self.model.partnerships, "partnership__sort_key", _named("partnership", "slug")
            ),
            house_links=self._linked(
                self.model.participating,
                "ministry__sort_order",
                _named("ministry", "abbreviation"),
            ),
            area_names=self._linked(
                self.model.subject_areas, "subjectarea__sort_order", F("subjectarea__name")
            ),
        )

    def with_told_order(self) -> Self:
        """Adds title, kind, state and level to sort by, empty where they are kept back."""
        texts = ("title", "kind", "state")
        ranks = [
            When(is_outline=False, level=level, then=models.Value(rank))
            for rank, level in enumerate(ContactLevel)
        ]
        return self.annotate(
            told_level=Case(*ranks, default=models.Value(len(ranks))),
            **{
                f"told_{name}": Case(
                    When(is_outline=False, then=Func(F(name), function="public.de_sort")),
                    default=models.Value(""),
                    output_field=models.TextField(),
                )
                for name in texts
            },
        )

    def _linked(self, field: Any, order: str, value: Any) -> ArraySubquery:
        own = field.through.objects.filter(activity=OuterRef("pk")).order_by(order, "pk")
        return ArraySubquery(own.values(value=value))

    def _ended_before(self, day: date) -> Q:
        month, year = day.replace(day=1), day.replace(day=1, month=1)
        return Q(ends_on__lt=day) | Q(ends_on__isnull=True) & (
            Q(starts_on_precision=Precision.DAY, starts_on__lt=day)
            | Q(starts_on_precision=Precision.MONTH, starts_on__lt=month)
            | Q(starts_on_precision=Precision.YEAR, starts_on__lt=year)
        )


def _named(relation: str, code: str) -> JSONObject:
    return JSONObject(name=f"{relation}__name", **{code: f"{relation}__{code}"})


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

    title = LineField("Titel", max_length=200)
    kind = models.CharField("Art", max_length=16, choices=Kind.choices, default=Kind.EVENT)
    state = models.CharField(
        "Stand", max_length=10, choices=ActivityState.choices, default=ActivityState.PLANNED
    )
    cancel_reason = LineField("Grund der Absage", max_length=300, blank=True)
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
    place = LineField("Ort", max_length=120, blank=True)
    leader = LineField("Leitung (Funktion)", max_length=160, blank=True)
    level = models.CharField(
        "Kontaktebene",
        max_length=24,
        choices=ContactLevel.choices,
        blank=True,
        default="",
        db_default="",
    )
    # What an entry of the public register keeps: its short name there, and the house of that day.
    external_key = models.SlugField(
        "Kurzname im Register", max_length=80, unique=True, null=True, blank=True, editable=False
    )
    house_then = models.ForeignKey(
        Ministry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="damaliges Ressort",
    )
    aims = ProseField("Ziele", max_length=LONGEST_TEXT, blank=True)
    results = ProseField("Ergebnisse", max_length=LONGEST_TEXT, blank=True)
    search_text = search_text("title", "place", "leader")

    # Added by `known_to`, `with_links` and `with_twins`.
    is_outline: bool
    partnership_links: list[dict[str, str]]
    house_links: list[dict[str, str]]
    area_names: list[str]
    twins: list[dict[str, Any]]

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
                violation_error_message=END_ERROR,
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

    def get_report_url(self) -> str:
        return reverse("partnerships:activity-report", args=[self.pk])

    @property
    def period_words(self) -> str:
        """ "12.05.2025 bis 14.05.2025", "Mai 2025"."""
        return period_words(self.starts_on, self.starts_on_precision, self.ends_on)

    @property
    def last_day(self) -> date:
        return self.ends_on or last_day(self.starts_on, self.starts_on_precision)

    @property
    def house_then_words(self) -> str:
        """ "SMJusDEG (bis 2024)"; nothing where its own house held it then as now."""
        if self.house_then is None:
            return "Ressort nicht erfasst" if self.external_key else ""
        return "" if self.house_then_id == self.ministry_id else self.house_then.dated_name

    @property
    def awaits_confirmation(self) -> bool:
        """What a house wrote itself needs none, what it was told does."""
        return bool(self.source) and not self.is_confirmed

    @property
    def outline_title(self) -> str:
        """All that other houses read in place of a title kept back."""
        article = "der" if self.ministry.is_chancellery else "des"
        return f"Aktivität {article} {self.ministry.abbreviation}"


@track_links()
class ActivityCircleLink(Activity.circle.through):  # type: ignore[name-defined]
    """Who belongs to the circle of a confidential activity; here for the history."""

    owner, told_as = Activity, "Kreis der Berechtigten"

    class Meta:
        proxy = True
        verbose_name = "Kreis einer Aktivität"
        verbose_name_plural = "Kreise von Aktivitäten"


@track_links()
class ActivityPartnershipLink(Activity.partnerships.through):  # type: ignore[name-defined]
    """Which partnerships an activity is with; here for the history."""

    owner, told_as = Activity, "Partnerschaft"

    class Meta:
        proxy = True
        verbose_name = "Partnerschaft einer Aktivität"
        verbose_name_plural = "Partnerschaften von Aktivitäten"


@track_links()
class ActivityMinistryLink(Activity.participating.through):  # type: ignore[name-defined]
    """Which houses take part; here for the history."""

    owner, told_as = Activity, "Beteiligtes Ressort"

    class Meta:
        proxy = True
        verbose_name = "beteiligtes Ressort einer Aktivität"
        verbose_name_plural = "beteiligte Ressorts von Aktivitäten"


@track_links()
class ActivityAreaLink(Activity.subject_areas.through):  # type: ignore[name-defined]
    """Which subject areas an activity touches; here for the history."""

    owner, told_as = Activity, "Fachgebiet"

    class Meta:
        proxy = True
        verbose_name = "Fachgebiet einer Aktivität"
        verbose_name_plural = "Fachgebiete von Aktivitäten"

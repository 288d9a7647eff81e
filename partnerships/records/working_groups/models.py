from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from ministries.clock import today
from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from partnerships.records.shared.models import EVERY_ROW, Owned, OwnedQuerySet
from partnerships.register.filing import Filed
from partnerships.register.partners.date_expressions import MonthsAfter
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.sorting import folded, search_index, search_text
from ui.text_fields import LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User


class WorkingGroupQuerySet(OwnedQuerySet["WorkingGroup"]):
    def shared_with(self, user: "User") -> Q:
        return EVERY_ROW

    def with_sessions(self, day: date) -> Self:
        """Adds `last_held_on`, `planned_on` and `next_on`.

        The next session is the one that is planned; else it is due when the cadence has passed.
        """
        meetings = Meeting.objects.filter(working_group=OuterRef("pk"))
        held = meetings.filter(held_on__lte=day).order_by("-held_on").values("held_on")[:1]
        planned = meetings.filter(held_on__gt=day).order_by("held_on").values("held_on")[:1]
        rows = self.annotate(last_held_on=Subquery(held), planned_on=Subquery(planned))
        due = MonthsAfter(F("last_held_on"), F("cadence_months"))
        return rows.annotate(next_on=Coalesce(F("planned_on"), due))

    def to_convene(self, until: date, day: date) -> Self:
        """A session is due by then and none is planned."""
        rows = self.in_use().with_sessions(day)
        return rows.filter(planned_on__isnull=True, next_on__lte=until)

    def overdue(self, day: date) -> Self:
        return self.in_use().with_sessions(day).filter(next_on__lt=day)

    def matching(self, text: str) -> Self:
        return self.filter(search_text__contains=folded(text))

    def resembling(self, text: str) -> Self:
        return self.filter(search_text__trigram_word_similar=folded(text))


@track(exclude=["search_text"])
class WorkingGroup(Owned):
    """Gemeinsame Arbeitsgruppe of both sides, with the months between two sessions."""

    named_by = "name"
    told_with = ("partnership",)

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        related_name="working_groups",
        verbose_name="Partnerschaft",
    )
    name = LineField("Name", max_length=160)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sub_groups",
        verbose_name="Unterarbeitsgruppe von",
    )
    cadence_months = models.PositiveSmallIntegerField("tagt alle … Monate", null=True, blank=True)
    chairs = LineField("Vorsitz (Funktionen)", max_length=200, blank=True)
    search_text = search_text("name", "chairs")

    # Added by `with_sessions`.
    last_held_on: date | None
    planned_on: date | None
    next_on: date | None

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "Gemeinsame Arbeitsgruppe"
        verbose_name_plural = "Gemeinsame Arbeitsgruppen"
        ordering = ["partnership", "name"]
        indexes = [search_index("working_group_search")]
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                name="working_group_cadence",
                condition=Q(cadence_months__isnull=True) | Q(cadence_months__range=(1, 120)),
                violation_error_message="Bitte 1 bis 120 Monate angeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.partnership})"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:working-group", args=[self.pk])

    @property
    def is_late(self) -> bool:
        return self.next_on is not None and self.next_on < today()


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(working_group__in=WorkingGroup.objects.visible_to(user))


@track()
class Meeting(Versioned, Filed):
    """Sitzung of a working group, planned or held, with its minutes."""

    named_by = "held_on"
    told_with = ("working_group__partnership",)

    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        related_name="meetings",
        verbose_name="Arbeitsgruppe",
    )
    held_on = models.DateField("Tag")
    place = LineField("Ort", max_length=80, blank=True)
    participants = ProseField("Teilnehmende (Funktionen)", blank=True)
    minutes = ProseField("Protokoll", blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "Sitzung"
        verbose_name_plural = "Sitzungen"
        ordering = ["working_group", F("held_on").desc()]
        constraints = [
            *Filed.Meta.constraints,
            models.UniqueConstraint(
                "working_group",
                "held_on",
                name="meeting_once_a_day",
                violation_error_message="Diese Sitzung ist schon erfasst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.working_group}, {self.held_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        url = reverse("partnerships:working-group", args=[self.working_group_id])
        return f"{url}#sitzung-{self.pk}"

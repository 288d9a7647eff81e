from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat, ExtractYear

from ministries.history.dated import Dated, DatedQuerySet, Sourced, no_overlap
from ministries.history.tracking import track, track_links
from ui.text_fields import AddressField, LineField

if TYPE_CHECKING:
    from ministries.accounts.users import User

TEXT = models.TextField()


class MinistryQuerySet(DatedQuerySet["Ministry"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.reads_content or user.is_administrator else self.none()

    def in_protocol_order(self) -> Self:
        return self.order_by("sort_order", "abbreviation", "valid_from")


@track()
class Ministry(Dated, Sourced):
    """A house of the state government under the name it bears in that period.

    A renamed or newly cut house is a new row; the old one names its successors.
    """

    # "SMJusDEG (bis 2024)": several houses bore the same abbreviation, one after the other.
    named_by = Concat(
        "abbreviation",
        Case(
            When(valid_until=None, then=Value("")),
            default=Concat(
                Value(" (bis "), ExtractYear("valid_until"), Value(")"), output_field=TEXT
            ),
            output_field=TEXT,
        ),
        output_field=TEXT,
    )

    slug = models.SlugField("Kurzname", unique=True)
    abbreviation = LineField("Abkürzung", max_length=12)
    name = LineField("Name", max_length=200)
    mailbox = AddressField("Funktionspostfach", blank=True)
    is_chancellery = models.BooleanField("Staatskanzlei", default=False)
    sort_order = models.PositiveSmallIntegerField("Protokollfolge", default=90)
    successors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="predecessors",
        verbose_name="Nachfolger",
    )

    objects = MinistryQuerySet.as_manager()

    class Meta:
        verbose_name = "Ressort"
        verbose_name_plural = "Ressorts"
        ordering = ["sort_order", "abbreviation", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            *Sourced.Meta.constraints,
            no_overlap(
                "ministry_one_name_at_a_time",
                "Diese Abkürzung trägt in diesem Zeitraum schon ein anderes Ressort.",
                "abbreviation",
            ),
        ]

    def __str__(self) -> str:
        return self.abbreviation

    @property
    def label(self) -> str:
        """Distinguishes houses of the same abbreviation, e.g. in dropdowns."""
        if self.valid_until is None:
            return f"{self.abbreviation} – {self.name}"
        return f"{self.abbreviation} – {self.name} (bis {self.valid_until:%d.%m.%Y})"

    @property
    def dated_name(self) -> str:
        """ "SMJusDEG (bis 2024)": in what happened long ago, a house of that time."""
        until = f" (bis {self.valid_until.year})" if self.valid_until else ""
        return f"{self.abbreviation}{until}"

    def heirs(self, day: date) -> "list[Ministry]":
        """Who holds on that day what this house held: itself, or those that follow it, step by step."""
        heirs, seen, following = [], {self.pk}, [self]
        while following:
            house = following.pop(0)
            if house.contains(day):
                heirs.append(house)
            else:
                following += [one for one in house.successors.all() if one.pk not in seen]
                seen |= {one.pk for one in following}
        return heirs


@track_links()
class SuccessorLink(Ministry.successors.through):  # type: ignore[name-defined]
    """Which house follows which; here for the history."""

    class Meta:
        proxy = True
        verbose_name = "Nachfolge eines Ressorts"
        verbose_name_plural = "Nachfolgen von Ressorts"


class SubjectAreaQuerySet(models.QuerySet["SubjectArea"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.reads_content or user.is_administrator else self.none()

    def with_house(self, day: date) -> Self:
        """Adds `house_abbreviation`: who is in charge that day."""
        charge = Responsibility.objects.on(day).filter(subject_area=OuterRef("pk"))
        return self.annotate(
            house_abbreviation=Subquery(charge.values("ministry__abbreviation")[:1])
        )


@track()
class SubjectArea(models.Model):
    """Fachgebiet: a policy field for which exactly one house is in charge at a time."""

    named_by = "name"

    slug = models.SlugField("Kurzname", unique=True)
    name = LineField("Name", max_length=120)
    sort_order = models.PositiveSmallIntegerField("Reihenfolge", default=90)

    house_abbreviation: str | None  # added by `with_house`

    objects = SubjectAreaQuerySet.as_manager()

    class Meta:
        verbose_name = "Fachgebiet"
        verbose_name_plural = "Fachgebiete"
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name


class ResponsibilityQuerySet(DatedQuerySet["Responsibility"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.reads_content or user.is_administrator else self.none()

    def by_area(self, day: date) -> dict[int, int]:
        """Subject area id → id of the ministry in charge on that day."""
        return dict(self.on(day).values_list("subject_area_id", "ministry_id"))


@track()
class Responsibility(Dated, Sourced):
    """Fachzuständigkeit: which house is in charge of a subject area, and when."""

    subject_area = models.ForeignKey(
        SubjectArea,
        on_delete=models.PROTECT,
        related_name="responsibilities",
        verbose_name="Fachgebiet",
    )
    ministry = models.ForeignKey(
        Ministry,
        on_delete=models.PROTECT,
        related_name="responsibilities",
        verbose_name="Ressort",
    )

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = "Fachzuständigkeit"
        verbose_name_plural = "Fachzuständigkeiten"
        ordering = ["subject_area__sort_order", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            *Sourced.Meta.constraints,
            no_overlap(
                "responsibility_one_house_at_a_time",
                "In diesem Zeitraum ist für dieses Fachgebiet schon ein Ressort zuständig.",
                "subject_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_area}: {self.ministry}"


def current_chancellery(day: date) -> Ministry:
    """The Staatskanzlei under its name of that day."""
    return Ministry.objects.on(day).get(Q(is_chancellery=True))

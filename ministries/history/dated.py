"""Records that hold for a period, and facts that came from outside."""

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value

from ui.day_fields import PastDateField
from ui.periods import END_ERROR
from ui.text_fields import LineField

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Precision(models.TextChoices):
    """How exactly a date is known: "1990" is 1990-01-01 with YEAR."""

    DAY = "day", "Tag"
    MONTH = "month", "Monat"
    YEAR = "year", "Jahr"


def precision_field(verbose_name: str) -> models.CharField:
    return models.CharField(
        verbose_name, max_length=5, choices=Precision.choices, default=Precision.DAY
    )


def valid_on(day: date) -> Q:
    """The period contains the day; an open bound has no limit."""
    return Q(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_until__isnull=True) | Q(valid_until__gte=day),
    )


class DatedQuerySet(models.QuerySet[Row]):
    def on(self, day: date) -> Self:
        return self.filter(valid_on(day))


class Dated(models.Model):
    """A period with its first and its last valid day; an empty bound is open."""

    valid_from = models.DateField("gültig ab", null=True, blank=True)
    valid_until = models.DateField(
        "gültig bis", null=True, blank=True, help_text="letzter gültiger Tag"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_period",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                violation_error_message=END_ERROR,
            )
        ]

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """The database makes no range of a period that ends before it begins, so it is not asked."""
        is_asked = {"valid_from", "valid_until"}.isdisjoint(exclude or ())
        if is_asked and self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError(END_ERROR)
        super().validate_constraints(exclude=exclude)

    def contains(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or self.valid_until >= day
        )


def no_overlap(name: str, message: str, *fields: str, **options: Any) -> ExclusionConstraint:
    """Two rows that agree in all `fields` may not share a day."""
    period = Func(
        F("valid_from"),
        F("valid_until"),
        Value("[]"),
        function="DATERANGE",
        output_field=DateRangeField(),
    )
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            (period, RangeOperators.OVERLAPS),
        ],
        violation_error_message=message,
        **options,
    )


class Sourced(models.Model):
    """A fact with its origin; "unbestätigt" until somebody in charge confirms it."""

    # The word in the address of a confirmation, where the register has one.
    confirmed_as: ClassVar[str]

    source = LineField("Quelle", max_length=300, blank=True)
    as_of = PastDateField("Stand der Angabe", null=True, blank=True)
    confirmed_on = models.DateField("bestätigt am", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="bestätigt durch",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_confirmation",
                condition=Q(confirmed_on__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False),
                violation_error_message="Eine Bestätigung hat Datum und Person.",
            )
        ]

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_on is not None

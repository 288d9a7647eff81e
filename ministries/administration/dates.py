"""Days in the admin: with a calendar beside them, and as exact as they were written."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ModelForm

from ui.day_fields import UNCLEAR, CompletingInput, DayField, PastDateField
from ui.periods import Unclear, parse_partial


class AdminDay(CompletingInput, AdminDateWidget):
    pass


class RoughDay(date):
    """The first day of what was written; `precision` says whether a month or a year was meant."""

    precision = ""


class RoughDayField(DayField):
    """Beside it stands how exactly the day is known; a month or a year says so itself."""

    def to_python(self, value: Any) -> date | None:
        try:
            period = parse_partial(str(value or ""), is_past=self.is_past)
        except Unclear as error:
            if error.expected:
                raise ValidationError(str(error), code=UNCLEAR) from error
            return super().to_python(value)
        if period.precision == "day":
            return super().to_python(value)
        day = RoughDay(period.first.year, period.first.month, period.first.day)
        day.precision = period.precision
        return day


class RoughDays(ModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, day in [*cleaned.items()]:
            if isinstance(day, RoughDay):
                cleaned |= {
                    name: date.fromordinal(day.toordinal()),
                    f"{name}_precision": day.precision,
                }
        return cleaned


def day_options(field: models.Field) -> dict[str, Any]:
    """How the form field of a day is made; nothing for fields of other kinds."""
    if not isinstance(field, models.DateField) or isinstance(field, models.DateTimeField):
        return {}
    names = {other.name for other in field.model._meta.concrete_fields}
    kind = RoughDayField if f"{field.name}_precision" in names else DayField
    is_past = isinstance(field, PastDateField)
    return {"form_class": partial(kind, is_past=is_past), "widget": AdminDay}

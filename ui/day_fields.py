"""Fields for days, periods and times as people write them, in forms and, for days past, in models."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from ui.periods import LONGEST, Unclear, YearMissing, parse_day, parse_period, parse_time

DAY_HELP = "Zum Beispiel 3.4.2026"
PERIOD_HELP = "Zum Beispiel 3.4.26, 3.–5.4.2026 oder April 2026"
# Code of an error whose sentence says what is wrong with a date.
UNCLEAR = "unclear"
Read = TypeVar("Read")


class Completed(str):
    """What was typed, with the year that was missing; `told` asks to look at it."""

    told = ""


class CompletingInput(forms.TextInput):
    """Shows what was typed without a year again with one, so that it only needs a second look."""

    is_past = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        try:
            parse_period(value or "", is_past=self.is_past)
        except YearMissing as error:
            value = Completed(error.completed)
            value.told = str(error)
        except Unclear:
            pass
        return value


class DayInput(CompletingInput, forms.DateInput):
    pass


class PeriodField(forms.CharField):
    """One field for a day, a month, a year or two days; gives a `Period`."""

    widget = CompletingInput

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST, **({"help_text": PERIOD_HELP} | options))

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return _read(parse_period, text, getattr(value, "told", "")) if text else None


class DayField(forms.DateField):
    widget: Any = DayInput
    is_past = False

    def __init__(self, *, is_past: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.is_past = self.is_past or is_past
        self.widget.is_past = self.is_past

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        told = getattr(value, "told", "")
        return _read(lambda text: parse_day(text, is_past=self.is_past), str(value), told)


class PastDayField(DayField):
    is_past = True


class ClockField(forms.TimeField):
    widget = forms.TextInput

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return value or None
        return _read(parse_time, str(value))


class PastDateField(models.DateField):
    """A day that has been: two digits of its year never mean one that is still to come."""

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**({"form_class": PastDayField} | options))

    def get_col(self, alias: str, output_field: Any = None) -> Any:
        """In expressions a date like any other: Django mixes no two classes of fields."""
        is_own = output_field is None or output_field == self
        return super().get_col(alias, models.DateField() if is_own else output_field)

    def deconstruct(self) -> Any:
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.DateField", args, options


def as_day_field(field: forms.DateField) -> DayField:
    """The same field, reading as ours do; model forms and filters come with Django's."""
    names = (
        "required",
        "label",
        "initial",
        "help_text",
        "disabled",
        "validators",
        "error_messages",
    )
    options = {name: getattr(field, name) for name in names}
    widget = field.widget
    options["widget"] = DayInput(widget.attrs) if type(widget) is forms.DateInput else widget
    return DayField(**options)


def _read(parse: Callable[[str], Read], text: str, told: str = "") -> Read:
    """`told` of what would be understood, but only guessed."""
    try:
        found = parse(text)
    except Unclear as error:
        raise ValidationError(str(error), code=UNCLEAR) from error
    if told:
        raise ValidationError(told, code=UNCLEAR)
    return found

"""What is asked back, once, before a deadline is saved."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django import forms

from ministries.clock import in_a_year, today
from ministries.models import QuietTime
from ministries.working_days import (
    add_working_days,
    holiday_name,
    is_working_day,
    working_days_between,
)
from ui.dates import german_date
from ui.forms import Form

FEWEST_WORKING_DAYS = 5


def deadline_doubts(due_on: date) -> Iterator[str]:
    """Why a day is perhaps not meant, in sentences; what lies behind us is refused anyway."""
    named = german_date(due_on)
    if not is_working_day(due_on):
        yield f"Der {named} ist kein Arbeitstag{_holiday(due_on)}."
    for quiet in QuietTime.objects.on(due_on):
        yield f"Der {named} liegt {quiet.place}."
    if due_on > in_a_year(today()):
        yield f"Bis zum {named} ist es mehr als ein Jahr."


def next_undoubted(day: date, step: int = 1) -> date:
    """What a form proposes: the day, or the next (-1: the last) working day in no quiet time."""
    while True:
        if not is_working_day(day):
            day = add_working_days(day, step)
        elif quiet := QuietTime.objects.on(day).first():
            day = (quiet.valid_until if step > 0 else quiet.valid_from) + timedelta(days=step)
        else:
            return day


def haste_doubts(due_on: date) -> Iterator[str]:
    distance, named = working_days_between(today(), due_on), german_date(due_on)
    if 0 < distance < FEWEST_WORKING_DAYS:
        days = "nur ein Arbeitstag" if distance == 1 else f"nur {distance} Arbeitstage"
        yield f"Bis zum {named} {'ist' if distance == 1 else 'sind'} es {days}."


def _holiday(day: date) -> str:
    name = holiday_name(day)
    return f" ({name})" if name else ""


class AskedBack(Form):
    """What is perhaps not meant comes back once and is saved when it is confirmed."""

    is_meant = forms.BooleanField(
        label="Ja, das ist so gemeint", required=False, widget=forms.HiddenInput
    )

    def doubts(self, cleaned: dict[str, Any]) -> Iterable[str]:
        if cleaned.get("due_on"):
            yield from deadline_doubts(cleaned["due_on"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_meant = cleaned.pop("is_meant", False)
        if self.errors or is_meant:
            return cleaned
        if doubts := " ".join(self.doubts(cleaned)):
            # Asked last, below what it asks about.
            field = self.fields["is_meant"] = self.fields.pop("is_meant")
            field.widget = forms.CheckboxInput()
            self.add_error("is_meant", f"{doubts} Ist das so gemeint, bestätigen Sie es.")
        return cleaned

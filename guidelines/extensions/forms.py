"""What a house asks for."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from guidelines.rounds.conditions import require_future, require_working_day
from guidelines.rounds.deadlines import AskedBack, deadline_doubts
from guidelines.statements.models import Statement
from ministries import clock
from ui.dates import german_date
from ui.errors import Refusal


class StatementChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    names_sitting = False

    def label_from_instance(self, obj: Statement) -> str:
        check = obj.guideline_check
        sitting = f", {check.round}, {obj.ministry}" if self.names_sitting else ""
        return f"{check.partnership} (Frist {german_date(obj.deadline)}{sitting})"


class ExtensionForm(AskedBack):
    statements = StatementChoice(
        Statement.objects.none(),
        label="Stellungnahmen",
        error_messages={"required": "Wählen Sie mindestens eine Stellungnahme aus."},
    )
    wished_on = forms.DateField(
        label="Neue Frist",
        help_text="Ein Arbeitstag nach der bisherigen Frist. Feiertage in Sachsen sind berücksichtigt.",
        error_messages={"required": "Geben Sie an, bis wann Ihr Haus Zeit braucht."},
    )
    reason = forms.CharField(
        label="Begründung",
        max_length=300,
        help_text="Eine Zeile. Die Koordinierung liest sie, andere Ressorts nicht.",
        error_messages={"required": "Begründen Sie die Bitte in einer Zeile."},
    )

    def __init__(self, *args: Any, statements: QuerySet[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(statements=statements)
        sittings = {(row.guideline_check.round_id, row.ministry_id) for row in statements}
        choice = self.fields["statements"]
        assert isinstance(choice, StatementChoice)
        choice.names_sitting = len(sittings) > 1

    def clean_wished_on(self) -> date:
        return fitting(self.cleaned_data["wished_on"])

    def doubts(self, cleaned: dict[str, Any]) -> Iterable[str]:
        return deadline_doubts(cleaned["wished_on"])

    def clean(self) -> dict[str, Any]:
        wished_on: date | None = self.cleaned_data.get("wished_on")
        later = [
            row
            for row in self.cleaned_data.get("statements", [])
            if wished_on and row.deadline >= wished_on
        ]
        if later:
            names = ", ".join(
                f"{row.guideline_check.partnership} ({german_date(row.deadline)})" for row in later
            )
            self.add_error("wished_on", f"Wählen Sie einen Tag nach der bisherigen Frist: {names}.")
        return super().clean()


def fitting(day: date) -> date:
    try:
        require_future(day, clock.now())
        require_working_day(day)
    except Refusal as refusal:
        raise ValidationError(str(refusal)) from None
    return day

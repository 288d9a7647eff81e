"""The form of one statement: a question, its own words, a reason — made from the review notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.outcomes import VOTE_CHOICES
from ui.dates import german_date
from ui.forms import Form

ALWAYS_POSSIBLE = [
    (answer.value, answer.label)
    for answer in (ReviewNote.Answer.NOT_APPLICABLE, ReviewNote.Answer.NOT_ASSESSABLE)
]


@dataclass(frozen=True)
class Question:
    """One criterion on the page, with its two fields."""

    note: ReviewNote
    answer: BoundField
    reason: BoundField


class StatementForm(Form):
    """Saving asks for nothing to be complete; that is the matter of „Zur Freigabe vorlegen“."""

    vote = forms.ChoiceField(
        label="Votum Ihres Hauses",
        choices=VOTE_CHOICES,
        required=False,
        widget=forms.RadioSelect,
    )
    vote_until_on = forms.DateField(
        label="Votum bis",
        required=False,
        help_text="Nur bei „befristet fortführen“ und „zurückgestellt bis“, zum Beispiel 1.6.2027.",
    )
    key_message = forms.CharField(
        label="Kernaussage",
        required=False,
        max_length=600,
        help_text="Ein bis drei Sätze, höchstens 600 Zeichen. Sie stehen in der Auswertung neben "
        "dem Votum.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, notes: Sequence[ReviewNote], **kwargs: Any) -> None:
        self.notes = notes
        own = {**_question_fields(notes), **type(self).base_fields}
        self.base_fields = own  # type: ignore[misc]  # one form per statement
        super().__init__(*args, **kwargs)

    @property
    def questions(self) -> list[Question]:
        return [
            Question(
                note,
                self[f"answer_{note.criterion_id}"],
                self[f"reason_{note.criterion_id}"],
            )
            for note in self.notes
        ]

    @property
    def answers(self) -> dict[int, str]:
        return self._by_criterion("answer")

    @property
    def reasons(self) -> dict[int, str]:
        return self._by_criterion("reason")

    def _by_criterion(self, kind: str) -> dict[int, str]:
        return {
            note.criterion_id: self.cleaned_data[f"{kind}_{note.criterion_id}"]
            for note in self.notes
        }


def _question_fields(notes: Sequence[ReviewNote]) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for note in notes:
        criterion = note.criterion
        fields[f"answer_{criterion.pk}"] = forms.ChoiceField(
            label=criterion.question,
            help_text=criterion.help_text,
            choices=[*criterion.answers, *ALWAYS_POSSIBLE],
            required=False,
            widget=forms.RadioSelect,
        )
        fields[f"reason_{criterion.pk}"] = forms.CharField(
            label=f"Begründung zu Frage {criterion.code}",
            required=False,
            max_length=5000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    return fields


def stored_values(statement: Statement, notes: Sequence[ReviewNote]) -> dict[str, str]:
    """What is stored, under the names of the form."""
    values = {
        "vote": statement.vote,
        "vote_until_on": german_date(statement.vote_until_on),
        "key_message": statement.key_message,
    }
    for note in notes:
        values[f"answer_{note.criterion_id}"] = note.answer
        values[f"reason_{note.criterion_id}"] = note.reason
    return values


def typed_values(data: Mapping[str, Any], names: Sequence[str]) -> dict[str, str]:
    """What was typed, as far as the form knows the names."""
    return {name: str(data.get(name, "")) for name in names}

"""The form of one statement: a question, its own words, a reason — made from the review notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from guidelines.catalogue.models import Criterion
from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.outcomes import VOTE_CHOICES
from ui.dates import german_date
from ui.forms import Form, RadioSelect

ALWAYS_POSSIBLE = [(answer.value, answer.label) for answer in ReviewNote.ALWAYS_POSSIBLE]


@dataclass(frozen=True)
class Question:
    """One criterion on the page, with its two fields."""

    note: ReviewNote
    answer: BoundField
    reason: BoundField
    # Only where an answer is taken over and nobody has confirmed it yet.
    confirm: BoundField | None

    @property
    def key(self) -> int:
        return self.note.criterion_id


class AnswerSelect(RadioSelect):
    """Marks the answers that need a reason, so that the page says it as soon as one is chosen."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["value"] in ReviewNote.REASON_REQUIRED:
            option["attrs"]["data-needs-reason"] = True
        return option


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
                self[f"confirm_{note.criterion_id}"] if note.is_unconfirmed else None,
            )
            for note in self.notes
        ]

    @property
    def answers(self) -> dict[int, str]:
        return self._by_criterion("answer")

    @property
    def reasons(self) -> dict[int, str]:
        return self._by_criterion("reason")

    @property
    def confirmed(self) -> set[int]:
        ids = {note.criterion_id for note in self.notes}
        return {pk for pk in ids if self.cleaned_data.get(f"confirm_{pk}")}

    def _by_criterion(self, kind: str) -> dict[int, str]:
        return {
            note.criterion_id: self.cleaned_data[f"{kind}_{note.criterion_id}"]
            for note in self.notes
        }


def _question_fields(notes: Sequence[ReviewNote]) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for note in notes:
        criterion = note.criterion
        fields |= answer_fields(criterion, criterion.pk)
        if note.is_unconfirmed:
            fields[f"confirm_{criterion.pk}"] = forms.BooleanField(
                label=f"Die übernommene Antwort auf Frage {criterion.code} gilt weiterhin",
                required=False,
            )
    return fields


def answer_fields(criterion: Criterion, key: int) -> dict[str, forms.Field]:
    """One answer in the words of the question, and its reason."""
    return {
        f"answer_{key}": forms.ChoiceField(
            label=criterion.question,
            help_text=criterion.help_text,
            choices=[*criterion.answers, *ALWAYS_POSSIBLE],
            required=False,
            widget=AnswerSelect,
        ),
        f"reason_{key}": forms.CharField(
            label=f"Begründung zu Frage {criterion.code}",
            help_text=reason_hint(criterion),
            required=False,
            max_length=5000,
            # The blank placeholder tells the stylesheet whether something is written.
            widget=forms.Textarea(attrs={"rows": 2, "placeholder": " "}),
        ),
    }


def reason_hint(criterion: Criterion) -> str:
    """ "Nötig bei „nicht“ und „prägend“." in the words of the question."""
    words = [
        f"„{word}“" for value, word in criterion.answers if value in ReviewNote.REASON_REQUIRED
    ]
    return f"Nötig bei {' und '.join(words)}."


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


def number_answered(notes: Sequence[ReviewNote], values: Mapping[str, Any]) -> int:
    """What is taken over counts once it is confirmed or changed."""
    number = 0
    for note in notes:
        key = note.criterion_id
        answer, reason = values.get(f"answer_{key}", ""), values.get(f"reason_{key}", "")
        is_new = (answer, reason) != (note.answer, note.reason)
        is_settled = is_new or not note.is_unconfirmed or values.get(f"confirm_{key}")
        number += bool(answer and is_settled)
    return number


def typed_values(data: Mapping[str, Any], names: Sequence[str]) -> dict[str, str]:
    """What was typed, as far as the form knows the names, with line ends as they are stored."""
    return {name: str(data.get(name, "")).replace("\r\n", "\n") for name in names}

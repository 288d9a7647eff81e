"""The form of one statement: a question, its own words, a reason — made from the review notes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from guidelines.catalogue.models import Criterion
from guidelines.evidence.forms import (
    FURTHER,
    PREFIX,
    choices_of,
    evidence_fields,
    evidence_values,
    is_searched,
    typed_evidence,
)
from guidelines.evidence.targets import Target
from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.outcomes import NEEDS_UNTIL, VOTE_CHOICES, in_words
from ui.conflicts import ConflictField
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
    # Where the form asks for evidence; `cited` is what is ticked.
    evidence: BoundField | None = field(default=None, kw_only=True)
    further: BoundField | None = field(default=None, kw_only=True)
    cited: Sequence[Target] = field(default=(), kw_only=True)

    @property
    def key(self) -> int:
        return self.note.criterion_id

    @property
    def answer_word(self) -> str:
        """As the form stands; for a page that folds the choice away."""
        choices = [*self.note.criterion.answers, *ALWAYS_POSSIBLE]
        return dict(choices).get(self.answer.value() or "", "")


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

    def __init__(
        self,
        *args: Any,
        notes: Sequence[ReviewNote],
        targets: Sequence[Target] | None = None,
        **kwargs: Any,
    ) -> None:
        """`targets` are the records that can be cited; None where nobody is asked for any."""
        self.notes, self.targets = notes, targets or ()
        self.choices = choices_of(self.targets)
        cited = {} if targets is None else evidence_fields(notes, self.choices)
        own = {**_question_fields(notes), **cited, **type(self).base_fields}
        self.base_fields = own  # type: ignore[misc]  # one form per statement
        super().__init__(*args, **kwargs)

    @property
    def questions(self) -> list[Question]:
        return [self._question(note) for note in self.notes]

    def _question(self, note: ReviewNote) -> Question:
        key = note.criterion_id
        evidence, further = (
            self[f"{name}{key}"] if f"{name}{key}" in self.fields else None
            for name in (PREFIX, FURTHER)
        )
        ticked = set(evidence.value() or ()) if evidence else ()
        return Question(
            note,
            self[f"answer_{key}"],
            self[f"reason_{key}"],
            self[f"confirm_{key}"] if note.is_unconfirmed else None,
            evidence=evidence,
            further=further,
            cited=[target for target in self.targets if target.key in ticked],
        )

    @property
    def vote_word(self) -> str:
        vote, until_on = (self[name].value() or "" for name in ("vote", "vote_until_on"))
        word = in_words(vote, None)
        has_day = vote in NEEDS_UNTIL and until_on
        return f"{word.removesuffix(' bis')} bis {until_on}" if has_day else word

    @property
    def answers(self) -> dict[int, str]:
        return self._by_criterion("answer")

    @property
    def reasons(self) -> dict[int, str]:
        return self._by_criterion("reason")

    @property
    def evidence(self) -> dict[int, set[str]]:
        ticked = self._by_criterion("evidence")
        further = {key: self.cleaned_data.get(f"{FURTHER}{key}") for key in ticked}
        return {key: {*keys, *filter(None, [further[key]])} for key, keys in ticked.items()}

    @property
    def suggested(self) -> list[str]:
        """What a search for evidence suggests; nothing where all is offered to tick."""
        if not is_searched(self.choices):
            return []
        return [words for _, options in self.choices for _, words in options]

    @property
    def confirmed(self) -> set[int]:
        ids = {note.criterion_id for note in self.notes}
        return {pk for pk in ids if self.cleaned_data.get(f"confirm_{pk}")}

    def _by_criterion(self, kind: str) -> dict[int, Any]:
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


def form_values(statement: Statement, notes: Sequence[ReviewNote]) -> dict[str, str]:
    """The same with what is cited, as far as the notes were read for somebody."""
    return stored_values(statement, notes) | evidence_values(notes)


def numbered(fields: Iterable[ConflictField], notes: Sequence[ReviewNote]) -> list[ConflictField]:
    """On the page of two texts, which does not show the questions in their order and place."""
    codes = {f"answer_{note.criterion_id}": note.criterion.code for note in notes}
    return [
        replace(one, label=f"Frage {codes[one.name]}: {one.label}") if one.name in codes else one
        for one in fields
    ]


def draft_names(notes: Sequence[ReviewNote]) -> list[str]:
    """Of all that can be typed, however few records there are to choose from."""
    return [
        *dict.fromkeys([*StatementForm(notes=notes, targets=()).fields, *evidence_values(notes)])
    ]


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


def says_anything_new(data: Mapping[str, Any], stored: Mapping[str, str]) -> bool:
    """Whether a draft does; what its page did not ask for is as it is stored."""
    return typed_values({**stored, **data}, list(stored)) != stored


def typed_values(data: Mapping[str, Any], names: Sequence[str]) -> dict[str, str]:
    """What was typed, as far as the form knows the names, with line ends as they are stored."""
    return {
        name: typed_evidence(data, name)
        if name.startswith(PREFIX)
        else str(data.get(name, "")).replace("\r\n", "\n")
        for name in names
    }

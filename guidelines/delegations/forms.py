"""To give a question to somebody of the house, and to answer what one was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from guidelines.delegations.actions import Addressee, Answered
from guidelines.delegations.models import Delegation
from guidelines.rounds.deadlines import AskedBack
from guidelines.statements.forms import Question, answer_fields
from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.completeness import note_gap
from ministries.models import User
from partnerships.records.follow_ups.forms import ColleagueChoice
from ui.forms import Form


class GiveForm(AskedBack):
    s = forms.MultipleChoiceField(
        label="Zu welchen Partnerschaften?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Wählen Sie mindestens eine Partnerschaft aus."},
    )
    person = ColleagueChoice(
        label="Wer soll antworten?",
        queryset=User.objects.none(),
        required=False,
        empty_label="bitte wählen",
        help_text="Jemand aus Ihrem Haus mit einem Konto in Brücke.",
    )
    unit = forms.CharField(
        label="Oder ein Fachreferat ohne Konto",
        max_length=120,
        required=False,
        help_text="Zum Beispiel „Referat 34“. Es bekommt ein Word-Formular, das Sie selbst senden.",
    )
    mailbox = forms.EmailField(label="Postfach des Fachreferats", max_length=254, required=False)
    due_on = forms.DateField(
        label="Intern bis",
        error_messages={"required": "Geben Sie an, bis wann die Antwort im Haus vorliegen soll."},
    )

    def __init__(
        self,
        *args: Any,
        statements: Sequence[Statement],
        colleagues: QuerySet[User],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.statements = statements
        names = [(str(row.pk), row.guideline_check.partnership.name) for row in statements]
        self.offer(s=names, person=colleagues)

    def clean(self) -> dict[str, Any]:
        person, unit, mailbox = map(self.cleaned_data.get, ("person", "unit", "mailbox"))
        if person and (unit or mailbox):
            self.add_error("person", "Wählen Sie eine Person oder ein Postfach, nicht beides.")
        if not person and "person" not in self.errors:
            if not unit and not mailbox:
                self.add_error("person", "Wählen Sie, wer antworten soll.")
            elif not unit:
                self.add_error("unit", "Nennen Sie das Fachreferat.")
            elif not mailbox and "mailbox" not in self.errors:
                self.add_error("mailbox", "Nennen Sie das Postfach des Fachreferats.")
        return super().clean()

    @property
    def chosen(self) -> list[Statement]:
        return [row for row in self.statements if str(row.pk) in self.cleaned_data["s"]]

    @property
    def addressee(self) -> Addressee:
        return Addressee(
            **{name: self.cleaned_data[name] for name in ("person", "unit", "mailbox")}
        )


@dataclass(frozen=True)
class Asked(Question):
    delegation: Delegation

    @property
    def key(self) -> int:
        return self.delegation.pk


class AnswerForm(Form):
    """All that somebody was asked; what is filled in is sent, the rest stays open."""

    def __init__(self, *args: Any, delegations: Sequence[Delegation], **kwargs: Any) -> None:
        self.delegations = delegations
        own: dict[str, forms.Field] = {}
        for one in delegations:
            own |= answer_fields(one.criterion, one.pk)
        super().__init__(*args, **kwargs)
        self.fields |= own

    @property
    def questions(self) -> list[Asked]:
        return [
            Asked(one.as_note, self[f"answer_{one.pk}"], self[f"reason_{one.pk}"], None, one)
            for one in self.delegations
        ]

    @property
    def answered(self) -> list[Answered]:
        said = [Answered(one, *self._said(one)) for one in self.delegations]
        return [one for one in said if one.answer or one.reason]

    def _said(self, one: Delegation) -> tuple[str, str]:
        names = (f"answer_{one.pk}", f"reason_{one.pk}")
        answer, reason = (self.cleaned_data.get(name, "") for name in names)
        return answer, reason

    def clean(self) -> None:
        if not self.answered and not self.errors:
            raise ValidationError("Beantworten Sie mindestens eine Frage.")
        for one in self.answered:
            criterion = one.delegation.criterion
            note = ReviewNote(criterion=criterion, answer=one.answer, reason=one.reason)
            if gap := note_gap(note):
                kind = gap.field.partition("_")[0]
                self.add_error(f"{kind}_{one.delegation.pk}", gap.sentence)

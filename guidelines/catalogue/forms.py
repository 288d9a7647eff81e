"""For each question of a draft a choice of earlier ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator

from guidelines.catalogue.models import Criterion
from ui.forms import Form

NEW = "neu, ohne frühere Frage"


class MappingForm(Form):
    """One field a question; what is offered has the same kind of answers."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Criterion],
        offered: Sequence[Criterion],
        proposed: Mapping[int, Criterion],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {field_of(question): question for question in questions}
        for name, question in self.questions.items():
            fitting = [former for former in offered if former.scale == question.scale]
            choices = [(str(former.pk), Truncator(str(former)).chars(90)) for former in fitting]
            self.fields[name] = forms.ChoiceField(
                label=str(question),
                choices=[("", NEW), *choices],
                required=False,
                help_text=said_of(question, proposed.get(question.pk)),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first: dict[str, str] = {}
        for name, former in list(cleaned.items()):
            if former and first.setdefault(former, name) != name:
                other = self.questions[first[former]].code
                self.add_error(name, f"Diese frühere Frage ist schon Frage {other} zugeordnet.")
        return cleaned

    @property
    def chosen(self) -> dict[int, int | None]:
        return {
            question.pk: int(self.cleaned_data[name]) if self.cleaned_data[name] else None
            for name, question in self.questions.items()
        }


def field_of(question: Criterion) -> str:
    return f"question_{question.pk}"


def said_of(question: Criterion, proposed: Criterion | None) -> str:
    if question.predecessor_id:
        return "Zugeordnet."
    if proposed is None:
        return ""
    same = proposed.question == question.question
    return "Vorschlag: gleicher Wortlaut." if same else "Vorschlag: gleiche Kennung."

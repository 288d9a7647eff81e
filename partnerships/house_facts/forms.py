"""What a house says about a fact of the register, and what the coordination answers."""

from typing import Any

from django import forms

from partnerships.house_facts.models import CorrectionRequest
from ui.forms import Form

State = CorrectionRequest.State


class CorrectionForm(Form):
    proposal = forms.CharField(
        label="So ist es richtig", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class StrikeForm(Form):
    proposal = forms.CharField(
        label="Warum ist die Angabe zu streichen?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(Form):
    state = forms.ChoiceField(
        label="Antwort",
        choices=[
            (State.ADOPTED.value, "übernommen"),
            (State.REFUSED.value, "nicht übernommen, weil …"),
        ],
    )
    answer = forms.CharField(
        label="Begründung",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Das Ressort liest sie. Nötig, wenn Sie die Angabe nicht übernehmen.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("state") == State.REFUSED and not cleaned.get("answer"):
            self.add_error("answer", "Bitte schreiben Sie, warum die Angabe bleibt, wie sie ist.")
        return cleaned

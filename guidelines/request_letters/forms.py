"""How a letter went out, where Brücke did not send it."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from guidelines.request_letters.models import RequestLetter
from ui.dates import german_date
from ui.forms import Form

STRIKE = "none"
# Unless an entry is struck.
NEEDED = ("sent_on", "sent_through")


class SendingForm(Form):
    sent_way = forms.ChoiceField(
        label="Wie ging das Schreiben hinaus?",
        choices=RequestLetter.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Wählen Sie, auf welchem Weg das Schreiben hinausging."},
    )
    sent_on = forms.DateField(
        label="Versandt am",
        required=False,
        error_messages={"required": "Geben Sie an, an welchem Tag das Schreiben hinausging."},
    )
    sent_through = forms.CharField(
        label="Durch",
        max_length=120,
        required=False,
        help_text="Wer es auf den Weg gebracht hat, zum Beispiel Referat 33 oder Poststelle",
        error_messages={"required": "Geben Sie an, wer das Schreiben auf den Weg gebracht hat."},
    )

    def __init__(self, *args: Any, is_recorded: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_recorded:
            none = (STRIKE, "doch nicht versandt, Eintrag streichen")
            self.offer(sent_way=[*RequestLetter.Way.choices, none])
        for name in NEEDED:
            self.fields[name].required = not is_recorded

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("sent_way") not in (None, STRIKE):
            for name in NEEDED:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned


class LetterChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: RequestLetter) -> str:
        told = "" if obj.is_sent else ", noch nicht versandt"
        return f"{obj.ministry}, Anschreiben vom {german_date(obj.asked_at)}{told}"


class SendingsForm(SendingForm):
    letters = LetterChoice(
        RequestLetter.objects.none(),
        label="Anschreiben an",
        error_messages={"required": "Wählen Sie mindestens ein Anschreiben."},
    )
    field_order = ("letters", "sent_way", "sent_on", "sent_through")

    def __init__(self, *args: Any, letters: QuerySet[RequestLetter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(letters=letters)

"""Forms of the acts on a partnership; master data is edited in /verwaltung/."""

from typing import Any

from django import forms

from ministries.clock import today
from ministries.models import Ministry
from partnerships.register.partners.partnerships import Partnership
from ui.day_fields import PastDayField
from ui.forms import Form


class StatusForm(Form):
    status = forms.ChoiceField(
        label="Neuer Status", choices=Partnership.Status.choices, widget=forms.RadioSelect
    )
    valid_from = forms.DateField(
        label="Gilt ab", help_text="Der bisherige Status endet am Tag davor. Zum Beispiel 3.4.2026"
    )
    reason = forms.CharField(label="Grund", max_length=300)
    deciding_body = forms.CharField(
        label="Beschlossen durch",
        max_length=120,
        required=False,
        help_text="Zum Beispiel Kabinett oder Chef der Staatskanzlei",
    )
    reference = forms.CharField(label="Beschluss, Aktenzeichen", max_length=120, required=False)
    resume_condition = forms.CharField(
        label="Bedingung für die Wiederaufnahme",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nur bei „ruhend“",
    )
    review_on = forms.DateField(
        label="Wieder ansehen am", required=False, help_text="Nur bei „ruhend“"
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("status") != Partnership.Status.DORMANT:
            return cleaned
        if not cleaned.get("resume_condition"):
            self.add_error("resume_condition", "Nennen Sie die Bedingung für die Wiederaufnahme.")
        if not cleaned.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", "Nennen Sie den Tag, an dem wieder hingesehen wird.")
        return cleaned


class DormancyForm(Form):
    resume_condition = forms.CharField(
        label="Bedingung für die Wiederaufnahme", widget=forms.Textarea(attrs={"rows": 3})
    )
    review_on = forms.DateField(label="Wieder ansehen am", help_text="Zum Beispiel 3.4.2027")


class MinistryChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class LeadForm(Form):
    ministry = MinistryChoice(
        label="Federführendes Ressort",
        queryset=Ministry.objects.none(),
        required=False,
        empty_label="nicht geklärt (Lücke zeigen)",
        help_text="Solange die Federführung nicht geklärt ist, antwortet die Staatskanzlei.",
    )
    valid_from = forms.DateField(
        label="Gilt ab",
        help_text="Die bisherige Federführung endet am Tag davor. Zum Beispiel 3.4.2026",
    )
    reason = forms.CharField(label="Grund", max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(ministry=Ministry.objects.on(today()).in_protocol_order())


class ScrutinyForm(Form):
    since = PastDayField(label="Auf dem Prüfstand seit")
    reason = forms.CharField(label="Anlass der Prüfung", max_length=300)


class EndScrutinyForm(Form):
    from_day = forms.DateField(
        label="Nicht mehr auf dem Prüfstand ab", required=False, help_text="Zum Beispiel 3.4.2026"
    )
    was_mistake = forms.BooleanField(
        label="Die Markierung war ein Irrtum",
        required=False,
        help_text="Sie entfällt dann ganz, auch für die Vergangenheit. Unter „Änderungen“ bleibt sie nachlesbar.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_silent = not cleaned.get("from_day") and "from_day" not in self.errors
        if is_silent and not cleaned.get("was_mistake"):
            self.add_error("from_day", "Geben Sie den Tag an oder nennen Sie es einen Irrtum.")
        return cleaned


class TakeBackForm(Form):
    reason = forms.CharField(
        label="Grund der Rücknahme",
        max_length=200,
        help_text="Steht danach unter „Änderungen“. Zum Beispiel: bei der falschen Partnerschaft eingetragen",
    )

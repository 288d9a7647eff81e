"""Forms around documents: the file with what it is, and later what it is alone."""

from typing import Any

from django import forms
from django.conf import settings

from ministries.clock import today
from ministries.models import Ministry, User
from partnerships.permissions import WRITERS
from partnerships.records.activities.models import Activity
from partnerships.records.notes.models import Note
from partnerships.records.shared.forms import HIDES, WITHOUT_OUTLINE, TitleChoice
from partnerships.records.shared.models import Visibility
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Partnership
from ui.forms import Form

ABOUT = ("agreement", "activity", "note")


class DocumentForm(Form):
    title = forms.CharField(
        label="Titel", max_length=200, required=False, help_text="Leer: der Name der Datei"
    )
    agreement = TitleChoice(
        label="Zur Vereinbarung", queryset=Agreement.objects.none(), required=False
    )
    activity = TitleChoice(
        label="Zur Aktivität", queryset=Activity.objects.none(), required=False, help_text=HIDES
    )
    note = TitleChoice(
        label="Zum Vermerk", queryset=Note.objects.none(), required=False, help_text=HIDES
    )
    visibility = forms.ChoiceField(
        label="Wer sieht das?",
        choices=WITHOUT_OUTLINE,
        initial=Visibility.GOVERNMENT,
        widget=forms.RadioSelect,
    )
    is_confidential = forms.BooleanField(
        label="Vertraulich",
        required=False,
        help_text="Dann sehen es nur der Kreis, den Sie nennen, und die Koordinierung.",
    )
    circle = forms.ModelMultipleChoiceField(
        label="Kreis der Berechtigten",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    file_reference = forms.CharField(label="Aktenzeichen", max_length=80, required=False)
    file_document = forms.CharField(
        label="Dokumentnummer in der E-Akte", max_length=80, required=False
    )
    filed_on = forms.DateField(label="Veraktet am", required=False)

    def __init__(self, *args: Any, user: User, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["agreement"].queryset = Agreement.objects.visible_to(user).filter(
            partnership=partnership
        )
        fields["activity"].queryset = Activity.objects.of_houses(user).filter(
            partnerships=partnership
        )
        fields["note"].queryset = Note.objects.of_houses(user).filter(partnership=partnership)
        fields["circle"].queryset = User.objects.visible_to(user).filter(is_active=True)
        if user.is_authenticated and not self.is_bound:
            fields["circle"].initial = [user.pk]

    def clean_filed_on(self) -> Any:
        day = self.cleaned_data["filed_on"]
        if day and day > today():
            raise forms.ValidationError("Der Tag liegt in der Zukunft.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("filed_on") and not cleaned.get("file_reference"):
            self.add_error("file_reference", "Was veraktet ist, hat ein Aktenzeichen.")
        if not cleaned.get("is_confidential"):
            cleaned["circle"] = []
        return cleaned


class UploadForm(DocumentForm):
    file = forms.FileField(
        label="Datei",
        max_length=200,
        help_text="PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG oder Text, höchstens "
        f"{settings.DOCUMENT_LARGEST // 1024 // 1024} MB. Keine VS, auch keine VS-NfD.",
        error_messages={
            "required": "Wählen Sie eine Datei aus.",
            "empty": "Die Datei ist leer. Prüfen Sie, ob sie vollständig gespeichert ist.",
            "max_length": "Der Dateiname ist zu lang. Kürzen Sie ihn.",
            "invalid": "Die Datei ist nicht vollständig angekommen. Wählen Sie sie noch einmal aus.",
        },
    )
    ministry = forms.ModelChoiceField(
        label="Für das Ressort", queryset=Ministry.objects.none(), empty_label=None
    )
    field_order = ("file", "title", "ministry", *ABOUT, "visibility")

    def __init__(self, *args: Any, user: User, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, user=user, partnership=partnership, **kwargs)
        houses: Any = self.fields["ministry"]
        houses.queryset = Ministry.objects.filter(pk__in=user.ministry_ids(*WRITERS))
        first = houses.queryset.first()
        if first is not None and houses.queryset.count() == 1:
            houses.initial = first
            houses.widget = forms.HiddenInput()

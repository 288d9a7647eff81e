"""Forms around documents: the file with what it is, and later what it is alone."""

from typing import Any

from django import forms
from django.conf import settings

from ministries.models import Ministry, User
from partnerships.files.forms import AskedForm
from partnerships.permissions import WRITERS
from partnerships.records.activities.models import Activity
from partnerships.records.documents.models import Document
from partnerships.records.notes.models import Note
from partnerships.records.shared.forms import (
    HIDES,
    NAMED_CIRCLE,
    WITHOUT_OUTLINE,
    TitleChoice,
    TypedForm,
)
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Partnership

ABOUT = ("agreement", "activity", "note")


class DocumentForm(TypedForm):
    class Meta:
        model = Document
        fields = (
            *("title", "agreement", "activity", "note", "visibility", "is_confidential", "circle"),
            *("file_reference", "file_document", "filed_on"),
        )
        field_classes = dict.fromkeys(ABOUT, TitleChoice)
        widgets = {"visibility": forms.RadioSelect}
        help_texts = {
            "title": "Leer: der Name der Datei",
            "activity": HIDES,
            "note": HIDES,
            "is_confidential": NAMED_CIRCLE,
        }

    def __init__(self, *args: Any, user: User, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            agreement=Agreement.objects.visible_to(user).filter(partnership=partnership),
            activity=Activity.objects.of_houses(user).filter(partnerships=partnership),
            note=Note.objects.of_houses(user).filter(partnership=partnership),
            circle=User.objects.visible_to(user).filter(is_active=True),
            visibility=WITHOUT_OUTLINE,
        )
        self.fields["title"].required = False
        if user.is_authenticated and not self.is_bound:
            self.fields["circle"].initial = [user.pk]


class UploadForm(DocumentForm, AskedForm):
    file = forms.FileField(
        label="Datei",
        max_length=200,
        help_text="PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, Text oder E-Mail (EML, MSG), höchstens "
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
    field_order = ("file", "is_unclassified", "title", "ministry", *ABOUT, "visibility")

    def __init__(self, *args: Any, user: User, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, user=user, partnership=partnership, **kwargs)
        houses = Ministry.objects.filter(pk__in=user.ministry_ids(*WRITERS))
        self.offer(ministry=houses)
        first = houses.first()
        if first is not None and houses.count() == 1:
            self.fields["ministry"].initial = first
            self.fields["ministry"].widget = forms.HiddenInput()

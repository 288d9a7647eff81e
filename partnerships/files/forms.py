"""What forms of files share: the question whether a file is classified."""

from django import forms
from django.core.exceptions import ValidationError

from partnerships.files.store import Doubt
from ui.forms import Form


class AskedForm(Form):
    """Asks only where the file gave a reason to."""

    is_unclassified = forms.BooleanField(
        label="Nein, das Dokument ist nicht eingestuft", required=False, widget=forms.HiddenInput
    )

    def ask(self, doubt: Doubt) -> ValidationError:
        self.fields["is_unclassified"].widget = forms.CheckboxInput()
        return ValidationError(str(doubt))

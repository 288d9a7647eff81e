"""What comes back from a mailbox: the file, and the ticks of its preview."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from guidelines.delegations.actions import Answered
from guidelines.delegations.models import Delegation
from guidelines.delegations.word import LONGEST_REASON, Assigned, assign, words_of
from guidelines.statements.models import ReviewNote
from guidelines.states.completeness import note_gap
from partnerships.files.forms import AskedForm
from partnerships.files.store import Doubt
from partnerships.imports.upload import read_upload
from ui.errors import Refusal
from ui.forms import Form

READING = "guidelines.delegations.reading"


class UploadForm(AskedForm):
    file = forms.FileField(
        label="Ausgefülltes Word-Formular",
        max_length=150,
        help_text="Als DOCX-Datei. Keine VS, auch keine VS-NfD. Die Datei selbst wird nicht aufbewahrt.",
        error_messages={
            "required": "Wählen Sie das ausgefüllte Formular aus.",
            "empty": "Die Datei ist leer. Prüfen Sie, ob sie vollständig gespeichert ist.",
            "max_length": "Der Dateiname ist zu lang. Kürzen Sie ihn.",
            "invalid": "Die Datei ist nicht vollständig angekommen. Wählen Sie sie noch einmal aus.",
        },
    )
    assigned: Assigned | None = None

    def __init__(self, *args: Any, delegations: Sequence[Delegation], **kwargs: Any) -> None:
        self.delegations = delegations
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        upload = self.cleaned_data.get("file")
        if upload is None:
            return
        is_unclassified = self.cleaned_data.get("is_unclassified", False)
        try:
            read = read_upload(upload, is_unclassified=is_unclassified, program=READING)
        except Doubt as doubt:
            raise self.ask(doubt) from None
        except Refusal as refusal:
            self.add_error("file", str(refusal))
            return
        self.assigned = assign(read["rows"], self.delegations)


@dataclass(frozen=True)
class Kept:
    """A row of the preview."""

    delegation: Delegation
    take: BoundField
    answer: BoundField
    reason: BoundField


class KeepForm(Form):
    """The preview sends back what was read; only ticked rows are kept."""

    def __init__(
        self,
        *args: Any,
        delegations: Sequence[Delegation],
        gone: Sequence[Delegation] = (),
        has_unknown: bool = False,
        **kwargs: Any,
    ) -> None:
        self.delegations = delegations
        self.gone = [_why_gone(one) for one in gone]
        if has_unknown:
            self.gone.append("eine Frage, die Sie nicht sehen dürfen")
        own: dict[str, forms.Field] = {}
        for one in delegations:
            own |= {
                f"take_{one.pk}": forms.BooleanField(label=_label(one), required=False),
                f"answer_{one.pk}": forms.ChoiceField(
                    label=f"Antwort, {_label(one)}",
                    choices=[("", "bitte wählen"), *words_of(one).items()],
                    required=False,
                ),
                f"reason_{one.pk}": forms.CharField(
                    max_length=LONGEST_REASON, required=False, widget=forms.HiddenInput
                ),
            }
        super().__init__(*args, **kwargs)
        self.fields |= own

    @property
    def rows(self) -> list[Kept]:
        """Those that were read; sent back, those the preview had."""
        sent = [one for one in self.delegations if f"answer_{one.pk}" in self.data]
        return [
            Kept(one, *(self[f"{name}_{one.pk}"] for name in ("take", "answer", "reason")))
            for one in (sent if self.is_bound else self.delegations)
        ]

    @property
    def taken(self) -> list[Answered]:
        return [
            Answered(
                one, self.cleaned_data[f"answer_{one.pk}"], self.cleaned_data[f"reason_{one.pk}"]
            )
            for one in self.delegations
            if self.cleaned_data.get(f"take_{one.pk}")
        ]

    def clean(self) -> None:
        if self.gone:
            raise ValidationError(
                f"Nicht mehr gefragt: {'; '.join(self.gone)}. Festgehalten ist noch "
                "nichts. Sind andere Antworten ausgewählt, senden Sie sie noch einmal."
            )
        if not self.errors and not self.taken:
            raise ValidationError("Wählen Sie mindestens eine Antwort aus.")
        for one in self.taken if not self.errors else ():
            criterion = one.delegation.criterion
            gap = note_gap(ReviewNote(criterion=criterion, answer=one.answer, reason=one.reason))
            if gap:
                self.add_error(f"answer_{one.delegation.pk}", gap.sentence)


def _why_gone(one: Delegation) -> str:
    is_hidden = one.statement.guideline_check.partnership.is_confidential
    why = "die Partnerschaft ist jetzt vertraulich" if is_hidden else one.why_over
    return f"{_label(one)} ({why})"


def _label(one: Delegation) -> str:
    return f"{one.statement.guideline_check.partnership}: Frage {one.criterion.code}"

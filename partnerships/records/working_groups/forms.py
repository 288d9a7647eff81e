"""Forms of a working group and of its sessions."""

from typing import Any

from django import forms
from django.db.models import Q

from ministries.choices import HouseChoice
from ministries.clock import today
from partnerships.records.shared.forms import SENSIBLE, RecordForm
from partnerships.records.working_groups.models import Meeting, WorkingGroup


class GroupChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: WorkingGroup) -> str:
        return obj.name


class WorkingGroupForm(RecordForm):
    """Sub-groups are one level deep: a group with sub-groups has no parent."""

    class Meta:
        model = WorkingGroup
        fields = ("ministry", "name", "parent", "cadence_months", "chairs")
        field_classes = {"ministry": HouseChoice, "parent": GroupChoice}
        help_texts = {
            "cadence_months": "Zum Beispiel 12 für einmal im Jahr. "
            "Daraus ergibt sich, wann die nächste Sitzung fällig ist.",
            "chairs": "Beide Seiten, zum Beispiel: Abteilungsleitung im Ressort, "
            "Generaldirektion der Partnerseite.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tops = WorkingGroup.objects.visible_to(self.user).filter(partnership=self.partnership)
        kept = Q(pk=self.instance.parent_id)  # stays, though it was archived meanwhile
        free = tops.filter(Q(parent__isnull=True, archived_on__isnull=True) | kept)
        self.offer(parent=free.exclude(pk=self.instance.pk))

    def clean_parent(self) -> WorkingGroup | None:
        parent: WorkingGroup | None = self.cleaned_data["parent"]
        if parent and self.instance.pk and self.instance.sub_groups.exists():
            raise forms.ValidationError(
                "Diese Gruppe hat selbst Unterarbeitsgruppen. Lassen Sie das Feld leer."
            )
        return parent


class MeetingForm(RecordForm):
    class Meta:
        model = Meeting
        fields = (
            *("held_on", "place", "participants", "minutes"),
            *("file_reference", "file_document", "filed_on"),
        )
        help_texts = {
            "held_on": "Auch ein Tag in der Zukunft: Dann ist die Sitzung geplant. "
            "Zum Beispiel 3.4.2026.",
            "participants": "Funktionen genügen, eine je Zeile.",
            "minutes": SENSIBLE,
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        held_on = cleaned.get("held_on")
        if held_on and held_on > today() and cleaned.get("minutes"):
            self.add_error("minutes", "Die Sitzung ist erst geplant; ein Protokoll gibt es danach.")
        return cleaned

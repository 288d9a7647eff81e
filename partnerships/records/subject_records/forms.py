"""The form of a Sachstand: four texts of one subject area."""

from typing import Any

from ministries.choices import HouseChoice
from ministries.clock import today
from ministries.models import Responsibility, SubjectArea
from partnerships.permissions import WRITERS
from partnerships.records.shared.forms import SENSIBLE, RecordForm
from partnerships.records.subject_records.models import SubjectRecord


class SubjectRecordForm(RecordForm):
    class Meta:
        model = SubjectRecord
        fields = (
            *("ministry", "subject_area", "situation", "aims", "next_steps"),
            *("internal_notes", "source"),
        )
        field_classes = {"ministry": HouseChoice}
        labels = {"source": "Woher stammt die Angabe?"}
        help_texts = {
            "situation": SENSIBLE,
            "internal_notes": "Liest nur Ihr Haus, auch nach der Freigabe.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_areas()

    def _offer_areas(self) -> None:
        """Chosen once, among those of the own houses that have none yet."""
        if self.instance.pk:
            del self.fields["subject_area"]
            return
        charges = Responsibility.objects.on(today()).filter(
            ministry__in=self.user.ministry_ids(*WRITERS)
        )
        written = SubjectRecord.objects.filter(partnership=self.partnership)
        areas = SubjectArea.objects.visible_to(self.user).filter(
            pk__in=charges.values("subject_area")
        )
        self.offer(subject_area=areas.exclude(pk__in=written.values("subject_area")))

    def clean(self) -> dict[str, Any]:
        """The house that writes is the one in charge of the area."""
        cleaned = super().clean()
        area, house = cleaned.get("subject_area"), cleaned.get("ministry")
        charges = Responsibility.objects.on(today())
        if area and house and not charges.filter(subject_area=area, ministry=house).exists():
            self.add_error("subject_area", f"Für dieses Fachgebiet ist {house} nicht zuständig.")
        return cleaned

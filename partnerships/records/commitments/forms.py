from typing import Any

from ministries.choices import HouseChoice
from partnerships.records.activities.models import Activity
from partnerships.records.commitments.models import Commitment
from partnerships.records.shared.forms import HIDES, SENSIBLE, RecordForm, TitleChoice
from partnerships.records.working_groups.models import Meeting
from partnerships.register.agreements.models import Agreement


class CommitmentForm(RecordForm):
    """The texts and talks with this partner are offered as its source."""

    class Meta:
        model = Commitment
        fields = (
            *("ministry", "owed_by_side", "title", "due_on", "source_passage"),
            *("agreement", "activity", "meeting"),
        )
        field_classes = {
            "ministry": HouseChoice,
            "agreement": TitleChoice,
            "activity": TitleChoice,
        }
        help_texts = {
            "title": f"Wer tut was? {SENSIBLE}",
            "due_on": "Zum Beispiel 3.4.27. Leer, wenn kein Tag genannt ist.",
            "activity": HIDES,
            "source_passage": "Zum Beispiel: Gemeinsame Erklärung, Ziffer 4.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreements = Agreement.objects.visible_to(self.user)
        self.offer(
            agreement=agreements.filter(partnership=self.partnership),
            activity=Activity.objects.of_houses(self.user).filter(partnerships=self.partnership),
            meeting=Meeting.objects.visible_to(self.user)
            .filter(working_group__partnership=self.partnership)
            .select_related("working_group__partnership"),
        )

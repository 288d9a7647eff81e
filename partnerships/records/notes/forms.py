from typing import Any

from ministries.choices import HouseChoice
from partnerships.records.activities.models import Activity
from partnerships.records.notes.models import Note
from partnerships.records.shared.forms import LEFT_OUT, SENSIBLE, RecordForm, TitleChoice


class WithActivity(RecordForm):
    """The activities of one's own house with this partner are offered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Activity.objects.of_houses(self.user).filter(partnerships=self.partnership)
        self.offer(activity=own)


class NoteForm(WithActivity):
    class Meta:
        model = Note
        fields = (
            *("ministry", "kind", "title", "noted_on", "participants", "text", "activity"),
            *("visibility", "is_confidential", "circle"),
            *("file_reference", "file_document", "filed_on"),
        )
        field_classes = {"ministry": HouseChoice, "activity": TitleChoice}
        help_texts = {"text": SENSIBLE, "activity": LEFT_OUT}


class NoteFilingForm(RecordForm):
    """What the E-Akte says of it, known only once it is there."""

    class Meta:
        model = Note
        fields = ("file_reference", "file_document", "filed_on")

from ministries.choices import HouseChoice
from partnerships.records.gifts.models import Gift
from partnerships.records.notes.forms import WithActivity
from partnerships.records.shared.forms import HIDES, TitleChoice
from ui.amounts import AmountField


class GiftForm(WithActivity):
    value = AmountField(
        label="Wert (Euro)",
        required=False,
        help_text="Zum Beispiel 45,00. Leer, wenn nicht bekannt.",
    )

    class Meta:
        model = Gift
        fields = (
            *("ministry", "direction", "given_on", "title", "counterpart"),
            *("value", "whereabouts", "activity"),
        )
        field_classes = {"ministry": HouseChoice, "activity": TitleChoice}
        help_texts = {"activity": HIDES}

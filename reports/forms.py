"""What a dossier is asked for with; every choice stands in the address."""

from typing import Any

from django import forms

from ministries.models import User
from partnerships.models import Activity, Partnership
from partnerships.records.shared.forms import TitleChoice
from reports.asked import Edition
from reports.dossier import offered_sections
from ui.forms import Form


class HouseDataForm(Form):
    purpose = forms.CharField(
        label="Wofür brauchen Sie die Daten?",
        max_length=300,
        help_text="Zum Beispiel: Abgleich mit der E-Akte. Zweck, Tag und Name werden festgehalten.",
    )


class DossierForm(Form):
    fassung = forms.ChoiceField(
        label="Fassung",
        choices=[(edition.value, edition.label) for edition in Edition],
        initial=Edition.INTERNAL,
        required=False,
        widget=forms.RadioSelect,
    )
    anlass = TitleChoice(
        label="Anlass",
        queryset=Activity.objects.none(),
        required=False,
        empty_label="ohne Anlass",
        help_text="Zur Mitnahme nur eine Aktivität, die alle Häuser lesen.",
        error_messages={
            "invalid_choice": "Diesen Anlass gibt es in dieser Fassung nicht. Zur Mitnahme wählen "
            "Sie einen, der weder vertraulich ist noch nur einem Haus offensteht."
        },
    )
    abschnitt = forms.MultipleChoiceField(
        label="Abschnitte",
        choices=offered_sections(Edition.INTERNAL),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ohne Auswahl alle.",
    )
    monate = forms.IntegerField(
        label="Als alt gilt, was nicht bestätigt ist seit (Monaten)",
        min_value=1,
        max_value=120,
        required=False,
        initial=12,
    )

    def __init__(self, *args: Any, user: User, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Activity.objects.visible_to(user).in_use().filter(partnerships=partnership)
        if self.data.get("fassung") == Edition.TO_TAKE_ALONG:
            seen = seen.open_to_all(besides=partnership)
        self.offer(anlass=seen.order_by("-starts_on"))

"""Forms of an activity as a whole: one line to begin with, everything, and its two ends."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.models import model_to_dict

from partnerships.records.activities.levels import NOT_RECORDED, ContactLevel
from partnerships.records.activities.models import LONGEST_TEXT, Activity
from partnerships.records.shared.forms import LEFT_OUT, SENSIBLE, TypedForm
from partnerships.records.shared.models import Visibility
from partnerships.register.partners.country_fields import CountriesField
from partnerships.register.partners.filters import Choices
from ui.day_fields import PeriodField
from ui.forms import Form
from ui.periods import Period

LINKS = ("partnerships", "participating", "subject_areas", "circle")
VISIBILITIES = [
    (Visibility.HOUSE, "nur unser Haus und die beteiligten Ressorts"),
    (
        Visibility.OUTLINE,
        "Staatsregierung, nur Zeitraum und Region: andere lesen „Aktivität unseres Hauses“, wann "
        "und mit welcher Partnerschaft",
    ),
    (Visibility.GOVERNMENT, "Staatsregierung: alle angemeldeten Häuser lesen alles"),
    (Visibility.PUBLIC, "öffentlich: darf auch außerhalb der Staatsregierung genannt werden"),
]


class HouseForm(TypedForm):
    """Asks for the house only who works in several."""

    ministry = forms.TypedChoiceField(label="Ressort", coerce=int)

    def __init__(self, *args: Any, houses: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ministry"]
        field.choices = houses
        if len(houses) == 1:
            field.initial, field.widget = houses[0][0], forms.HiddenInput()


class QuickActivityForm(HouseForm):
    """Title, time and kind; the rest can follow later."""

    period = PeriodField(label="Zeitraum")
    partnership = forms.ChoiceField(label="Partnerschaft", required=False)

    class Meta:
        model = Activity
        fields = ("title", "period", "kind", "partnership", "ministry")
        labels = {"title": "Neue Aktivität"}

    def __init__(self, *args: Any, partnerships: Choices, is_fixed: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["partnership"]
        field.choices = partnerships if is_fixed else [("", "ohne"), *partnerships]
        if is_fixed:
            field.initial, field.widget = partnerships[0][0], forms.HiddenInput()


class LinksField(forms.MultipleChoiceField):
    """The form is given what may be chosen, read in one query for all its links."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, label: str, required: bool, help_text: str, **of_model: Any) -> None:
        super().__init__(label=label, required=required, help_text=help_text)


class ActivityForm(HouseForm):
    period = PeriodField(label="Zeitraum")
    countries = CountriesField(
        label="Weitere Staaten",
        max_length=500,
        required=False,
        help_text="Wenn mehr Staaten beteiligt sind als die der Partnerschaften: Polen, Tschechien",
    )
    working_group = forms.TypedChoiceField(
        label="Gemeinsame Arbeitsgruppe",
        coerce=int,
        empty_value=None,
        required=False,
        help_text=LEFT_OUT,
    )

    class Meta:
        model = Activity
        fields = (
            *("title", "period", "kind", "ministry", "partnerships", "countries"),
            *("subject_areas", "participating", "working_group", "place", "leader", "level"),
            *("aims", "results", "visibility", "is_confidential", "circle"),
            *("file_reference", "file_document", "filed_on"),
        )
        field_classes = dict.fromkeys(LINKS, LinksField)
        widgets = {"visibility": forms.RadioSelect}
        help_texts = {
            "participating": "Sie lesen die Aktivität wie Ihr Haus, auch was nur intern ist.",
            "leader": "Zum Beispiel Staatsministerin, Abteilungsleitung 4",
            "level": "Der höchste Rang der Staatsregierung, der dabei ist, nach dem Amt an diesem Tag.",
            "aims": SENSIBLE,
            "results": SENSIBLE,
            "is_confidential": "Dann sehen es, was oben auch gewählt ist, nur die hier Genannten, "
            "Sie selbst und, wenn die Staatsregierung es sehen darf, die Koordinierung. Für alle "
            "anderen gibt es die Aktivität nicht.",
            "circle": "Personen Ihres Hauses",
        }

    def __init__(self, *args: Any, choices: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(**{name: choices.get(name, []) for name in LINKS})
        self.offer(working_group=[("", "keine"), *choices.get("working_group", [])])
        houses: Any = self.fields["ministry"]
        self.offer(visibility=VISIBILITIES, level=[("", NOT_RECORDED), *ContactLevel.choices])
        if len(houses.choices) == 1:
            others: Any = self.fields["participating"]
            own = str(houses.choices[0][0])
            others.choices = [pair for pair in others.choices if str(pair[0]) != own]
        if not self.fields["working_group"].choices[1:]:  # type: ignore[attr-defined]
            del self.fields["working_group"]

    def clean_participating(self) -> list[str]:
        """Without the house itself, whichever way it was named: it takes part anyway."""
        own = str(self.cleaned_data.get("ministry", ""))
        return [key for key in self.cleaned_data["participating"] if key != own]

    def columns(self) -> dict[str, Any]:
        """What is written on the activity itself; its house stays."""
        own = {field.name: field.attname for field in Activity._meta.concrete_fields}
        del own["ministry"]
        values = {own[name]: value for name, value in self.cleaned_data.items() if name in own}
        return values | period_columns(self.cleaned_data["period"])

    def links(self) -> dict[str, list[int]]:
        """Many-to-many fields and the keys chosen for them."""
        return {name: [int(key) for key in self.cleaned_data[name]] for name in LINKS}


def period_columns(period: Period) -> dict[str, Any]:
    return {
        "starts_on": period.first,
        "starts_on_precision": period.precision,
        "ends_on": period.last,
    }


def stored_values(activity: Activity, links: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """What is stored, under the names of the form."""
    values = model_to_dict(activity, ActivityForm.base_fields, exclude=LINKS)
    values["countries"] = ", ".join(str(country.name) for country in values["countries"])
    values["period"] = activity.period_words
    return values | {name: [str(key) for key in keys] for name, keys in links.items()}


class ReportForm(Form):
    results = forms.CharField(
        label="Ergebnisse",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        help_text=f"Was wurde erreicht, was folgt daraus? {SENSIBLE}",
    )


class CancelForm(Form):
    reason = forms.CharField(label="Grund der Absage", max_length=300)

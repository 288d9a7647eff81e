"""Forms of an activity as a whole: one line to begin with, everything, and its two ends."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django_countries import countries

from ministries.clock import today
from partnerships.records.activities.models import Activity
from partnerships.records.shared.forms import LEFT_OUT
from partnerships.records.shared.models import Visibility
from partnerships.register.partners.filters import Choices
from ui.forms import Form
from ui.periods import Period, PeriodField, period_words

COLUMNS = (
    *("title", "kind", "place", "leader", "aims", "results", "countries"),
    *("visibility", "is_confidential", "file_reference", "file_document", "filed_on"),
)
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
CAREFUL = (
    "Schreiben Sie so, dass der Text dem Landtag vorgelegt werden könnte. Keine VS-NfD-Inhalte."
)


class HouseForm(Form):
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

    title = forms.CharField(label="Neue Aktivität", max_length=200)
    period = PeriodField(label="Zeitraum")
    kind = forms.ChoiceField(
        label="Art", choices=Activity.Kind.choices, initial=Activity.Kind.EVENT
    )
    partnership = forms.ChoiceField(label="Partnerschaft", required=False)
    field_order = ("title", "period", "kind", "partnership", "ministry")

    def __init__(self, *args: Any, partnerships: Choices, is_fixed: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["partnership"]
        field.choices = partnerships if is_fixed else [("", "ohne"), *partnerships]
        if is_fixed:
            field.initial, field.widget = partnerships[0][0], forms.HiddenInput()


class CountriesField(forms.CharField):
    """Names of states, with commas between them; gives their codes."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return [_country_code(name) for name in text.replace(";", ",").split(",") if name.strip()]


def _country_code(name: str) -> str:
    wanted = name.strip().casefold()
    for code, label in countries:
        if wanted in (code.casefold(), str(label).casefold()):
            return str(code)
    raise forms.ValidationError(
        f"„{name.strip()}“ ist kein Staat. Schreiben Sie zum Beispiel Polen, Tschechien."
    )


def _several(label: str, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, **options
    )


def _long_text(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        **options,
    )


class ActivityForm(HouseForm):
    title = forms.CharField(label="Titel", max_length=200)
    period = PeriodField(label="Zeitraum")
    kind = forms.ChoiceField(
        label="Art", choices=Activity.Kind.choices, initial=Activity.Kind.EVENT
    )
    partnerships = _several("Partnerschaften")
    countries = CountriesField(
        label="Weitere Staaten",
        max_length=500,
        required=False,
        help_text="Wenn mehr Staaten beteiligt sind als die der Partnerschaften: Polen, Tschechien",
    )
    subject_areas = _several("Fachgebiete")
    participating = _several(
        "Beteiligte Ressorts",
        help_text="Sie lesen die Aktivität wie Ihr Haus, auch was nur intern ist.",
    )
    working_group = forms.ChoiceField(
        label="Gemeinsame Arbeitsgruppe", required=False, help_text=LEFT_OUT
    )
    place = forms.CharField(label="Ort", max_length=120, required=False)
    leader = forms.CharField(
        label="Leitung (Funktion)",
        max_length=160,
        required=False,
        help_text="Zum Beispiel Staatsministerin, Abteilungsleitung 4",
    )
    aims = _long_text("Ziele", help_text=CAREFUL)
    results = _long_text("Ergebnisse", help_text=CAREFUL)
    visibility = forms.ChoiceField(
        label="Wer sieht das?",
        choices=VISIBILITIES,
        initial=Visibility.GOVERNMENT,
        widget=forms.RadioSelect,
    )
    is_confidential = forms.BooleanField(
        label="Vertraulich",
        required=False,
        help_text="Dann sehen es, was oben auch gewählt ist, nur die hier Genannten, Sie selbst "
        "und, wenn die Staatsregierung es sehen darf, die Koordinierung. Für alle anderen gibt es "
        "die Aktivität nicht.",
    )
    circle = _several("Kreis der Berechtigten", help_text="Personen Ihres Hauses")
    file_reference = forms.CharField(label="Aktenzeichen", max_length=80, required=False)
    file_document = forms.CharField(
        label="Dokumentnummer in der E-Akte", max_length=80, required=False
    )
    filed_on = forms.DateField(label="Veraktet am", required=False)
    field_order = ("title", "period", "kind", "ministry")

    def __init__(self, *args: Any, choices: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*LINKS, "working_group"):
            field: Any = self.fields[name]
            empty = [("", "keine")] if name == "working_group" else []
            field.choices = [*empty, *choices.get(name, [])]
        houses: Any = self.fields["ministry"]
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

    def clean_filed_on(self) -> Any:
        day = self.cleaned_data["filed_on"]
        if day and day > today():
            raise forms.ValidationError("Der Tag liegt in der Zukunft.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("filed_on") and not cleaned.get("file_reference"):
            self.add_error("file_reference", "Was veraktet ist, hat ein Aktenzeichen.")
        return cleaned

    def columns(self) -> dict[str, Any]:
        """What is written on the activity itself."""
        values = {name: self.cleaned_data[name] for name in COLUMNS}
        if "working_group" in self.cleaned_data:
            group = self.cleaned_data["working_group"]
            values["working_group_id"] = int(group) if group else None
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
    values: dict[str, Any] = {name: getattr(activity, name) for name in COLUMNS}
    named: Any = activity.countries
    values["countries"] = ", ".join(str(country.name) for country in named)
    values["period"] = period_words(
        activity.starts_on, activity.starts_on_precision, activity.ends_on
    )
    values["working_group"] = activity.working_group_id or ""
    return values | {name: [str(key) for key in keys] for name, keys in links.items()}


class ReportForm(Form):
    results = forms.CharField(
        label="Ergebnisse",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"Was wurde erreicht, was folgt daraus? {CAREFUL}",
    )


class CancelForm(Form):
    reason = forms.CharField(label="Grund der Absage", max_length=300)

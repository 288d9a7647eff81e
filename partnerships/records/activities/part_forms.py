"""Forms of the parts of an activity: one line each, details only where they are needed."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from ministries.models import Ministry
from partnerships.records.activities.models import Activity
from partnerships.records.activities.parts import (
    ActivityOrganisation,
    ActivityPart,
    ActivityPerson,
    CostLine,
    ProgrammeItem,
)
from partnerships.records.organisations.models import Organisation, OrganisationQuerySet
from partnerships.register.partners.sorting import folded
from ui.amounts import AmountField, amount_words
from ui.day_fields import ClockField
from ui.forms import Form
from ui.text import clean_line

SIMILAR_SHOWN = 8
LONGEST_NAME = 200
NEW = "neu"


class PartForm(Form):
    """`inline` are the fields of the line that adds one on the page of the activity."""

    model: ClassVar[type[ActivityPart]]
    inline: ClassVar[tuple[str, ...]]
    columns: ClassVar[tuple[str, ...]]

    def __init__(
        self,
        *args: Any,
        activity: Activity,
        houses: QuerySet[Ministry],
        known: OrganisationQuerySet,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity

    @classmethod
    def stored(cls, part: Any) -> dict[str, Any]:
        """What is stored, under the names of the form."""
        return {name: getattr(part, name) for name in cls.columns}

    def values(self) -> dict[str, Any]:
        """What is written, by the names of the model."""
        return {name: self.cleaned_data[name] for name in self.columns}

    @property
    def line(self) -> list[BoundField]:
        return [self[name] for name in self.inline if name in self.fields]


class PersonForm(PartForm):
    model = ActivityPerson
    inline = ("side", "function", "name")
    columns = ("side", "function", "name", "is_government_member")

    side = forms.ChoiceField(label="Seite", choices=ActivityPerson.Side.choices)
    function = forms.CharField(label="Funktion", max_length=160)
    name = forms.CharField(label="Name", max_length=160, required=False)
    is_government_member = forms.BooleanField(label="Mitglied der Staatsregierung", required=False)


class ProgrammeForm(PartForm):
    model = ProgrammeItem
    inline = ("taken_on", "begins", "title", "place")
    columns = ("taken_on", "begins", "title", "place")

    taken_on = forms.DateField(label="Tag")
    begins = ClockField(label="Uhrzeit", required=False)
    title = forms.CharField(label="Programmpunkt", max_length=200)
    place = forms.CharField(label="Ort", max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taken_on"].initial = f"{self.activity.starts_on:%d.%m.%Y}"

    def clean_taken_on(self) -> date:
        day: date = self.cleaned_data["taken_on"]
        activity = self.activity
        if not activity.starts_on <= day <= activity.last_day:
            raise forms.ValidationError(
                f"Der Tag liegt nicht im Zeitraum der Aktivität ({activity.period_words}). "
                "Ändern Sie den Tag, oder zuerst den Zeitraum."
            )
        return day

    @classmethod
    def stored(cls, part: Any) -> dict[str, Any]:
        begins = f"{part.begins:%H:%M}" if part.begins else ""
        return super().stored(part) | {"begins": begins}


class CostForm(PartForm):
    """One sum and who bears it is enough."""

    model = CostLine
    inline = ("bearer", "planned", "actual", "purpose")
    columns = (
        *("bearer", "ministry", "planned", "actual"),
        *("purpose", "budget_line", "is_travel_of_member"),
    )

    bearer = forms.ChoiceField(label="Wer trägt die Kosten?")
    planned = AmountField(label="Geplant (Euro)", required=False)
    actual = AmountField(label="Tatsächlich (Euro)", required=False)
    purpose = forms.CharField(label="Zweck", max_length=160, required=False)
    budget_line = forms.CharField(label="Haushaltsstelle", max_length=60, required=False)
    is_travel_of_member = forms.BooleanField(
        label="Reisekosten eines Mitglieds der Staatsregierung", required=False
    )

    def __init__(self, *args: Any, houses: QuerySet[Ministry], **kwargs: Any) -> None:
        super().__init__(*args, houses=houses, **kwargs)
        self.houses = {house.slug: house for house in houses if not house.is_chancellery}
        bearer: Any = self.fields["bearer"]
        bearer.choices = [
            (CostLine.Bearer.CHANCELLERY, CostLine.Bearer.CHANCELLERY.label),
            *((_of_house(house), house.abbreviation) for house in self.houses.values()),
            (CostLine.Bearer.BUSINESS_DEVELOPMENT, CostLine.Bearer.BUSINESS_DEVELOPMENT.label),
            (CostLine.Bearer.THIRD_PARTY, CostLine.Bearer.THIRD_PARTY.label),
        ]
        if not self.activity.ministry.is_chancellery:
            bearer.initial = _of_house(self.activity.ministry)

    @classmethod
    def stored(cls, part: Any) -> dict[str, Any]:
        values = super().stored(part)
        values |= {name: amount_words(values[name]) for name in ("planned", "actual")}
        return values | ({"bearer": _of_house(part.ministry)} if part.ministry else {})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        is_told = {"planned", "actual"} & self.errors.keys()
        if not is_told and cleaned.get("planned") is None and cleaned.get("actual") is None:
            self.add_error(
                "planned", "Bitte einen geplanten oder einen tatsächlichen Betrag angeben."
            )
        kind, _, slug = cleaned.get("bearer", "").partition(":")
        return cleaned | {"bearer": kind, "ministry": self.houses.get(slug)}


def _of_house(house: Ministry) -> str:
    return f"{CostLine.Bearer.HOUSE}:{house.slug}"


class OrganisationForm(PartForm):
    """By its name; what is not known yet is chosen among the similar ones or entered here."""

    model = ActivityOrganisation
    inline = ("name", "role")
    columns = ("organisation", "role")

    name = forms.CharField(
        label="Organisation",
        max_length=LONGEST_NAME,
        help_text="Kommune, Verband, Kammer, Hochschule, Chor, Orchester, sorbische Einrichtung …",
    )
    role = forms.CharField(label="Rolle", max_length=120, required=False)
    organisation = forms.ChoiceField(
        label="Welche ist gemeint?", required=False, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(
        label="Art der neuen Organisation",
        choices=[("", "bitte wählen"), *Organisation.Kind.choices],
        required=False,
    )
    place = forms.CharField(label="Ort der neuen Organisation", max_length=80, required=False)
    SETTLING = ("organisation", "kind", "place")

    def __init__(self, *args: Any, known: OrganisationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, known=known, **kwargs)
        typed = self.data.get(self.add_prefix("name"), "") if self.is_bound else ""
        name = clean_line(str(typed))[:LONGEST_NAME]
        exact = list(known.filter(sort_key=folded(name))[:SIMILAR_SHOWN]) if name else []
        similar = exact or (list(known.resembling(name)[:SIMILAR_SHOWN]) if name else [])
        self.candidates: dict[int, Organisation] = {row.pk: row for row in similar}
        self.found = exact[0] if len(exact) == 1 else None
        if self.found or not name:
            for field in self.SETTLING:
                del self.fields[field]
        else:
            self._ask(name)

    def _ask(self, name: str) -> None:
        """Nothing bears the name, or several do."""
        known = [
            (str(pk), f"{one} ({one.get_kind_display()})") for pk, one in self.candidates.items()
        ]
        self.offer(organisation=[*known, (NEW, f"neue Organisation „{name}“ anlegen")])

    @classmethod
    def stored(cls, part: Any) -> dict[str, Any]:
        return {"name": part.organisation.name, "role": part.role}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = cleaned.get("organisation", "")
        if "organisation" not in self.fields:
            return cleaned | {"organisation": self.found}
        if chosen == NEW and cleaned.get("kind"):
            new = {name: cleaned.get(name, "") for name in ("name", "kind", "place")}
            return cleaned | {"organisation": Organisation(**new)}
        if chosen and chosen != NEW:
            return cleaned | {"organisation": self.candidates[int(chosen)]}
        if chosen == NEW:
            self.add_error("kind", "Wählen Sie, was für eine Organisation es ist.")
        else:
            self.add_error("organisation", _question(self.candidates))
        return cleaned


def _question(candidates: dict[int, Organisation]) -> str:
    if candidates:
        return (
            "Unter diesem Namen ist keine eindeutig erfasst. Wählen Sie eine oder legen Sie sie an."
        )
    return "Diese Organisation ist noch nicht erfasst. Legen Sie sie an."

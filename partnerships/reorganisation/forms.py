"""The form of a re-organisation: one question for the whole house, then area by area, lead by lead."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django import forms

from ministries.clock import today
from ministries.models import Ministry, Responsibility
from partnerships.register.partners.periods import Lead
from partnerships.reorganisation.facts import NewHouse, Plan
from ui.forms import Form

Row = TypeVar("Row", Responsibility, Lead)
NEW_HOUSES = (1, 2, 3)
STAYS = "stay"


class ReorganisationForm(Form):
    """A house that exists is chosen by its key, a new one by its number on the form."""

    valid_from = forms.DateField(
        label="Neuordnung ab", help_text="Heute oder früher. Zum Beispiel 3.4.2026"
    )
    reason = forms.CharField(
        label="Grundlage", max_length=300, help_text="Zum Beispiel Organisationserlass vom …"
    )
    ends = forms.BooleanField(label="Das alte Ressort besteht danach nicht mehr", required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=20_000, required=False)

    def __init__(
        self,
        *args: Any,
        house: Ministry,
        others: list[Ministry],
        areas: list[Responsibility],
        leads: list[Lead],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.house, self.areas, self.leads = house, areas, leads
        self.houses = {str(other.pk): other for other in others}
        new = [(f"new{number}", f"neues Ressort {number}") for number in NEW_HOUSES]
        choices = [*new, *((key, other.label) for key, other in self.houses.items())]
        for number in NEW_HOUSES:
            self._add(f"abbreviation{number}", _text(f"Neues Ressort {number}: Abkürzung", 12))
            self._add(f"name{number}", _text(f"Neues Ressort {number}: Name", 200))
            label = f"Neues Ressort {number}: Funktionspostfach"
            self._add(f"mailbox{number}", forms.EmailField(label=label, required=False))
        self._add(
            "successor",
            _choice("Alles geht an", [("", "kein Ressort: nur, was unten gewählt ist"), *choices]),
        )
        single = [("", "wie oben"), (STAYS, f"bleibt bei {house}"), *choices]
        for area in areas:
            self._add(f"area_{area.pk}", _choice(f"Fachgebiet {area.subject_area}", single))
        for lead in leads:
            self._add(f"lead_{lead.pk}", _choice(f"Federführung {lead.partnership}", single))

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field

    def clean_valid_from(self) -> date:
        day: date = self.cleaned_data["valid_from"]
        if day > today():
            raise forms.ValidationError(
                "Neu geordnet wird heute oder zu einem früheren Tag: Was der Assistent umträgt, "
                "wechselt sofort."
            )
        return day

    @property
    def fingerprint(self) -> str:
        """What was shown: a row added meanwhile is not moved unseen."""
        rows = [f"a{row.pk}" for row in self.areas] + [f"l{row.pk}" for row in self.leads]
        return " ".join(rows)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = {value for value in cleaned.values() if isinstance(value, str)}
        for number in NEW_HOUSES:
            names = [f"abbreviation{number}", f"name{number}"]
            for name in names:
                if f"new{number}" in chosen and not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "Nennen Sie Abkürzung und Name des neuen Ressorts.")
        if cleaned.get("ends") and not cleaned.get("successor"):
            self.add_error("successor", "Ein Ressort, das endet, hat einen Nachfolger.")
        if cleaned.get("ends") and STAYS in chosen:
            self.add_error("ends", "Etwas soll beim alten Ressort bleiben: Es kann nicht enden.")
        return cleaned

    def plan(self) -> Plan:
        data = self.cleaned_data
        successor = self._target(data["successor"])
        areas = self._going("area", self.areas, successor)
        return Plan(
            house=self.house,
            valid_from=data["valid_from"],
            reason=data["reason"],
            successor=successor,
            areas=areas,
            leads=self._going("lead", self.leads, successor),
            staying=[row for row in self.areas if row not in areas],
            ends=data["ends"],
        )

    def _target(self, value: str) -> Ministry | NewHouse | None:
        if not value.startswith("new"):
            return self.houses.get(value)
        number = value.removeprefix("new")
        names = ("abbreviation", "name", "mailbox")
        return NewHouse(*(self.cleaned_data[f"{name}{number}"] for name in names))

    def _going(
        self, kind: str, rows: Iterable[Row], successor: Ministry | NewHouse | None
    ) -> dict[Row, Ministry | NewHouse]:
        found = {}
        for row in rows:
            value = self.cleaned_data[f"{kind}_{row.pk}"]
            target = None if value == STAYS else self._target(value) if value else successor
            if target is not None:
                found[row] = target
        return found


def _text(label: str, length: int) -> forms.Field:
    return forms.CharField(label=label, max_length=length, required=False)


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.Field:
    return forms.ChoiceField(label=label, choices=choices, required=False)

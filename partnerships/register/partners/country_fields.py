"""Form fields that read the names of countries, as people write them."""

from typing import Any

from django import forms
from django_countries import countries

from partnerships.register.partners.countries import country_code
from partnerships.register.partners.country_names import country_name
from ui.suggested import SuggestedInput


class CountryInput(SuggestedInput):
    """Typed by any name; suggests those of the list."""

    choices = countries


class CountryNameField(forms.CharField):
    """One country; gives its code."""

    widget = CountryInput

    def prepare_value(self, value: Any) -> Any:
        """A code is shown as a name; what was typed stays as it is."""
        code = str(value or "")
        return country_name(code) if code in dict(countries) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return _code(text) if text else text


class CountriesField(forms.CharField):
    """Names of states, with commas between them; gives their codes."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return [*dict.fromkeys(_codes(text))]


def _codes(text: str) -> list[str]:
    """Between semicolons or, without any, commas: "Korea, Republik" has one of its own."""
    if ";" in text:
        return [_code(part) for part in text.split(";") if part.strip()]
    try:
        return [country_code(text)]
    except ValueError:
        return [_code(part) for part in text.split(",") if part.strip()]


def _code(name: str) -> str:
    try:
        return country_code(name)
    except ValueError:
        raise forms.ValidationError(
            f"„{name.strip()}“ ist kein Staat. Schreiben Sie zum Beispiel Polen, Tschechien."
        ) from None

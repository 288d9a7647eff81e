"""Form fields that read the names of countries, as people write them."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django_countries import countries

from partnerships.register.partners.countries import country_code
from partnerships.register.partners.country_names import country_name
from ui.forms import TextInput


class CountryInput(TextInput):
    """Typed by any name; suggests those of the list."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        offered = f"{name}-staaten"
        field = super().render(name, value, {**(attrs or {}), "list": offered}, renderer)
        options = format_html_join("", '<option value="{}">', ((name,) for _, name in countries))
        return format_html('{}<datalist id="{}">{}</datalist>', field, offered, options)


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

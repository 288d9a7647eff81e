"""Filters of list pages: the query string is the state, unknown values are told and left out."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms

from ui.forms import Form

EVERY = "Alle"
YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class YesNoSelect(forms.Select):
    """„Alle“, „Ja“ or „Nein“; addresses say yes and no."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=(("", EVERY), ("yes", "Ja"), ("no", "Nein")))

    def format_value(self, value: Any) -> list[str]:
        return ["yes" if value is True else "no" if value is False else ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool | None:
        return YES_NO.get(str(data.get(name, "")).lower())


class FilterSet(django_filters.FilterSet):
    """Base of every filter set: its form looks like all our forms."""

    def get_form_class(self) -> type[Form]:
        fields = {name: filter_.field for name, filter_ in self.filters.items()}
        for form_field in fields.values():
            _simplify(form_field)
        return type(f"{type(self).__name__}Form", (Form,), fields)


def _simplify(form_field: Any) -> None:
    """Several values are ticked, not held with a key."""
    widget = form_field.widget
    if isinstance(widget, forms.NullBooleanSelect):
        form_field.widget = YesNoSelect(attrs=widget.attrs)
    elif isinstance(widget, forms.SelectMultiple):
        form_field.widget = forms.CheckboxSelectMultiple(attrs=widget.attrs)
        form_field.widget.choices = form_field.choices


def shown_values(bound_field: forms.BoundField, value: Any) -> list[tuple[str, str]]:
    """Return (raw value, words) of one active filter, one pair a removable chip."""
    if value in (None, "", [], ()) or (hasattr(value, "exists") and not value):
        return []
    many = value if _is_many(value) else [value]
    return [(str(bound_field.field.prepare_value(one)), _words(bound_field, one)) for one in many]


def _is_many(value: object) -> bool:
    return (
        not isinstance(value, str | bytes)
        and hasattr(value, "__iter__")
        and not isinstance(value, slice)
    )


def _words(bound_field: forms.BoundField, value: object) -> str:
    if value is True:
        return "ja"
    if value is False:
        return "nein"
    choices = getattr(bound_field.field, "choices", None)
    if choices is not None and not hasattr(value, "_meta"):
        for key, label in _flat(choices):
            if str(key) == str(value):
                return str(label)
    if hasattr(value, "strftime"):
        return f"{value:%d.%m.%Y}"
    return str(value)


def _flat(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for key, label in choices:
        flat.extend(label if isinstance(label, list | tuple) else [(key, label)])
    return flat

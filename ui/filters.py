"""Filters of list pages: the query string is the state, unknown values are told and left out."""

from typing import Any

import django_filters

from ui.forms import Form


class FilterSet(django_filters.FilterSet):
    """Base of every filter set: its form looks like all our forms."""

    def get_form_class(self) -> type[Form]:
        fields = {name: filter_.field for name, filter_ in self.filters.items()}
        return type(f"{type(self).__name__}Form", (Form,), fields)


def shown_values(bound_field: Any, value: Any) -> list[tuple[str, str]]:
    """Return (raw value, words) of one active filter, one pair a removable chip."""
    if value in (None, "", [], ()) or (hasattr(value, "exists") and not value):
        return []
    many = value if _is_many(value) else [value]
    return [(str(bound_field.field.prepare_value(one)), _words(bound_field, one)) for one in many]


def _is_many(value: Any) -> bool:
    return (
        not isinstance(value, str | bytes)
        and hasattr(value, "__iter__")
        and not isinstance(value, slice)
    )


def _words(bound_field: Any, value: Any) -> str:
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


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for key, label in choices:
        flat.extend(label if isinstance(label, list | tuple) else [(key, label)])
    return flat

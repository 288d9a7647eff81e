"""Fields and rows of the admin's forms that stay upright whatever is posted in their place."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models

from ministries.administration.guards import GuardedRows


def is_key(model: type[models.Model], value: Any) -> bool:
    """Whether the database could look it up: a number where keys are numbers."""
    try:
        model._meta.pk.to_python(value)
    except ValidationError:
        return False
    return True


class OnlyKeys:
    """Widget mixin: what was posted and is no key is left out when the form is shown again."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        model = self.field.remote_field.model  # type: ignore[attr-defined]
        keys = [one for one in value if not one or is_key(model, one)]
        return super().optgroups(name, keys, attr)  # type: ignore[misc]


class KeySelect(OnlyKeys, AutocompleteSelect):
    pass


class KeySelectMultiple(OnlyKeys, AutocompleteSelectMultiple):
    pass


class SentRows(GuardedRows):
    """Makes as many rows as were sent, however many the form claims to have."""

    def total_form_count(self) -> int:
        claimed = super().total_form_count()
        if not self.is_bound:
            return claimed
        prefix = f"{self.prefix}-"
        names = (name.removeprefix(prefix) for name in self.data if name.startswith(prefix))
        rows = {name.partition("-")[0] for name in names}
        return min(claimed, sum(row.isdigit() for row in rows))


class NamedFields(SentRows):
    """In a table the heading of a column is no label: each field carries its own name."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(field.label or ""))

"""What a browser would send back from a page of the admin."""

from typing import Any

from django import forms
from django.http import HttpResponse


def filled(response: HttpResponse, **changes: str) -> dict[str, Any]:
    context: Any = response.context  # type: ignore[attr-defined]  # the test client adds it
    data = _values(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        data |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= _values(form)
    if context.get("expected_version") is not None:
        data["_version"] = str(context["expected_version"])
    return data | changes


def _values(form: forms.BaseForm) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        if isinstance(bound.field.widget, forms.SelectMultiple):
            data[bound.html_name] = [getattr(row, "pk", row) for row in value]
        else:
            data[bound.html_name] = bound.field.prepare_value(value)
            if isinstance(bound.field, forms.DateField) and not isinstance(value, str):
                data[bound.html_name] = f"{value:%d.%m.%Y}"
    return data

"""Every field of every model, sent along with a form that does not have it."""

from collections.abc import Iterator
from functools import cache

from django.db import models

from tests.harness import walk
from tests.harness.acts import Data, Filled

BUTTONS = ("_save", "_continue", "_addanother", "_popup", "_to_field", "action", "index")
PREFIXES = ("", "form-0-", "id_")
SMUGGLED = "eingeschmuggelt"
COUNTS = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "1", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "9"}


def extras(filled: Filled) -> Iterator[Data]:
    """All fields at once; then the admin's button that would copy the record."""
    declared = filled.data.keys() | filled.form.choices.keys()
    offered = {name.partition("-")[0] for name in declared if "-" in name}
    names = all_fields() | {button: ["1"] for button in BUTTONS}
    for prefix in ("form", *sorted(_inlines() - offered)):
        names |= {f"{prefix}-{name}": [value] for name, value in COUNTS.items()}
    yield {name: values for name, values in names.items() if name not in declared}
    yield {"_saveasnew": ["1"]}


@cache
def all_fields() -> Data:
    """Name → a value that would matter, under every prefix a form could take it from."""
    found: Data = {}
    for model in walk.models():
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
            value = [_value(field)]
            for prefix in (*PREFIXES, f"{model._meta.model_name}_set-0-"):
                found |= {f"{prefix}{field.name}": value, f"{prefix}{field.attname}": value}
    return found


def _inlines() -> set[str]:
    return {f"{model._meta.model_name}_set" for model in walk.models()}


def _value(field: models.Field) -> str:
    match field:
        case models.BooleanField():
            return "on"
        case models.DateTimeField():
            return "2031-01-01 12:00"
        case models.DateField():
            return "2031-01-01"
        case models.ForeignKey() | models.ManyToManyField() | models.AutoField():
            return "1"
    if codes := [code for code, _ in field.flatchoices or ()]:
        return str(codes[-1])
    return SMUGGLED if isinstance(field, models.CharField | models.TextField) else "7"

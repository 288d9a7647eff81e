"""Where a name or an address still stands: every text of every table, the history included."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

SHOWN = 10
TEXTS = (models.CharField, models.TextField, models.JSONField)


def occurrences(words: set[str]) -> list[str]:
    """A line each for model and field, with the numbers of the first records."""
    return [line for model in apps.get_models() for line in _of_model(model, words)]


def _of_model(model: type[models.Model], words: set[str]) -> Iterator[str]:
    if model._meta.proxy or not words:
        return
    # A searched copy says nothing that its source does not say.
    fields = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, TEXTS) and field.name != "search_text"
    ]
    told = "pgh_obj_id" if hasattr(model, "pgh_obj_id") else "pk"
    tracked: type[models.Model] | None = getattr(model, "pgh_tracked_model", None)
    name = str((tracked or model)._meta.verbose_name)
    if tracked is not None:
        name = f"Änderungsverlauf: {name}"
    for field in fields:
        as_text = f"{field.name}_told"
        rows = model._default_manager.annotate(**{as_text: Cast(field.name, models.TextField())})
        hits = rows.filter(reduce(or_, (Q(**{f"{as_text}__icontains": word}) for word in words)))
        numbers = sorted(set(hits.order_by().values_list(told, flat=True)[:1000]))
        if numbers:
            more = " …" if len(numbers) > SHOWN else ""
            listed = ", ".join(str(number) for number in numbers[:SHOWN])
            yield f"{name}, Feld „{field.verbose_name}“, Nr. {listed}{more}"

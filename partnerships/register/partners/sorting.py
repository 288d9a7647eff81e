"""Columns the database computes: how a name sorts in German, and what a search looks at."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Concat

from ui.text import clean_line


def sort_key(field: str = "name") -> models.GeneratedField:
    """Lower case, without diacritics: Österreich before Polen, Łódź at L."""
    return models.GeneratedField(
        expression=Func(F(field), function="public.de_sort", output_field=models.TextField()),
        output_field=models.TextField(),
        db_persist=True,
    )


def search_text(*fields: str) -> models.GeneratedField:
    """All the named texts in one column, folded like the sort key, for one trigram index."""
    parts: list[F | Value] = []
    for field in fields:
        parts += [F(field), Value(" ")]
    return models.GeneratedField(
        expression=Func(
            Concat(*parts, output_field=models.TextField()),
            function="public.de_sort",
            output_field=models.TextField(),
        ),
        output_field=models.TextField(),
        db_persist=True,
    )


def gathered_search_text() -> models.TextField:
    """Like `search_text`, with texts of other tables: the triggers of the model write it, nobody else."""
    return models.TextField("Suchtext", editable=False, blank=True, default="")


def search_index(name: str) -> GinIndex:
    return GinIndex(name=name, fields=["search_text"], opclasses=["gin_trgm_ops"])


def folded(text: str) -> Func:
    """What somebody types, folded by the same function as the columns above."""
    return Func(Value(clean_line(text)), function="public.de_sort", output_field=models.TextField())

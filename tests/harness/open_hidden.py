"""Records that are open to many and point at one that is hidden from some, for every key there is.

Told from `_meta` of all tracked models and from `readers.csv`: a copy of the record most roles read
points at a record of every class that some of them do not read. A new key joins by itself; where no
pair can be made, it stands in `pair_tables.NO_PAIR` with its reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pgtrigger
from django.db import IntegrityError, models, transaction
from django.db.models import Model

from ministries.clock import now, today
from ministries.models import User
from tests.harness import canaries, walk
from tests.harness.canaries import TOKEN, Canary, Legend
from tests.harness.classes import class_of
from tests.harness.pair_tables import (
    APART,
    COMPANIONS,
    HIDES,
    HIDING_TARGETS,
    NO_PAIR,
    OPEN_TO_ALL,
)
from tests.harness.readers import readers_by_field, rules
from tests.harness.world import World

PERSONS_OF_A_KEY = 1  # somebody nobody knows of but who keeps accounts
_numbers = count(1)


@dataclass(frozen=True)
class Pair:
    """`source` is a copy of `template` that points at `target` by `key`."""

    key: str
    source: Model
    template: Model
    target: Model
    target_class: str

    def __str__(self) -> str:
        return f"{self.key} → {self.target_class}"


def references() -> Iterator[tuple[str, type[Model], Any]]:
    for model in walk.models():
        if not hasattr(model, "pgh_event_model"):
            continue
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
            if field.related_model in walk.models():
                yield f"{walk.label(model)}.{field.name}", model, field

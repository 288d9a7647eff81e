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
    # Stands in the texts of the source alone.
    token: str

    def __str__(self) -> str:
        return f"{self.key} → {self.target_class}"


def references() -> Iterator[tuple[str, type[Model], Any]]:
    for model in walk.models():
        if not hasattr(model, "pgh_event_model"):
            continue
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
            if field.related_model in walk.models():
                yield f"{walk.label(model)}.{field.name}", model, field


class Planting:
    """All pairs of a world; `failed` names keys that no pair could be made of."""

    def __init__(self, world: World, legend: Legend) -> None:
        self.world, self.legend = world, legend
        self.rows: dict[type[Model], list[Any]] = {
            model: list(model._base_manager.order_by("pk")) for model in walk.models()
        }
        self.readers = {
            row: readers_by_field(world, row, [])["*"]
            for rows in self.rows.values()
            for row in rows
        }
        self.pairs: list[Pair] = []
        self.failed: list[str] = []

    def run(self) -> "Planting":
        with pgtrigger.ignore(*canaries.guards()):
            for key, model, field in references():
                if key not in NO_PAIR and walk.label(field.related_model) not in OPEN_TO_ALL:
                    self._plant(key, model, field)
        for pair in self.pairs:
            self._give_address(pair)
        return self

    def _plant(self, key: str, model: type[Model], field: Any) -> None:
        template = self._template(model, field)
        classes = self._hidden(field.related_model, self.readers[template])
        if not classes:
            self.failed.append(f"{key}: nothing of its target is hidden")
        for name, targets in classes.items():
            if not any(self._pair(key, field, template, target, name) for target in targets):
                self.failed.append(f"{key}: no pair with „{name}“")

    def _template(self, model: type[Model], field: Any) -> Any:
        """What most roles read; of those one in which the key is filled, as its rules ask."""
        return max(
            self.rows[model],
            key=lambda row: (
                len(self.readers[row]),
                field.many_to_many or getattr(row, field.attname) is not None,
                not getattr(row, "archived_on", None),
            ),
        )

    def _hidden(self, model: Any, readers: frozenset[str]) -> dict[str, list[Any]]:
        """Class → its records that some of these readers do not read."""
        found: dict[str, list[Any]] = {}
        for row in self.rows[model]:
            if readers - self.readers[row]:
                kind = f"{class_of(self.world, row)} {getattr(row, 'visibility', '')}".strip()
                found.setdefault(kind, []).append(row)
        if model is not User:
            return found
        most = sorted(found, key=lambda kind: len(self.readers[found[kind][0]]))
        return {kind: found[kind] for kind in most[:PERSONS_OF_A_KEY]}

    def _pair(self, key: str, field: Any, template: Any, target: Any, name: str) -> bool:
        number = next(_numbers)
        is_hidden = key in HIDES or walk.label(field.related_model) in HIDING_TARGETS
        readers = self.readers[template]
        readers = readers & self.readers[target] if is_hidden else readers
        token = self.legend.new_token()
        try:
            with transaction.atomic():
                source = self._copy(template, field, target, token, number)
        except IntegrityError:
            return False
        about = (walk.label(type(source)), f"points at {name} by {key}", source.pk)
        self.legend[token] = Canary(*about, "*", readers, readers)
        self.pairs.append(Pair(key, source, template, target, name, token))
        return True

    def _copy(self, template: Any, field: Any, target: Any, token: str, number: int) -> Any:
        model = type(template)
        columns = [
            column
            for column in model._meta.concrete_fields
            if not column.primary_key and not isinstance(column, models.GeneratedField)
        ]
        values = {column.attname: getattr(template, column.attname) for column in columns}
        values |= self._own_texts(model, template, token, number)
        apart = APART.get(walk.label(model), {})
        made = {name: make(number) for name, make in apart.items() if name != field.name}
        values |= {model._meta.get_field(name).attname: _key(row) for name, row in made.items()}
        if not field.many_to_many:
            values |= {**_companions(model, field, template), field.attname: target.pk}
        (source,) = model._base_manager.bulk_create([model(**values)])
        for links in model._meta.many_to_many:
            getattr(source, links.name).set(getattr(template, links.name).all())
        if field.many_to_many:
            getattr(source, field.name).add(target)
        return source

    def _own_texts(
        self, model: type[Model], template: Any, token: str, number: int
    ) -> dict[str, Any]:
        """The copy has a token of its own where the record itself has one."""
        kind = class_of(self.world, template)
        values = {}
        for field in model._meta.concrete_fields:
            old = getattr(template, field.attname)
            if (walk.label(model), kind, field.name) in rules():
                continue
            if field in canaries.texts_of(model) and isinstance(old, str):
                values[field.attname] = TOKEN.sub(token, old)
            elif field.unique and isinstance(field, models.CharField):
                values[field.attname] = f"{number:064d}"[: field.max_length]
        return values

    def _give_address(self, pair: Pair) -> None:
        """Where the template is found, with the keys of the copy."""
        swapped = {pair.template.pk: pair.source.pk, str(pair.template.pk): str(pair.source.pk)}
        for old, new in zip(*map(_slugs, (pair.template, pair.source)), strict=True):
            swapped[old] = new
        for name, record in list(self.world.records.items()):
            if record == pair.template and name in self.world.objects:
                keys = self.world.objects[name]
                self.world.objects[f"pair {pair.source.pk} of {name}"] = {
                    key: swapped.get(value, value) for key, value in keys.items()
                }
                return


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def _slugs(row: Any) -> list[str]:
    own = [row.slug] if hasattr(row, "slug") else []
    partnership = getattr(row, "partnership", None)
    return own + ([partnership.slug] if partnership is not None else [])


def _companions(model: type[Model], field: Any, template: Any) -> dict[str, Any]:
    """Who did something did it on a day."""
    if not field.name.endswith("_by") or getattr(template, field.attname) is not None:
        return {}
    stem = field.name.removesuffix("_by")
    values: dict[str, Any] = {f"{stem}_on": today(), f"{stem}_at": now()}
    values |= COMPANIONS.get(stem, {})
    names = {column.attname for column in model._meta.concrete_fields}
    return {name: value for name, value in values.items() if name in names}

"""Every id of a form replaced by one that the form does not offer.

Such an id must do what an id that does not exist does: nothing, or what the form does without it.
"""

import re
from functools import cache
from itertools import zip_longest
from typing import Any

from django.apps import apps
from django.db import models

from tests.harness import snapshot, walk
from tests.harness.acts import Effects, Filled
from tests.harness.page_forms import PageForm
from tests.harness.readers import readers_by_field
from tests.harness.world import World

ABSENT = "999999999"
NO_IDS = re.compile(
    r"^(csrfmiddlewaretoken|_token|_version|version-\d+|_next|.*-(TOTAL|INITIAL|M..)_\w*FORMS)$"
)
CODES = re.compile(r"^[a-z_]+$|^$|^on$|^\d$")


def accepted(effects: Effects, filled: Filled, *, sample: int | None = None) -> list[str]:
    """What a foreign id achieved; `sample` limits the ids tried in a form."""
    offers = {name: foreign_ids(effects, filled, name) for name in id_fields(filled.form)}
    in_turn = [one for ids in zip_longest(*_pairs(offers)) for one in ids if one]
    effects.id_fields += len(offers)
    absent: dict[str, list[str]] = {}
    found = []
    for name, value in in_turn[:sample]:
        effects.ids += 1
        if name not in absent:
            absent[name] = effect(effects, filled, name, ABSENT)
        achieved = effect(effects, filled, name, value)
        if achieved and achieved != absent[name]:
            found.append(f"{name}={value}: {achieved}")
    return found


def _pairs(offers: dict[str, list[str]]) -> list[list[tuple[str, str]]]:
    return [[(name, value) for value in values] for name, values in offers.items()]


def effect(effects: Effects, filled: Filled, name: str, value: str) -> list[str]:
    changes = effects.send(filled.act.role, filled.url, filled.data | {name: [value]})[1]
    return snapshot.told(changes)


def id_fields(form: PageForm) -> list[str]:
    """Fields whose values are keys or short names of records: hidden ones and those to choose from."""
    hidden = {name for name, value in form.hidden if value.isdigit()}
    chosen = {
        name
        for name, values in form.choices.items()
        if any(not CODES.match(value) for value in values) or _are_keys(values)
    }
    return sorted(name for name in hidden | chosen if not NO_IDS.match(name))


def _are_keys(values: list[str]) -> bool:
    """One digit may be the step of an answer; then there are four of them, from 0."""
    digits = [value for value in values if value.isdigit()]
    return bool(digits) and not {"0", "1", "2", "3"} <= set(digits)


def foreign_ids(effects: Effects, filled: Filled, name: str) -> list[str]:
    """Those first that belong to what this role must not even know of."""
    world, role, form = effects.visitor.world, filled.act.role, filled.form
    offered = {*form.choices.get(name, []), *filled.data.get(name, [])}
    offered |= {value for other, value in form.fields if other == name}
    known = ids_of_the_world(world)
    if name in form.autocompletes:
        # It offers on request whatever of its model this role may read.
        model = _asked_for(*form.autocompletes[name])
        known = [pair for pair in known if pair in _unread(world, model, role)]
    are_keys = any(value.isdigit() for value in offered)
    return [value for value, _ in known if value not in offered and value.isdigit() == are_keys]


def _asked_for(app_label: str, model_name: str, field_name: str) -> type[models.Model]:
    field: Any = apps.get_model(app_label, model_name)._meta.get_field(field_name)
    return field.related_model


@cache
def _unread(
    world: World, model: type[models.Model], role: str
) -> frozenset[tuple[str, frozenset[str]]]:
    found = set()
    for row in model._base_manager.select_related():
        readers = readers_by_field(world, row, [])["*"]
        if role not in readers:
            found.add((str(row.pk), readers))
    return frozenset(found)


@cache
def ids_of_the_world(world: World) -> list[tuple[str, frozenset[str]]]:
    """Keys and short names of all records, the most hidden ones first."""
    found: dict[str, frozenset[str]] = {}
    for model in walk.models():
        for row in model._base_manager.select_related():
            readers = readers_by_field(world, row, [])["*"]
            for value in (str(row.pk), *_short_names(row)):
                found[value] = found.get(value, readers) & readers
    return sorted(found.items(), key=lambda pair: (len(pair[1]), pair[0]))


def _short_names(row: models.Model) -> list[str]:
    fields = [f.name for f in row._meta.concrete_fields if isinstance(f, models.SlugField)]
    return [name for name in (getattr(row, field) for field in fields) if name]

"""`readers.csv`: who may read which field of which class of record, as data; see DESIGN.md, §4.

`x` may read it, `accounts` only on the pages where accounts are kept, an empty cell never. `fields`
is `*` or the names that differ from it. Whoever reads a row also reads the records that
`also_reads` leads to, one or several paths.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path

from django.db.models import Model

from tests.harness.classes import class_of
from tests.harness.world import World

FILE = Path(__file__).with_name("readers.csv")
# Where the coordination names a circle or invites, accounts are offered by name.
KEEPS_ACCOUNTS = re.compile(
    r"^(accounts:invite|accounts:invite_again|register:partnerships_partnership_(add|change))$"
)


@dataclass(frozen=True)
class Rule:
    model: str
    record_class: str
    fields: tuple[str, ...]
    also_reads: str
    cells: dict[str, str]

    def readers(self, route: str = "") -> frozenset[str]:
        is_accounts = bool(KEEPS_ACCOUNTS.match(route))
        return frozenset(
            role
            for role, cell in self.cells.items()
            if cell == "x" or (cell == "accounts" and is_accounts)
        )


@cache
def rules() -> dict[tuple[str, str, str], Rule]:
    """(model, class, field or "*") → rule."""
    found = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            model, record_class = line.pop("model"), line.pop("class")
            fields, also = tuple(line.pop("fields").split()), line.pop("also_reads")
            rule = Rule(model, record_class, fields, also, line)
            found |= {(model, record_class, field): rule for field in fields}
    return found


def readers_by_field(
    world: World, row: Model, fields: Iterable[str], route: str = ""
) -> dict[str, frozenset[str]]:
    """Field → readers; `*` stands for the record itself. KeyError names what nobody has listed."""
    key = (row._meta.label, class_of(world, row))
    found = {}
    for field in ("*", *fields):
        rule = rules().get((*key, field)) or rules()[(*key, "*")]
        found[field] = rule.readers(route)
    for also in rules()[(*key, "*")].also_reads.split():
        if (record := attrgetter(also)(row)) is not None:
            above = readers_by_field(world, record, [], route)["*"]
            found = {field: readers & above for field, readers in found.items()}
    return found

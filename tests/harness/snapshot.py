"""Every row of every table of ours before and after a request, and what is different.

The history repeats what the tables say and the receipt of a form says nothing about a record:
both are left out.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from tests.harness import walk
from ui.models import FormReceipt

Rows = dict[tuple[str, str], dict[str, Any]]
# What differs each time: keys of new rows, times, salted or signed texts.
VOLATILE = re.compile(r"^(id|message_id|password|last_login|link|.*_at)$")


@dataclass(frozen=True)
class Change:
    """`before` is empty for a new row, `after` for one that is gone."""

    table: str
    key: str
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def columns(self) -> set[str]:
        names = self.before.keys() | self.after.keys()
        return {name for name in names if self.before.get(name) != self.after.get(name)}


@cache
def tables() -> tuple[type[Model], ...]:
    return tuple(
        model for model in (*walk.models(), *walk.join_tables()) if model is not FormReceipt
    )


def rows() -> Rows:
    """All tables in one query."""
    parts = [
        f"SELECT '{model._meta.db_table}', t.{model._meta.pk.column}::text, to_jsonb(t)::text "
        f'FROM "{model._meta.db_table}" t'
        for model in tables()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {(table, key): json.loads(text) for table, key, text in cursor.fetchall()}


def changes(before: Rows, after: Rows) -> list[Change]:
    keys = sorted(before.keys() | after.keys())
    return [
        Change(*key, before.get(key, {}), after.get(key, {}))
        for key in keys
        if before.get(key) != after.get(key)
    ]


def told(found: Iterable[Change]) -> list[str]:
    """The same act tells the same, whenever it happens: without times and keys of new rows."""
    found = list(found)
    new = {(change.table, change.key) for change in found if not change.before}
    return sorted(_told(change, new) for change in found)


def _told(change: Change, new: set[tuple[str, str]]) -> str:
    key = "new" if not change.before else change.key
    points_to = _foreign_keys(change.table)
    values = {
        name: "new" if (points_to.get(name, ""), str(value)) in new else value
        for name, value in sorted(change.after.items())
        if name in change.columns and not VOLATILE.match(name)
    }
    times = sorted(name for name in change.columns if VOLATILE.match(name) and change.before)
    gone = "" if change.after else " gone"
    return f"{change.table} {key}{gone} {json.dumps(values, default=str)} {times}"


@cache
def _foreign_keys(table: str) -> dict[str, str]:
    """Column → the table it points to."""
    model = next(model for model in tables() if model._meta.db_table == table)
    return {
        field.column: field.related_model._meta.db_table
        for field in model._meta.concrete_fields
        if field.is_relation
    }

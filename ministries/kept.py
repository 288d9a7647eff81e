"""Queries whose wording is kept: composing one takes Django longer than the database needs to answer it.

Only the wording is kept, never an answer. It follows from who asks, in which capacities, and the day;
what differs from call to call comes as a condition around it. Worth it from some 5 ms on (ADR 9).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

from ministries.accounts.roles import Capacity
from ministries.accounts.users import User

More = ParamSpec("More")
Row = TypeVar("Row", bound=Model)
WORDINGS = 500
# The key of the one record that a kept query is about, until `about` puts in which.
ANY = -(2**62)


@dataclass(frozen=True)
class Wording:
    """Without text where nobody need be asked: nothing can be found."""

    sql: str = ""
    values: tuple[Any, ...] = ()

    def where(self, condition: str, *values: Any) -> "Wording":
        """`condition` names columns of the query as `kept.<name>`."""
        return self._around("SELECT kept.* FROM ({}) AS kept WHERE " + condition, *values)  # noqa: S608

    def about(self, pk: int) -> "Wording":
        """Of a query that was composed for `ANY`: the one of this record."""
        return Wording(self.sql, tuple(pk if value == ANY else value for value in self.values))

    def rows(self) -> list[tuple[Any, ...]]:
        if not self.sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values)
            return cursor.fetchall()

    def first(self) -> dict[str, Any] | None:
        """Columns and annotations of a row under their names."""
        if not self.sql:
            return None
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values)
            row = cursor.fetchone()
            return (
                {c.name: v for c, v in zip(cursor.description, row, strict=True)} if row else None
            )

    def _around(self, frame: str, *values: Any) -> "Wording":
        if not self.sql:
            return self
        return Wording(frame.replace("{}", self.sql), (*self.values, *values))


def counts(*wordings: Wording, most: int | None = None) -> list[int]:
    """How many rows each of them finds, in one query; of more than `most` the rest is not looked for."""
    asked = [wording for wording in wordings if wording.sql]
    end = f" LIMIT {most}" if most else ""
    columns = ", ".join(
        f"(SELECT count(*) FROM ({wording.sql}{end}) AS kept)"  # noqa: S608
        for wording in asked
    )
    values = [value for wording in asked for value in wording.values]
    numbers = iter(Wording(f"SELECT {columns}", tuple(values)).rows()[0] if asked else ())
    return [next(numbers) if wording.sql else 0 for wording in wordings]


Composed: TypeAlias = Callable[Concatenate[User, date, More], QuerySet[Any]]


def instance_of(model: type[Row], found: dict[str, Any]) -> Row:
    """What the ORM makes of such a row: the record, its annotations beside its fields."""
    names = [field.attname for field in model._meta.concrete_fields]
    record = model.from_db(connection.alias, names, [found[name] for name in names])
    vars(record).update((name, value) for name, value in found.items() if name not in names)
    return record


def kept(
    compose: Composed[More], wordings: int = WORDINGS
) -> Callable[Concatenate[User, date, More], Wording]:
    """Decorator: the wording of the query that the function composes.

    The function sees a person of whom nothing but the key and the capacities is known.
    """

    @lru_cache(maxsize=wordings)
    def composed(
        pk: int, capacities: tuple[Capacity, ...], day: date, more: Sequence[Any]
    ) -> Wording:
        return wording_of(compose(stand_in(pk, capacities), day, *more))  # type: ignore[call-arg]

    @wraps(compose)
    def wording(user: User, day: date, *more: More.args, **none: More.kwargs) -> Wording:
        return composed(user.pk, user.capacities, day, more)

    return wording


def stand_in(pk: int, capacities: tuple[Capacity, ...]) -> User:
    user = User(pk=pk)
    user.capacities = capacities
    return user


def wording_of(rows: QuerySet[Any]) -> Wording:
    try:
        return Wording(*rows.query.sql_with_params())
    except EmptyResultSet:
        return Wording()

"""What a list shows and hands out, column by column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """`value` is what it tells, as a function or a path of attributes; without, what `key` names.

    A column with a `sort`, which is what `order_by` takes, has its key in addresses. A page shows
    the value, unless `cell` makes markup of a row or a `template` does, for what needs the request.
    """

    key: str
    label: str
    value: str | Callable[[Row], Any] = ""
    sort: Sequence[Any] = ()
    cell: Callable[[Row], Any] | None = None
    template: str = ""
    is_numeric: bool = False
    in_file: bool = True

    @property
    def is_plain(self) -> bool:
        """Its first cell may be the link to the row; a template would call `cell` itself."""
        return self.cell is None

    @property
    def read(self) -> Callable[[Row], Any]:
        return self.value if callable(self.value) else attrgetter(self.value or self.key)


def chosen(columns: Sequence[Column[Row]], keys: Sequence[str]) -> list[Column[Row]]:
    """Those of these keys, in this order; without keys all."""
    by_key = {column.key: column for column in columns}
    return [by_key[key] for key in keys or by_key]

"""What a list shows and hands out, column by column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """`value` is what it tells, as a function or a path of attributes; without, what `key` names.

    A column with a `sort`, which is what `order_by` takes, has its key in addresses.
    """

    key: str
    label: str
    value: str | Callable[[Any], Any] = ""
    sort: Sequence[Any] = ()
    in_file: bool = True

    @property
    def read(self) -> Callable[[Any], Any]:
        return self.value if callable(self.value) else attrgetter(self.value or self.key)

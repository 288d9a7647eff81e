"""What a list shows and hands out, column by column."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """`key` names the attribute it tells, unless `value` says how to come by it."""

    key: str
    label: str
    value: Callable[[Any], Any] | None = None

    @property
    def read(self) -> Callable[[Any], Any]:
        return self.value or attrgetter(self.key)

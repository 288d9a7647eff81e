"""What a list shows and hands out, column by column."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Column(NamedTuple):
    key: str
    label: str
    value: Callable[[Any], Any]

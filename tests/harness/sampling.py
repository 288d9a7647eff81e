"""What the quick loop leaves to the whole suite: of a long table it drives every sixth row."""

from collections.abc import Sequence
from typing import Any

import pytest

EVERY = 6


def sampled(rows: Sequence[Any]) -> list[Any]:
    return [
        row if number % EVERY == 0 else pytest.param(row, marks=pytest.mark.long)
        for number, row in enumerate(rows)
    ]

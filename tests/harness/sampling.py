"""What the quick loop leaves to the whole suite, and the whole suite to the drill.

Of a long table the quick loop drives every 24th row; `drill_rest` leaves to the suite every third.
"""

import os
from collections.abc import Sequence
from typing import Any

import pytest

SUITE = 3
# `make test-pg15` asks for more of them than the quick loop.
QUICK = int(os.environ.get("BRUECKE_SAMPLE", "24"))


def sampled(rows: Sequence[Any], *, drill_rest: bool = False) -> list[Any]:
    return [_marked(row, number, drill_rest) for number, row in enumerate(rows)]


def _marked(row: Any, number: int, drill_rest: bool) -> Any:
    if number % QUICK == 0:
        return row
    if drill_rest and number % SUITE:
        return pytest.param(row, marks=pytest.mark.drill)
    return pytest.param(row, marks=pytest.mark.long)

"""What the quick loop leaves to the whole suite, and the whole suite to the drill.

Of a long table the quick loop drives every twelfth row; `drill_rest` leaves to the suite every third.
"""

from collections.abc import Sequence
from typing import Any

import pytest

QUICK, SUITE = 12, 3


def sampled(rows: Sequence[Any], *, drill_rest: bool = False) -> list[Any]:
    return [_marked(row, number, drill_rest) for number, row in enumerate(rows)]


def _marked(row: Any, number: int, drill_rest: bool) -> Any:
    if number % QUICK == 0:
        return row
    if drill_rest and number % SUITE:
        return pytest.param(row, marks=pytest.mark.drill)
    return pytest.param(row, marks=pytest.mark.long)

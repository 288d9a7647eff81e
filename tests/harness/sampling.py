"""What the quick loop leaves to the whole suite, and the whole suite to the drill.

Of a long table the quick loop drives every 24th row; of what is alike from address to address the
suite drives a third, each day another one, the drill all of it.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

from ministries.clock import today

One = TypeVar("One")
THIRDS = 3
# `make test-pg15` asks for more of them than the quick loop.
QUICK = int(os.environ.get("BRUECKE_SAMPLE", "24"))
DAY = today().toordinal()


def sampled(rows: Sequence[One]) -> list[One]:
    """The rows as parameters of a test, those marked that the quick loop leaves out."""
    return [
        row if number % QUICK == 0 else pytest.param(row, marks=pytest.mark.long)  # type: ignore[misc]
        for number, row in enumerate(rows)
    ]


def third(rows: Sequence[One], number: int = 0) -> list[One]:
    """Another one each day, and another one for each `number`, so that all are met within three."""
    return list(rows[(DAY + number) % THIRDS :: THIRDS])


def third_of(rows: Sequence[One]) -> list[One]:
    """The rows as parameters of a test; two thirds of them are left to the drill."""
    return [_left(row, to_drill=not is_asked_today(number)) for number, row in enumerate(rows)]


def turning(rows: Sequence[One], many: int) -> list[One]:
    """The same with so many of them a day, all of them in turn."""
    today = {(DAY * many + number) % len(rows) for number in range(many)}
    return [_left(row, to_drill=number not in today) for number, row in enumerate(rows)]


def _left(row: One, *, to_drill: bool) -> One:
    marks = (pytest.mark.long, pytest.mark.drill) if to_drill else pytest.mark.long
    return pytest.param(row, marks=marks)  # type: ignore[return-value]


def is_asked_today(number: int) -> bool:
    return number % THIRDS == DAY % THIRDS

"""Kosten: always told by who bears them, never one sum over all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from partnerships.models import CostLine


@dataclass
class BearerSum:
    bearer: str
    planned: Decimal | None = None
    actual: Decimal | None = None

    def add(self, line: CostLine) -> None:
        if line.planned is not None:
            self.planned = (self.planned or Decimal()) + line.planned
        if line.actual is not None:
            self.actual = (self.actual or Decimal()) + line.actual


def bearer_words(line: CostLine) -> str:
    """The house by its abbreviation, everybody else by their kind."""
    return line.ministry.abbreviation if line.ministry else str(line.get_bearer_display())


def sums_by_bearer(lines: Iterable[CostLine]) -> list[BearerSum]:
    """In the order in which the bearers are first named."""
    sums: dict[str, BearerSum] = {}
    for line in lines:
        words = bearer_words(line)
        sums.setdefault(words, BearerSum(words)).add(line)
    return list(sums.values())

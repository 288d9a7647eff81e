"""Kosten: always told by who bears them, never one sum over all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from partnerships.records.activities.parts import CostLine


class Cost(NamedTuple):
    bearer: str
    planned: Decimal | None
    actual: Decimal | None


@dataclass
class BearerSum:
    bearer: str
    planned: Decimal | None = None
    actual: Decimal | None = None

    def add(self, cost: Cost) -> None:
        if cost.planned is not None:
            self.planned = (self.planned or Decimal()) + cost.planned
        if cost.actual is not None:
            self.actual = (self.actual or Decimal()) + cost.actual


def sums_by_bearer(costs: Iterable[Cost]) -> list[BearerSum]:
    """In the order in which the bearers are first named."""
    sums: dict[str, BearerSum] = {}
    for cost in costs:
        sums.setdefault(cost.bearer, BearerSum(cost.bearer)).add(cost)
    return list(sums.values())


def cost_of(line: CostLine) -> Cost:
    return Cost(bearer_words(line), line.planned, line.actual)


def bearer_words(line: CostLine) -> str:
    """The house by its abbreviation, everybody else by their kind."""
    return line.ministry.abbreviation if line.ministry else str(line.get_bearer_display())


def with_cost_lines(rows: Any) -> Any:
    """Adds `cost_lines` to activities, for `costs_of`."""
    lines = CostLine.objects.filter(activity=OuterRef("pk")).order_by("bearer", "pk")
    names = {"bearer": "bearer", "house": "ministry__abbreviation"}
    told = JSONObject(**names, planned="planned", actual="actual")
    return rows.annotate(cost_lines=ArraySubquery(lines.values(told=told)))


def costs_of(activity: Any) -> list[Cost]:
    return [
        Cost(
            line["house"] or str(CostLine.Bearer(line["bearer"]).label),
            _amount(line["planned"]),
            _amount(line["actual"]),
        )
        for line in activity.cost_lines
    ]


def _amount(value: float | None) -> Decimal | None:
    """JSON knows no decimals; two places survive the way."""
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))

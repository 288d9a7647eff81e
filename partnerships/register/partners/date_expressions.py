"""Days reckoned in months by the database, so that lists filter and sort by them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import BooleanField, DateField, Func, Value


class MonthsAfter(Func):
    """`MonthsAfter(day, months)`; months may be negative, a missing 31st becomes the last day."""

    arity = 2
    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "
    output_field: Any = DateField()


class NextInCycle(Func):
    """`NextInCycle(first, months, day)`: `first`, or later by whole cycles, not before `day`."""

    arity = 3
    template = (
        "(SELECT (first + make_interval(months => step * GREATEST(0, CEIL(("
        "12 * date_part('year', past) + date_part('month', past)"
        " + CASE WHEN date_part('day', past) > 0 THEN 1 ELSE 0 END"
        ") / step))::integer))::date FROM (SELECT first, step::integer, age(day, first) AS past"
        " FROM (VALUES (%(expressions)s)) AS given (first, step, day)) AS cycle)"
    )
    output_field: Any = DateField()


class InAnySpan(Func):
    """`InAnySpan(day, spans)`: the day lies in one of the spans, first and last day included."""

    template = "%(expressions)s::datemultirange)"
    arg_joiner = " <@ ("
    output_field: Any = BooleanField()

    def __init__(self, day: Any, spans: Iterable[tuple[date, date]]) -> None:
        listed = ",".join(f"[{first},{last}]" for first, last in spans)
        super().__init__(day, Value(f"{{{listed}}}"))

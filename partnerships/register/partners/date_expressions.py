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


class InAnySpan(Func):
    """`InAnySpan(day, spans)`: the day lies in one of the spans, first and last day included."""

    template = "%(expressions)s::datemultirange)"
    arg_joiner = " <@ ("
    output_field: Any = BooleanField()

    def __init__(self, day: Any, spans: Iterable[tuple[date, date]]) -> None:
        listed = ",".join(f"[{first},{last}]" for first, last in spans)
        super().__init__(day, Value(f"{{{listed}}}"))

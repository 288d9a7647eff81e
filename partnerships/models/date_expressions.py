"""Days reckoned in months by the database, so that lists filter and sort by them."""

from typing import Any

from django.db.models import DateField, Func


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

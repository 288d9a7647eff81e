"""Terms and notice periods in months, by §§ 187 and 188 BGB, reckoned by the database.

A period of months ends on the day with the same number, or on the last day of a month that has
none. Where a term ends on the last day of a month, so does the period: it runs from the beginning
of the next day. So the later of both readings counts.
"""

from typing import Any

from django.db.models import DateField, Func

LONGEST_NOTICE, LONGEST_RENEWAL = 120, 600  # months


class LastDayForNotice(Func):
    """`LastDayForNotice(end, months)`: notice that arrives on this day still ends the term."""

    arity = 2
    template = (
        "(SELECT GREATEST((term_end + 1 - make_interval(months => notice))::date - 1,"
        " (term_end - make_interval(months => notice))::date)"
        " FROM (VALUES (%(expressions)s)) AS given (term_end, notice))"
    )
    output_field: Any = DateField()


class InCycle(Func):
    """Of a term that renews itself, always reckoned from its first end: the first such day from `day` on."""

    arity = 4
    template = (
        "(SELECT min(%(column)s) FROM (SELECT day, term_end,"
        " GREATEST((term_end + 1 - make_interval(months => notice))::date - 1,"
        " (term_end - make_interval(months => notice))::date) AS last_day"
        " FROM (SELECT day, notice,"
        " GREATEST((first + 1 + make_interval(months => step * turn))::date - 1,"
        " (first + make_interval(months => step * turn))::date) AS term_end"
        " FROM (SELECT first, step::integer, notice::integer, day, GREATEST(0,"
        " (12 * (date_part('year', day) - date_part('year', first))"
        " + date_part('month', day) - date_part('month', first) + notice)::integer / step) AS past"
        " FROM (VALUES (%(expressions)s)) AS given (first, step, notice, day)) AS begun,"
        " generate_series(past, past + 1) AS turn) AS terms) AS days WHERE last_day >= day)"
    )
    output_field: Any = DateField()


class NextNotice(InCycle):
    """`NextNotice(first_end, renewal_months, notice_months, day)`."""

    template = InCycle.template.replace("%(column)s", "last_day")


class EndAfterNotice(InCycle):
    """`EndAfterNotice(first_end, renewal_months, notice_months, day)`: when such notice ends the term.

    With a notice of 0 months the end of the term that runs on that day.
    """

    template = InCycle.template.replace("%(column)s", "term_end")

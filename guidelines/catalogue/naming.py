"""Short names of rounds and editions: of a year, and a number where the year has several."""

from itertools import count

from django.db.models import QuerySet


def free_slug(rows: QuerySet, wanted: str) -> str:
    """ "2026", or the first of "2026-2", "2026-3" … that none of these has."""
    taken = set(rows.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(slug for number in count(2) if (slug := f"{wanted}-{number}") not in taken)

"""The short name of a round: its year, and a number where the year has several."""

from itertools import count

from guidelines.rounds.models import CheckRound


def free_slug(wanted: str) -> str:
    """ "2026", or the first of "2026-2", "2026-3" … that no round has."""
    taken = set(CheckRound.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(slug for number in count(2) if (slug := f"{wanted}-{number}") not in taken)

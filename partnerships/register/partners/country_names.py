"""Countries in German; the register keeps their codes."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from django_countries import countries


@cache
def country_name(code: str) -> str:
    return str(countries.name(code))


def country_names(codes: Iterable[str]) -> list[str]:
    """Each once."""
    return [country_name(code) for code in dict.fromkeys(codes)]


def country_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """In the order of their names, Österreich after Norwegen."""
    return [(code, country_name(code)) for code in sorted(codes, key=_place)]


@cache
def _place(code: str) -> str:
    return unicodedata.normalize("NFKD", country_name(code))

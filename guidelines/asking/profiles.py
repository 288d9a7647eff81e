"""Reads from the register what `houses.py` reckons with; a fixed number of queries."""

from collections.abc import Iterable
from datetime import date

from guidelines.asking.houses import Houses, Profile
from guidelines.catalogue.models import Criterion, Edition
from ministries.models import Ministry, Responsibility
from partnerships.models import Lead, Participation, Partnership, Region


def houses_on(day: date) -> Houses:
    ministries = list(Ministry.objects.on(day).in_protocol_order())
    (chancellery,) = (ministry for ministry in ministries if ministry.is_chancellery)
    return Houses(
        ministries={ministry.pk: ministry for ministry in ministries},
        chancellery_id=chancellery.pk,
        in_charge=Responsibility.objects.by_area(day),
    )


def criteria_of(edition: Edition) -> list[Criterion]:
    """In the order of the catalogue: 4.2 before 10.1."""
    return list(
        Criterion.objects.filter(guideline__edition=edition)
        .select_related("guideline", "subject_area")
        .order_by("guideline__number", "code")
    )


def profiles_on(day: date, partnerships: Iterable[Partnership]) -> dict[int, Profile]:
    """Partnership id → profile."""
    by_id = {partnership.pk: partnership for partnership in partnerships}
    countries: dict[int, set[str]] = {pk: set() for pk in by_id}
    border: set[int] = set()
    rows = Region.objects.filter(partnerships__in=by_id).values_list(
        "partnerships", "country", "is_border_region"
    )
    for pk, country, is_border_region in rows:
        countries[pk].add(str(country))
        if is_border_region:
            border.add(pk)
    areas: dict[int, dict[int, str]] = {pk: {} for pk in by_id}
    tagged = Participation.objects.filter(partnership__in=by_id).order_by(
        "subject_area__sort_order", "subject_area__name"
    )
    for pk, area_id, name in tagged.values_list(
        "partnership_id", "subject_area_id", "subject_area__name"
    ):
        areas[pk][area_id] = name
    leads = dict(
        Lead.objects.on(day).filter(partnership__in=by_id).values_list("partnership", "ministry")
    )
    return {
        pk: Profile(
            partnership=partnership,
            countries=frozenset(countries[pk]),
            is_border_region=pk in border,
            areas=areas[pk],
            lead_id=leads.get(pk),
        )
        for pk, partnership in by_id.items()
    }

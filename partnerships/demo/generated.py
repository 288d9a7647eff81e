"""Partnerships in any number, with regions, periods, agreements and subject areas: for measuring only.

The same seed and day give the same rows. Everything goes through `bulk_create` in batches that
stay far below the statement timeout; the history is written by its triggers as always.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Model

from ministries.models import Ministry, SubjectArea, User
from partnerships.demo import generated_words as words
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Participation, Partnership
from partnerships.register.partners.periods import Lead, StatusPeriod
from partnerships.register.partners.regions import PartnerAuthority, Region
from partnerships.register.partners.statuses import Status

BATCH = 500
SLUG = "messdaten-"
SOURCE = "Messdaten, erzeugt"
ONE_DAY = timedelta(days=1)
Row = TypeVar("Row", bound=Model)
Choice = TypeVar("Choice")

# Weighted choices: value → how often.
HISTORIES: dict[tuple[Status, ...], int] = {
    (Status.ACTIVE,): 34,
    (Status.EXPLORATORY, Status.ACTIVE): 24,
    (Status.ACTIVE, Status.DORMANT, Status.ACTIVE): 6,
    (Status.EXPLORATORY,): 11,
    (Status.ACTIVE, Status.DORMANT): 12,
    (Status.EXPLORATORY, Status.ENDED): 5,
    (Status.ACTIVE, Status.ENDED): 8,
}
KINDS = dict(zip(Partnership.Kind, (42, 16, 18, 14, 10), strict=True))
AGREEMENT_KINDS = dict(zip(Agreement.Kind, (34, 22, 14, 12, 8, 10), strict=True))
TERMS = dict(zip(Agreement.Term, (34, 30, 16, 20), strict=True))
HOW_MANY_AGREEMENTS = {0: 28, 1: 37, 2: 21, 3: 10, 4: 4}
HOW_MANY_AREAS = {1: 12, 2: 24, 3: 26, 4: 18, 5: 11, 7: 6, 9: 3}
HOW_MANY_REGIONS = {1: 92, 2: 6, 3: 2}


@dataclass
class Surroundings:
    """What the rows refer to, all of it in the database already."""

    chance: random.Random
    today: date
    ministries: list[Ministry]
    areas: list[SubjectArea]
    confirmed_by: User
    officers: list[User]
    names: set[str] = field(default_factory=set)

    def weighted(self, choices: dict[Choice, int]) -> Choice:
        return self.chance.choices(list(choices), list(choices.values()))[0]

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def day_between(self, first: date, last: date) -> date:
        return first + timedelta(days=self.chance.randint(0, max(0, (last - first).days)))

    def origin(self) -> dict[str, Any]:
        """Two thirds are confirmed."""
        if not self.happens(0.66):
            return {"source": SOURCE}
        day = self.today - timedelta(days=self.chance.randint(5, 400))
        return {"source": SOURCE, "confirmed_on": day, "confirmed_by": self.confirmed_by}


def written(rows: Iterable[Row]) -> list[Row]:
    """Store them, batch by batch, and give them back with their keys."""
    rows = list(rows)
    if rows:
        type(rows[0])._base_manager.bulk_create(rows, batch_size=BATCH)
    return rows


def generate_partnerships(around: Surroundings, number: int, in_check: int) -> list[Partnership]:
    """The first `in_check` of them take part in every Leitlinien-Check."""
    partnerships = written(_partnership(around, i, i < in_check) for i in range(number))
    _regions(around, partnerships)
    through = Partnership.circle.through
    written(
        through(partnership=partnership, user=user)
        for partnership in partnerships
        if partnership.is_confidential
        for user in around.chance.sample(around.officers, min(3, len(around.officers)))
    )
    written(period for one in partnerships for period in _status_periods(around, one))
    written(lead for one in partnerships for lead in _leads(around, one))
    written(area for one in partnerships for area in _participations(around, one))
    _agreements(around, partnerships)
    return partnerships


def _partnership(around: Surroundings, number: int, in_check: bool) -> Partnership:
    since = around.day_between(date(1990, 11, 8), around.today - timedelta(days=120))
    marked = around.happens(0.03)
    partnership = Partnership(
        slug=f"{SLUG}{number + 1}",
        name=words.region_name(around.chance, around.names),
        kind=around.weighted(KINDS),
        in_check=in_check,
        established_on=since,
        established_on_precision="year" if since.year < 2000 else "day",
        file_reference=f"SK-{around.chance.randint(10, 99)}-{number + 1:05}",
        is_confidential=not in_check and around.happens(0.01),
        **around.origin(),
    )
    if marked:
        partnership.scrutiny_since = around.today - timedelta(days=around.chance.randint(10, 300))
        partnership.scrutiny_reason = around.chance.choice(words.SCRUTINY)
    if around.happens(0.2):
        partnership.agreed_wording = words.WORDING
        partnership.agreed_wording_on = around.day_between(since, around.today)
    return partnership


def _regions(around: Surroundings, partnerships: list[Partnership]) -> None:
    """Each with its own region; some share those of the one before."""
    owned = [_own_regions(around, partnership) for partnership in partnerships]
    regions = written(region for group in owned for region in group)
    through = Region.partnerships.through
    links = [
        through(region=region, partnership=partnership)
        for partnership, group in zip(partnerships, owned, strict=True)
        for region in group
    ]
    for one, neighbour in zip(owned, partnerships[1:], strict=False):
        if around.happens(0.04):
            links.append(through(region=one[0], partnership=neighbour))
    written(links)
    written(
        PartnerAuthority(
            region=region,
            name=f"Verwaltung von {region.name}",
            kind=around.chance.choice(PartnerAuthority.Kind.values),
            **around.origin(),
        )
        for region in regions
        if around.happens(0.6)
    )


def _own_regions(around: Surroundings, partnership: Partnership) -> list[Region]:
    regions = []
    for position in range(around.weighted(HOW_MANY_REGIONS)):
        country = around.weighted({code: row[0] for code, row in words.COUNTRIES.items()})
        _, kind, language = words.COUNTRIES[country]
        name = words.region_name(around.chance, around.names) if position else partnership.name
        regions.append(
            Region(
                slug=f"{partnership.slug}-{position + 1}",
                name=name,
                official_name=f"{kind} {name}",
                aliases=f"{name}er Land" if around.happens(0.3) else "",
                country=country,
                seat=words.seat_name(around.chance),
                latitude=round(around.chance.uniform(-35, 65), 3),
                longitude=round(around.chance.uniform(-120, 140), 3),
                languages=language,
                population=int(around.chance.lognormvariate(14, 0.9)),
                population_year=around.today.year - 2,
                is_border_region=country in words.BORDERING and around.happens(0.2),
                **around.origin(),
            )
        )
    return regions


def _status_periods(around: Surroundings, partnership: Partnership) -> Iterator[StatusPeriod]:
    history = around.weighted(HISTORIES)
    begins = _begins(around, partnership, len(history))
    ends = [begin - ONE_DAY for begin in begins[1:]] + [None]
    for status, begin, end in zip(history, begins, ends, strict=True):
        is_dormant = status == Status.DORMANT
        review_on = around.today + timedelta(days=around.chance.randint(31, 700))
        yield StatusPeriod(
            partnership=partnership,
            status=status,
            valid_from=begin,
            valid_until=end,
            valid_from_precision=partnership.established_on_precision,
            reason=words.STATUS_REASONS[status],
            resume_condition=words.RESUME_CONDITION if is_dormant else "",
            review_on=review_on if is_dormant else None,
            **around.origin(),
        )


def _begins(around: Surroundings, partnership: Partnership, number: int) -> list[date]:
    first = partnership.established_on or around.today
    days = range(1, (around.today - first).days)
    later = sorted(around.chance.sample(days, number - 1))
    return [first, *(first + timedelta(days=day) for day in later)]


def _leads(around: Surroundings, partnership: Partnership) -> Iterator[Lead]:
    """Nearly all have one; every sixth had another before, when that house existed."""
    if around.happens(0.015):
        return
    # The Staatskanzlei and the houses of the larger fields lead more often.
    house = around.weighted({h: 12 if h.is_chancellery else 3 for h in around.ministries})
    first = partnership.established_on or around.today
    begin = max(first, house.valid_from or first)
    if around.happens(0.17) and (begin - first).days > 400:
        former = next(one for one in around.ministries if one.is_chancellery)
        if former != house:
            yield Lead(
                partnership=partnership,
                ministry=former,
                valid_from=first,
                valid_until=begin - ONE_DAY,
                **around.origin(),
            )
    yield Lead(partnership=partnership, ministry=house, valid_from=begin, **around.origin())


def _participations(around: Surroundings, partnership: Partnership) -> Iterator[Participation]:
    number = min(len(around.areas), around.weighted(HOW_MANY_AREAS))
    for area in around.chance.sample(around.areas, number):
        yield Participation(partnership=partnership, subject_area=area, **around.origin())


def _agreements(around: Surroundings, partnerships: list[Partnership]) -> None:
    """Wave by wave, because a renewal names the agreement before it."""
    wanted = {one.pk: around.weighted(HOW_MANY_AGREEMENTS) for one in partnerships}
    before: dict[int, Agreement] = {}
    for wave in range(max(HOW_MANY_AGREEMENTS)):
        rows = [
            _agreement(around, one, wave, before.get(one.pk))
            for one in partnerships
            if wanted[one.pk] > wave
        ]
        before = {row.partnership_id: row for row in written(rows)}


def _agreement(
    around: Surroundings, partnership: Partnership, wave: int, before: Agreement | None
) -> Agreement:
    earliest = partnership.established_on or around.today
    if before and before.signed_on:
        earliest = before.signed_on + ONE_DAY
    signed_on = around.day_between(min(earliest, around.today), around.today)
    renews = before is not None and (around.happens(0.5) or before.term == Agreement.Term.FIXED)
    kind = around.weighted(AGREEMENT_KINDS)
    term = around.weighted(TERMS)
    until = _end(around, signed_on) if term == Agreement.Term.FIXED else None
    return Agreement(
        slug=f"{partnership.slug}-v{wave + 1}",
        partnership=partnership,
        kind=kind,
        title=f"{Agreement.Kind(kind).label} {signed_on.year}",
        signed_on=signed_on,
        signed_on_precision="year" if signed_on.year < 2000 else "day",
        place=words.seat_name(around.chance),
        term=term,
        valid_until=until,
        predecessor=before if renews else None,
        file_reference=f"SK-V-{around.chance.randint(1000, 9999)}",
        **around.origin(),
    )


def _end(around: Surroundings, signed_on: date) -> date:
    """Most terms reach into the future; a few ran out and nobody has noticed."""
    end = signed_on + timedelta(days=365 * around.chance.randint(3, 10))
    if end < around.today and not around.happens(0.08):
        end = around.today + timedelta(days=around.chance.randint(20, 2500))
    return end

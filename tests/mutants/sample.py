"""Which mutants a run looks at: the same for the same seed, so many of each stratum, spread over functions."""

from collections import deque
from collections.abc import Iterable, Sequence
from math import ceil
from random import Random

from tests.mutants.mutants import Mutant, mutants_of
from tests.mutants.places import Place

# Of sixty.
SHARES = {
    "actions": 18,
    "permissions": 12,
    "visible": 8,
    "querysets": 6,
    "transitions": 6,
    "admin": 5,
    "ui": 5,
}
# Of each stratum, as far as it has decorated functions: 30 % of all are asked for.
DECORATED = 0.35
# A function that suddenly finds nothing is easily noticed.
SELDOM = {"result_changed": 0.3}


def sample(
    places: Iterable[Place], *, number: int, seed: int, strata: Sequence[str] = tuple(SHARES)
) -> list[Mutant]:
    by_stratum: dict[str, list[Place]] = {stratum: [] for stratum in strata}
    for place in places:
        by_stratum.get(place.stratum, []).append(place)
    drawn: list[Mutant] = []
    for stratum, quota in quotas(number, strata).items():
        random = Random(f"{seed} {stratum}")
        decorated = [place for place in by_stratum[stratum] if place.is_decorated]
        first = draw(decorated, min(ceil(quota * DECORATED), len(decorated)), random, ())
        drawn += [*first, *draw(by_stratum[stratum], quota - len(first), random, first)]
    return drawn


def quotas(number: int, strata: Sequence[str]) -> dict[str, int]:
    """Shares of `number`, the largest remainders rounded up."""
    whole = sum(SHARES[stratum] for stratum in strata)
    exact = {stratum: number * SHARES[stratum] / whole for stratum in strata}
    found = {stratum: int(share) for stratum, share in exact.items()}
    by_remainder = sorted(strata, key=lambda stratum: found[stratum] - exact[stratum])
    for stratum in by_remainder[: number - sum(found.values())]:
        found[stratum] += 1
    return found


def draw(
    places: Sequence[Place], number: int, random: Random, before: Iterable[Mutant]
) -> list[Mutant]:
    """One of each function in turn, so that a long one has no more of them than a short one."""
    taken = {(one.file, one.line) for one in before}
    known = {(one.file, one.function) for one in before}
    order = random.sample(places, len(places))
    queue = deque(sorted(order, key=lambda place: (place.source.file, place.function) in known))
    drawn: list[Mutant] = []
    while queue and len(drawn) < number:
        place = queue.popleft()
        if found := one_of(place, taken, random):
            drawn.append(found)
            taken.add((found.file, found.line))
            queue.append(place)
    return drawn


def one_of(place: Place, taken: set[tuple[str, int]], random: Random) -> Mutant | None:
    """First the kind of mistake, then one of that kind: a function has more values than guards."""
    free = {
        operator: left
        for operator, mutants in mutants_of(place).items()
        if (left := [one for one in mutants if (one.file, one.line) not in taken])
    }
    if not free:
        return None
    weights = [SELDOM.get(operator, 1.0) for operator in free]
    return random.choice(random.choices(list(free.values()), weights)[0])

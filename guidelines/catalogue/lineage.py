"""From which questions of earlier editions a question goes on, one to one."""

from collections.abc import Iterable, Iterator, Mapping

from guidelines.catalogue.models import Criterion


def predecessors_of(criteria: Iterable[int]) -> dict[int, list[int]]:
    """Criterion → those of earlier editions it goes on from, the nearest first."""
    links = dict(
        Criterion.objects.filter(predecessor__isnull=False).values_list("pk", "predecessor")
    )
    return {criterion: list(_chain(criterion, links)) for criterion in criteria}


def _chain(criterion: int, links: Mapping[int, int | None]) -> Iterator[int]:
    while former := links.get(criterion):
        yield former
        criterion = former

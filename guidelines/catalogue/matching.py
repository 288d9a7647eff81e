"""Which guideline or question of an edition is which of another one."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from guidelines.catalogue.lineage import predecessors_of
from guidelines.catalogue.models import Criterion, Edition, Guideline

Row = TypeVar("Row", Guideline, Criterion)


def questions_of(edition: Edition) -> list[Criterion]:
    criteria = Criterion.objects.filter(guideline__edition=edition)
    related = (
        "guideline",
        "subject_area",
        "predecessor__subject_area",
        "predecessor__guideline__edition",
    )
    return list(criteria.select_related(*related).order_by("guideline__number", "code"))


def free_questions(older: Edition, draft: Edition) -> list[Criterion]:
    """Those of the older edition that no third edition goes on from."""
    elsewhere = Criterion.objects.filter(predecessor__isnull=False).exclude(
        guideline__edition=draft
    )
    taken = set(elsewhere.values_list("predecessor", flat=True))
    return [row for row in questions_of(older) if row.pk not in taken]


def pairs_of(older: Sequence[Criterion], newer: Sequence[Criterion]) -> dict[int, Criterion]:
    """Question of the newer edition → the one of the older edition it goes on from.

    As long as that is said of none, those alike are taken for it.
    """
    former = {row.pk for row in older}
    known = {
        pk: found
        for pk, chain in predecessors_of([row.pk for row in newer]).items()
        if (found := next((one for one in chain if one in former), 0))
    }
    return matched(older, newer, known, []) if known else alike(older, newer)


def alike(older: Sequence[Criterion], newer: Sequence[Criterion]) -> dict[int, Criterion]:
    """By the same wording, else by the same code; only where the answers are of one kind."""
    return matched(older, newer, {}, [_wording, _code])


def matched(
    older: Sequence[Row],
    newer: Sequence[Row],
    known: Mapping[int, int],
    keys: Iterable[Callable[[Row], Hashable]],
) -> dict[int, Row]:
    """Newer → older one: first what is `known`, then what is alike by each key in turn."""
    rows = {row.pk: row for row in older}
    found: dict[int, Row] = {}
    for pk, former in known.items():
        if former in rows:
            found[pk] = rows.pop(former)
    for key in keys:
        free = {key(row): row for row in reversed(rows.values())}
        for row in newer:
            if row.pk not in found and (match := free.pop(key(row), None)):
                found[row.pk] = rows.pop(match.pk)
    return found


def _wording(row: Criterion) -> Hashable:
    return row.scale, " ".join(row.question.split()).casefold()


def _code(row: Criterion) -> Hashable:
    return row.scale, row.code

"""Which mutants are drawn, and from where."""

from collections import Counter

import pytest

from tests.mutants.places import Place, places_in
from tests.mutants.sample import SHARES, quotas, sample
from tests.mutants.source import Source

pytestmark = pytest.mark.long


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sample_keeps_its_quotas(every_place: list[Place], seed: int) -> None:
    drawn = sample(every_place, number=60, seed=seed)

    assert Counter(mutant.stratum for mutant in drawn) == SHARES
    assert sum(mutant.is_decorated for mutant in drawn) >= 18
    assert len({(mutant.file, mutant.line) for mutant in drawn}) == 60


def test_sample_is_the_same_for_the_same_seed(every_place: list[Place]) -> None:
    first = sample(every_place, number=20, seed=1)

    assert sample(every_place, number=20, seed=1) == first
    assert sample(every_place, number=20, seed=2) != first


def test_small_sample_is_shared_by_the_largest_remainders() -> None:
    assert quotas(6, list(SHARES)) == {
        "actions": 2,
        "permissions": 1,
        "visible": 1,
        "querysets": 1,
        "transitions": 1,
        "admin": 0,
        "ui": 0,
    }
    assert quotas(3, ["actions", "ui"]) == {"actions": 2, "ui": 1}


def test_every_mutant_drawn_can_be_read_and_differs(
    sources: dict[str, Source], every_place: list[Place]
) -> None:
    for mutant in sample(every_place, number=40, seed=4):
        source = sources[mutant.file]
        compile(source.with_edit(mutant.edit), mutant.file, "exec")
        assert source.with_edit(mutant.edit) != source.content


@pytest.mark.parametrize(
    ("file", "function", "stratum", "is_decorated"),
    [
        ("partnerships/records/contacts/actions.py", "merge_contacts", "actions", True),
        ("partnerships/records/contacts/actions.py", "TAKEN_OVER", "actions", False),
        ("partnerships/permissions.py", "works_in_its_house", "permissions", True),
        ("partnerships/permissions.py", "partnerships.write_record", "permissions", False),
        ("partnerships/records/shared/models.py", "OwnedQuerySet.visible_to", "visible", False),
        ("partnerships/records/shared/models.py", "OwnedQuerySet.in_use", "querysets", False),
        ("ministries/history/dated.py", "valid_on", "querysets", False),
        ("guidelines/states/tables.py", "STATEMENT_TRANSITIONS", "transitions", False),
        ("guidelines/states/transitions.py", "perform", "transitions", True),
        ("ministries/administration/policy_admin.py", "Doors.has_add_permission", "admin", False),
        ("ui/dates.py", "german_date", "ui", False),
    ],
)
def test_place_belongs_to_its_stratum(
    every_place: list[Place], file: str, function: str, stratum: str, is_decorated: bool
) -> None:
    [found] = [p for p in every_place if (p.source.file, p.function) == (file, function)]

    assert (found.stratum, found.is_decorated) == (stratum, is_decorated)


def test_texts_and_pages_have_no_place() -> None:
    source = Source(
        "partnerships/register/partners/page_views.py",
        b"def detail(request) -> HttpResponse: ...\n",
    )

    assert list(places_in(source)) == []

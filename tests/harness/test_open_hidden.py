"""An open record that points at a hidden one says nothing of it, on no page and in no file.

Two roles a day follow everything they are given in a world full of such pairs, in the drill all of
them; see `open_hidden.py`.
"""

import pytest

from tests import figures
from tests.harness import matrix, open_hidden, pair_tables
from tests.harness.crawl import Visitor
from tests.harness.following import Crawl
from tests.harness.open_hidden import Planting
from tests.harness.sampling import turning

pytestmark = pytest.mark.long

# Lists and files of everything, and the partnership on which most pairs lie.
ALSO_READ = ("", "partnership_open", "region_open", "house_own", "disclosure", "house_disclosure")


@pytest.fixture(scope="module")
def planting(visitor: Visitor) -> Planting:
    return Planting(visitor.world, visitor.legend).run()


@pytest.fixture(scope="module")
def crawls() -> list[Crawl]:
    return []


def beginnings(visitor: Visitor) -> list[str]:
    """Every address that records of its kind have, of every pair."""
    records, objects = visitor.world.records, visitor.world.objects
    listed = {(row.route, type(records.get(row.object))) for row in matrix.rows()}
    found = []
    for name, keys in objects.items():
        alike = name.rpartition(" of ")[2]
        if name != alike or name in ALSO_READ:
            for route in visitor.routes.values():
                is_asked = (route.name, type(records.get(alike))) in listed
                if is_asked and set(route.parameters) <= keys.keys():
                    found.append(route.url(keys))
    return found


def test_every_key_forms_a_pair(planting: Planting) -> None:
    """A new key joins by itself, or is listed with its reason."""
    assert planting.failed == []
    formed = {pair.key for pair in planting.pairs}
    assert set(pair_tables.NO_PAIR) & formed == set()
    known = {key for key, _, _ in open_hidden.references()}
    assert set(pair_tables.NO_PAIR) | pair_tables.HIDES <= known


@pytest.mark.parametrize("role", turning(matrix.ROLES, 2))
def test_nobody_reads_what_a_pair_hides(
    visitor: Visitor, planting: Planting, crawls: list[Crawl], role: str
) -> None:
    crawl = Crawl(visitor, role, beginnings(visitor))
    crawls.append(crawl)
    crawl.run()
    assert sorted(set(crawl.leaks)) == []


@pytest.mark.drill
def test_number_of_hidden_targets_read(
    visitor: Visitor, planting: Planting, crawls: list[Crawl]
) -> None:
    own = {pair.token for pair in planting.pairs}
    figures.note(
        "Sichtbarkeit",
        "verborgene Ziele offener Einträge in Seiten, Listen und Dateien",
        asked=0,
        measured=len({leak for crawl in crawls for leak in crawl.leaks}),
        size=f"{len(own)} Paare von {len({pair.key for pair in planting.pairs})} Verweisen, davon "
        f"{len(own & visitor.legend.seen)} von jemandem gelesen, "
        f"{sum(sum(crawl.statuses.values()) for crawl in crawls)} Antworten",
    )
    assert own & visitor.legend.seen, "a crawl that sees nothing proves nothing"

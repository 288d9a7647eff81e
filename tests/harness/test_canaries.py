"""No token reaches anybody but its readers; see `canaries.py` and `readers.csv`.

Every request of the matrix is looked at for tokens too, in `test_policy.py`. Here each role
follows every link, form, list, file, search and suggestion it is given: three roles a day, in the
drill all of them.
"""

from urllib.parse import quote

import pytest

from tests import figures
from tests.harness import matrix, readers, walk
from tests.harness.canaries import REASON
from tests.harness.crawl import Visitor
from tests.harness.following import Crawl
from tests.harness.sampling import third, turning

# Their addresses fit every record; those of the matrix are asked.
ADMIN_AREAS = ("register:", "technical:")
SEARCHED = (
    "dashboards:search",
    "partnerships:list",
    "partnerships:agreements_list",
    "partnerships:activities_list",
)
# Texts that no page shows to anybody, each with its reason.
NOT_SHOWN: dict[str, str] = {
    "guidelines.StatementDraft.data": "shown to its author alone, who does not crawl",
    "guidelines.DelegationDraft.data": "shown to its author alone",
    "ministries.Notification.body": "goes by mail",
    "ministries.Notification.link": "goes by mail",
    "ministries.Notification.message_id": "goes by mail",
    "partnerships.ColumnMapping.mapping": "names of fields, chosen beforehand",
    "partnerships.Import.mapping": "names of fields, chosen beforehand",
    "partnerships.Import.rows": "shown as a preview",
    "partnerships.Organisation.source": "kept, shown nowhere yet",
    "partnerships.Partnership.search_text": "searched",
    "ui.FormReceipt.location": "where a repeated post is sent",
    "ui.FormReceipt.path": "compared with the address of a post",
}
# Classes that this world has no record of.
NOT_IN_THE_WORLD: set[tuple[str, str]] = {
    ("guidelines.StatementDraft", "officer"),
    ("guidelines.StatementDraft", "head"),
}


def test_every_model_takes_part(visitor: Visitor) -> None:
    """A model of which the world has no record would be proven by nothing."""
    planted = {canary.model for canary in visitor.legend.values()}
    assert {walk.label(model) for model in walk.models()} == planted


def test_every_class_of_the_table_is_in_the_world(visitor: Visitor) -> None:
    known = {(canary.model, canary.record_class) for canary in visitor.legend.values()}
    listed = {(rule.model, rule.record_class) for rule in readers.rules().values()}
    assert listed - known == NOT_IN_THE_WORLD


def beginnings(visitor: Visitor) -> list[str]:
    """Every address for every record, seen or not, and searches for a third of their words."""
    found = []
    listed = {(row.route, row.object) for row in matrix.rows()}
    for route in visitor.routes.values():
        for name, keys in visitor.world.objects.items():
            is_of_a_kind = route.name.startswith(ADMIN_AREAS) or "kind" in route.parameters
            fits = (
                (route.name, name) in listed
                if is_of_a_kind
                else set(route.parameters) <= keys.keys()
            )
            if fits:
                found.append(route.url(keys))
    words = {(one.model, one.record_class): token for token, one in visitor.legend.items()}
    for number, route_name in enumerate(SEARCHED):
        address = visitor.routes[route_name].url({})
        found += [f"{address}?q={quote(word)}" for word in third([*words.values()], number)]
    return found


@pytest.fixture(scope="module")
def crawls() -> list[Crawl]:
    return []


@pytest.mark.parametrize("role", turning(matrix.ROLES, 3))
def test_nobody_finds_a_foreign_token(visitor: Visitor, crawls: list[Crawl], role: str) -> None:
    crawl = Crawl(visitor, role, beginnings(visitor))
    crawls.append(crawl)
    crawl.run()
    assert sorted(set(crawl.leaks)) == []


@pytest.mark.drill
def test_the_crawl_finds_what_may_be_read(visitor: Visitor, crawls: list[Crawl]) -> None:
    """Runs after the crawls: a crawl that sees nothing proves nothing."""
    legend, answers = visitor.legend, sum(sum(crawl.statuses.values()) for crawl in crawls)
    figures.note(
        "Sichtbarkeit",
        "fremde Marken in Seiten, Listen, Dateien, Suche und Vorschlägen",
        asked=0,
        measured=len({leak for crawl in crawls for leak in crawl.leaks}),
        size=f"{len(crawls)} Rollen, {answers} Antworten, {len(legend)} Marken, davon "
        f"{len(legend.seen)} von jemandem gelesen",
    )
    shown = {f"{legend[token].model}.{legend[token].field}" for token in legend.seen}
    # A reason is read in /revision/ for a reason, which nobody gives who only follows links.
    every = {
        f"{canary.model}.{canary.field}" for canary in legend.values() if canary.field != REASON
    }
    assert sorted(every - shown) == sorted(NOT_SHOWN)

"""No token reaches anybody but its readers; see `canaries.py` and `readers.csv`.

Every request of the matrix is looked at for tokens too, in `test_policy.py`. Here each role
follows every link, form, list, file, search and suggestion it is given: three roles a day, in the
drill all of them.
"""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import quote

import pytest
from django.urls import Resolver404, resolve

from tests import figures
from tests.harness import leaks, matrix, readers, walk
from tests.harness.canaries import REASON
from tests.harness.crawl import Answer, Visitor
from tests.harness.page_forms import forms_of
from tests.harness.sampling import turning

LINK = re.compile(r'href="(/[^"#]*)')
NOT_FOLLOWED = re.compile(r"^/static/|^/(konto|verwaltung|technik)/(abmelden|logout)/")
# Their addresses fit every record; those of the matrix are asked.
ADMIN_AREAS = ("register:", "technical:")
VARIANTS_OF_A_PAGE = 15
SEARCHED = (
    "dashboards:search",
    "partnerships:list",
    "partnerships:agreements_list",
    "partnerships:activities_list",
)
# Texts that no page shows to anybody, each with its reason.
NOT_SHOWN: dict[str, str] = {
    "guidelines.StatementDraft.data": "shown to its author alone, who does not crawl",
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


class Crawl:
    """One role follows everything it is given."""

    def __init__(self, visitor: Visitor, role: str) -> None:
        self.visitor, self.role = visitor, role
        self.queue = deque(self._beginnings())
        self.known = set(self.queue)
        self.variants: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.leaks: list[str] = []

    def _beginnings(self) -> list[str]:
        """Every address for every record, seen or not, and searches for words of all records."""
        found = []
        listed = {(row.route, row.object) for row in matrix.rows()}
        for route in self.visitor.routes.values():
            for name, keys in self.visitor.world.objects.items():
                is_of_a_kind = route.name.startswith(ADMIN_AREAS) or "kind" in route.parameters
                fits = (
                    (route.name, name) in listed
                    if is_of_a_kind
                    else set(route.parameters) <= keys.keys()
                )
                if fits:
                    found.append(route.url(keys))
        words = {(one.model, one.record_class): token for token, one in self.visitor.legend.items()}
        for route_name in SEARCHED:
            address = self.visitor.routes[route_name].url({})
            found += [f"{address}?q={quote(word)}" for word in words.values()]
        return list(dict.fromkeys(url for url in found if not NOT_FOLLOWED.match(url)))

    def run(self) -> None:
        while self.queue:
            answer = self.visitor.visit(self.role, "GET", self.queue.popleft())
            self.statuses[answer.status] += 1
            route = route_of(answer.url)
            self.leaks += [
                f"{answer.url}: {one}" for one in leaks.found(answer, route, self.visitor.legend)
            ]
            for url in self._links(answer):
                self._follow(url)

    def _links(self, answer: Answer) -> list[str]:
        if "html" not in answer.response.headers.get("Content-Type", ""):
            return []
        text = answer.body.decode(errors="replace")
        links = [unescape(link) for link in LINK.findall(text)]
        forms = forms_of(answer.body)
        for form in forms:
            for app, model, field in form.autocompletes.values():
                query = f"?app_label={app}&model_name={model}&field_name={field}&term="
                links.append(self.visitor.routes["register:autocomplete"].url({}) + query)
        if answer.location.startswith("/"):
            links.append(answer.location)
        return links

    def _follow(self, url: str) -> None:
        """A list can be sorted and filtered without end; some of each page are enough."""
        path = url.partition("?")[0]
        if url in self.known or NOT_FOLLOWED.match(url):
            return
        self.known.add(url)
        self.variants[path] += 1
        if self.variants[path] <= VARIANTS_OF_A_PAGE or "format=" in url or "term=" in url:
            self.queue.append(url)


def route_of(url: str) -> str:
    try:
        return resolve(url.partition("?")[0]).view_name
    except Resolver404:
        return ""


@pytest.fixture(scope="module")
def crawls() -> list[Crawl]:
    return []


@pytest.mark.parametrize("role", turning(matrix.ROLES, 3))
def test_nobody_finds_a_foreign_token(visitor: Visitor, crawls: list[Crawl], role: str) -> None:
    crawl = Crawl(visitor, role)
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

"""One role follows every link, form, list, file, search and suggestion it is given."""

import re
from collections import Counter, deque
from collections.abc import Iterable
from html import unescape

from django.urls import Resolver404, resolve

from tests.harness import leaks
from tests.harness.crawl import Answer, Visitor
from tests.harness.page_forms import forms_of

LINK = re.compile(r'href="(/[^"#]*)')
NOT_FOLLOWED = re.compile(r"^/static/|^/(konto|verwaltung|technik)/(abmelden|logout)/")
VARIANTS_OF_A_PAGE = 15


class Crawl:
    def __init__(self, visitor: Visitor, role: str, beginnings: Iterable[str]) -> None:
        self.visitor, self.role = visitor, role
        begun = dict.fromkeys(url for url in beginnings if not NOT_FOLLOWED.match(url))
        self.queue = deque(begun)
        self.known = set(self.queue)
        self.variants: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.leaks: list[str] = []

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
        # To read a page tag by tag costs more than all the rest of looking at it.
        for form in forms_of(answer.body) if b"data-field-name" in answer.body else []:
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

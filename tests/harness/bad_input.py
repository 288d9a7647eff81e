"""Sends bad input to every form and every address with parameters, and tells what went wrong.

The forms are the acts of `acts.py` and whatever else the matrix lets somebody send; the parameters
are those of the filters, forms and links of the pages themselves. New ones take part by themselves.
"""

import os
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, quote

from django.urls import resolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from tests.harness import acts, matrix, snapshot
from tests.harness.acts import Act
from tests.harness.bad_values import SEGMENTS, VALUES_AT_ONCE, Body, Data
from tests.harness.crawl import Answer, Visitor, thrown_away
from tests.harness.matrix import Row
from tests.harness.page_forms import forms_of

# Strange values for each form and each page with filters; a request carries several of them.
EXAMPLES = 200 if os.environ.get("CI") == "true" else 40
REQUESTS = EXAMPLES // VALUES_AT_ONCE
# Where there is no form and no filter of its own: the door is tried.
FEW = max(REQUESTS // 10, 1)
LONGEST_SECONDS = 2
LINKED = re.compile(r'href="([^"?#]*)\?([^"#]*)')
# Whatever a page says; some of these are read without standing in any link.
ALWAYS = ("page", "sort", "format", "q", "next", "_popup", "p")
HOUSEKEEPING = re.compile(r'\s*(SAVEPOINT|RELEASE)|.*"ui_formreceipt"', re.S)
# A refused form keeps what was typed there, on purpose.
KEPT_ON_REFUSAL = {"guidelines_statementdraft", "guidelines_delegationdraft"}
HIDDEN = {"_token", "csrfmiddlewaretoken"}


def forms() -> list[Act]:
    """Every route that somebody may post to, as somebody who may."""
    known = acts.acts()
    routes = {act.route for act in known}
    others = {
        row.route: Act(row.route, row.object, _role(row, "acts"), row.typed)
        for row in matrix.rows()
        if row.method == "POST" and row.route not in routes and "acts" in row.expected.values()
    }
    return [*known, *others.values()]


def pages() -> list[Row]:
    """Every address that answers a GET, once."""
    rows = [row for row in matrix.rows() if row.method == "GET"]
    shown = [row for row in rows if {"200", "302"} & set(row.expected.values())]
    return list({row.route: row for row in reversed(shown)}.values())


def addresses() -> list[Row]:
    """Every address with a key or a short name in it, by GET and by POST."""
    rows = {(row.route, row.method): row for row in matrix.rows() if row.object}
    return [row for row in rows.values() if {"200", "acts"} & set(row.expected.values())]


def _role(row: Row, *statuses: str) -> str:
    """The least anonymous of those who may."""
    found = [role for role, status in row.expected.items() if status in statuses]
    return next((role for role in found if role != "anonymous"), found[0])


def role_of(row: Row) -> str:
    return _role(row, "200", "acts", "302")


class Attack:
    """Each request is thrown away; what must not have been is kept."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.before = snapshot.rows()
        self.requests = 0
        self.slowest = 0.0
        self.names = cache(self._names)

    def on_form(
        self, act: Act, spoil: Callable[[Data], SearchStrategy[Body]], requests: int = REQUESTS
    ) -> list[str]:
        filled = acts.fill(self.visitor, act)
        data = {"_token": [str(uuid.uuid4())], **filled.data}
        found: dict[str, str] = {}

        def send(body: Body) -> None:
            sent, kind = body
            note(found, self.send(act.role, "POST", filled.url, sent, content_type=kind), sent)

        run(spoil(data), send, requests if data.keys() - HIDDEN else FEW)
        return list(found.values())

    def on_page(
        self, row: Row, spoil: Callable[[list[str]], SearchStrategy[str]], requests: int = REQUESTS
    ) -> list[str]:
        own = self.names(row.route)
        url = self.visitor.url(row).partition("?")[0]
        found: dict[str, str] = {}

        def ask(query: str) -> None:
            note(found, self.send(role_of(row), "GET", f"{url}?{query}"), query)

        run(spoil(sorted({*own, *ALWAYS})), ask, requests if own else FEW)
        return list(found.values())

    def on_address(self, row: Row, segments: Sequence[str] = SEGMENTS) -> list[str]:
        url = self.visitor.url(row).partition("?")[0]
        found: dict[str, str] = {}
        for value in map(str, self.visitor.world.objects[row.object].values()):
            before, slash, after = url.partition(f"/{quote(value)}/")
            for segment in segments if slash else []:
                spoilt = f"{before}/{segment}/{after}"
                note(found, self.send(role_of(row), row.method, spoilt), spoilt)
        return list(found.values())

    def with_headers(self, row: Row, headers: dict[str, str]) -> list[str]:
        found: dict[str, str] = {}
        for role in {"anonymous", role_of(row)}:
            url = self.visitor.url(row)
            note(found, self.send(role, "GET", url, headers=headers), str(headers))
        return list(found.values())

    def send(self, role: str, method: str, url: str, body: bytes = b"", **request: Any) -> str:
        """What went wrong, empty if nothing did."""
        problem, seconds = self._send(role, method, url, body, **request)
        if seconds > LONGEST_SECONDS:  # once more, as the machine may have had something else to do
            problem, seconds = self._send(role, method, url, body, **request)
        self.slowest = max(self.slowest, seconds)
        return problem or (f"slow: {method} {url[:80]}" if seconds > LONGEST_SECONDS else "")

    def _send(
        self, role: str, method: str, url: str, body: bytes, **request: Any
    ) -> tuple[str, float]:
        self.requests += 1
        with thrown_away():
            answer, seconds = self.visitor.send(role, method, url, body, **request)
            if answer.status >= 500:
                return f"{answer.status} {reason(answer)}", seconds
            if answer.status >= 400 and any(not HOUSEKEEPING.match(sql) for sql in answer.writes):
                return self.half_written(answer.status), seconds
        return "", seconds

    def half_written(self, status: int) -> str:
        changes = snapshot.changes(self.before, snapshot.rows())
        told = snapshot.told(one for one in changes if one.table not in KEPT_ON_REFUSAL)
        return f"{status}, but: {told}" if told else ""

    def _names(self, route: str) -> frozenset[str]:
        """Parameters of the filters, forms and links of the page, in all its states."""
        found: set[str] = set()
        for row in matrix.rows():
            if row.route == route and row.method == "GET" and "200" in row.expected.values():
                answer = self.visitor.visit(_role(row, "200"), "GET", self.visitor.url(row))
                found |= set(parameters(answer))
        view = resolve(self.visitor.url(next(r for r in pages() if r.route == route)).split("?")[0])
        filters = getattr(getattr(view.func, "view_class", None), "filterset_class", None)
        return frozenset(found | set(filters.base_filters if filters else ()))


def parameters(answer: Answer) -> Iterator[str]:
    if b"<html" not in answer.body:
        return
    path = answer.url.partition("?")[0]
    for form in forms_of(answer.body):
        if form.method == "get" and form.action in ("", path):
            yield from (name for name, _ in form.fields)
            yield from form.choices
    for target, query in LINKED.findall(answer.body.decode()):
        if target in ("", path):
            yield from (name for name, _ in parse_qsl(unescape(query), keep_blank_values=True))


def note(found: dict[str, str], problem: str, sent: str | bytes) -> None:
    if problem:
        found.setdefault(problem, f"{problem} ← {sent[:300]!r}")


def reason(answer: Answer) -> str:
    kind, error, trace = getattr(answer.response, "exc_info", None) or (None, None, None)
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return f"{getattr(kind, '__name__', '?')}: {str(error)[:120]!r} {where}"


def run(strategy: SearchStrategy[Any], act: Callable[[Any], None], examples: int) -> None:
    """The same examples in each run; a finding is kept by `act` and ends nothing."""

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def each(example: Any) -> None:
        act(example)

    each()

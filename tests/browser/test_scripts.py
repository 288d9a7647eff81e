"""Scripts in the texts of the register: shown as what they are, run by nobody, refused by no policy.

Every text of every record of the harness's world is a payload. Each page of the matrix, each form
that is sent back and each fragment is asked for in this process and given to Chromium as it is,
headers included; the policy of the headers is what the browser enforces and reports on.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Route
from pytest_django import DjangoDbBlocker

from tests.harness import acts, bad_input, matrix, scripts, world
from tests.harness.crawl import Answer, Visitor
from tests.harness.matrix import Row
from tests.harness.scripts import PAYLOADS

HOST = "http://localhost"  # browsers trust it as they trust https
NOT_SCRIPTS = ["*.css", "*.svg", "*.png", "*.woff2"]
LISTEN = """
addEventListener('securitypolicyviolation', event =>
    noticed(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`), true)
"""
# What a text must not have become, whether or not the policy would have stopped it.
BECOME = r"""() => [...document.querySelectorAll('*')].flatMap(node => [...node.attributes].filter(each =>
    /^(on|hx-on)/i.test(each.name) || each.name === 'srcdoc'
    || (/^(href|src|action|formaction|data|xlink:href|content)$/i.test(each.name)
        && /^[\s\0-\x1f]*(javascript|vbscript|data:text)/i.test(each.value))
    ).map(each => `${node.tagName} ${each.name}=${each.value}`)).concat(
    [...document.querySelectorAll('script:not([src])')].filter(node => node.textContent.includes('alert')
        && !/json/.test(node.type)).map(node => `SCRIPT ${node.textContent}`))"""


class Stage:
    """A browser to which this process is the whole net."""

    def __init__(self, context: BrowserContext, visitor: Visitor) -> None:
        self.visitor = visitor
        self.noticed: list[str] = []
        self.static: dict[str, dict[str, Any]] = {}
        self.shown = 0
        self.answer: dict[str, Any] = {}
        self._static(reverse("register:jsi18n"), "coordination")
        self._static(reverse("technical:jsi18n"), "administrator")
        context.expose_function("noticed", self._notice)
        context.add_init_script(LISTEN)
        context.route("**/*", self._fulfil)
        context.on("dialog", self._dialog)
        context.on("weberror", lambda error: self.noticed.append(f"script: {error.error}"))
        context.on("console", self._console)
        self.page: Page = context.new_page()
        network = context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.send("Network.setBlockedURLs", {"urls": NOT_SCRIPTS})

    def _notice(self, what: str) -> None:
        self.noticed.append(what)

    def _dialog(self, dialog: Any) -> None:
        self.noticed.append(f"run: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.noticed.append(f"console: {message.text[:200]}")

    def _fulfil(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path.startswith("/static/") or path in self.static:
            route.fulfill(**self._static(path))
        elif path == f"/gezeigt/{self.shown}/":
            route.fulfill(**self.answer)
        else:
            self.noticed.append(f"asked for: {route.request.url[:200]}")
            route.fulfill(status=204)

    def _static(self, path: str, role: str = "anonymous") -> dict[str, Any]:
        """While the browser waits, the database is out of reach: files only."""
        if path not in self.static:
            answer, _ = self.visitor.send(role, "GET", path)
            self.static[path] = {"body": answer.body, "headers": dict(answer.response.headers)}
        return self.static[path]

    def show(self, body: bytes, headers: dict[str, str], status: int = 200) -> list[str]:
        """What the browser noticed; the page as the browser got it."""
        self.shown += 1
        self.noticed.clear()
        self.answer = {"body": body, "headers": headers, "status": status}
        self.page.goto(f"{HOST}/gezeigt/{self.shown}/")
        return self.noticed + self.page.evaluate(BECOME)

    def show_answer(self, answer: Answer) -> list[str]:
        headers = {
            name: value for name, value in answer.response.headers.items() if name != "Location"
        }
        if "html" not in headers.get("Content-Type", ""):
            return []
        return [
            f"{answer.role} {answer.url}: {one}"
            for one in self.show(answer.body, headers, answer.status)
        ]


@pytest.fixture(scope="module")
def stage(
    browser: Browser, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Stage]:
    with django_db_blocker.unblock(), transaction.atomic():
        scene = world.build()
        visitor = Visitor(scene)
        scripts.plant(scene)
        context = browser.new_context(locale="de-DE")
        yield Stage(context, visitor)
        context.close()
        transaction.set_rollback(True)


# Short enough for most fields, so that some are kept and others refused as too long.
TYPED = [" ".join(PAYLOADS[:8]), " ".join(PAYLOADS[30:])]
HEADERS = {"Content-Type": "text/html; charset=utf-8"}


def test_scripts_would_be_noticed_if_they_ran(stage: Stage) -> None:
    """Otherwise this module would prove nothing."""
    ran = [
        payload
        for payload in PAYLOADS
        if any("run" in one for one in stage.show(page(payload), HEADERS))
    ]
    assert len(ran) >= 20, ran


def test_refusals_by_the_policy_would_be_noticed(stage: Stage) -> None:
    policy = stage.visitor.visit("anonymous", "GET", "/konto/login/").response.headers
    headers = HEADERS | {"Content-Security-Policy": policy["Content-Security-Policy"]}
    refused = [payload for payload in PAYLOADS if stage.show(page(payload), headers)]
    assert len(refused) >= 30, refused
    assert not [one for one in stage.noticed if one.startswith("run")]


def page(payload: str) -> bytes:
    return f"<!doctype html><title>a</title><main><p title='{payload}'>{payload}".encode()


def _pages() -> list[Row]:
    """Of every address of the matrix that shows a page one row."""
    rows = [row for row in matrix.rows() if row.method == "GET"]
    shown = [row for row in rows if {"200", "410"} & set(row.expected.values())]
    return list({row.route: row for row in reversed(shown)}.values())


PAGES = _pages()
PARTS = 4
# Their filters are Django's own; the policy keeps scripts out of them as of every page.
ADMIN_AREAS = ("register:", "technical:")


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_runs_or_obeys_a_text(part: int, stage: Stage) -> None:
    answers = [asked(stage.visitor, row, "GET") for row in PAGES[part::PARTS]]
    assert [one for answer in answers for one in stage.show_answer(answer)] == []


def asked(visitor: Visitor, row: Row, method: str) -> Answer:
    role = next(role for role, status in reversed(row.expected.items()) if status in ("200", "410"))
    preferred = next(
        (role for role in ("coordination", "officer") if row.expected[role] == "200"), role
    )
    return visitor.visit(preferred, method, visitor.url(row))


def test_no_refused_form_runs_what_was_typed(stage: Stage) -> None:
    """Sent back with errors, or as a page that was too old, everything typed stands in it again."""
    found: list[str] = []
    one_each = {act.route: act for act in acts.acts()}
    for number, act in enumerate(one_each.values()):
        filled = acts.fill(stage.visitor, act)
        typed = {name: TYPED for name in filled.data if name not in bad_input.HIDDEN}
        token = filled.data.get("_token", "") if number % 2 else "zu alt"
        if typed:
            sent = {**filled.data, **typed, "_token": token}
            found += stage.show_answer(stage.visitor.visit(act.role, "POST", filled.url, sent))
    assert found == []


def test_no_filter_runs_what_was_asked(stage: Stage) -> None:
    attack = bad_input.Attack(stage.visitor)
    found: list[str] = []
    for number, row in enumerate(bad_input.pages()):
        names = attack.names(row.route)
        if names and not row.route.startswith(ADMIN_AREAS):
            url = stage.visitor.url(row).partition("?")[0]
            query = urlencode(dict.fromkeys(names, asked_for(number)))
            role = bad_input.role_of(row)
            found += stage.show_answer(stage.visitor.visit(role, "GET", f"{url}?{query}"))
    assert found == []


def asked_for(number: int) -> str:
    """A list takes values of 500 characters; each page meets other payloads."""
    start = number * 7 % len(PAYLOADS)
    return " ".join(PAYLOADS[start:] + PAYLOADS[:start])[:400]

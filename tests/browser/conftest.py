"""One running Brücke and one Chromium for all browser tests; a browser context per person."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from tests.browser.running import Server, running
from tests.browser.watching import Watch

CHROMIUM = os.environ.get("BRUECKE_CHROMIUM") or shutil.which("chromium") or ""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000

OpenAs = Callable[..., tuple[Page, Watch]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    if CHROMIUM:
        return CHROMIUM
    if os.environ.get("CI") == "true":
        pytest.fail("Chromium fehlt: In der CI laufen die Browsertests immer.")
    pytest.skip("Chromium fehlt: Die Browsertests laufen nicht (Debian: apt install chromium).")


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    return {"executable_path": chromium, "args": ARGUMENTS, "headless": True}


@pytest.fixture(scope="session")
def server(chromium: str) -> Iterator[Server]:
    with serving() as one:
        yield one


@contextmanager
def serving() -> Iterator[Server]:
    """In a short folder that the database account may enter: it holds the socket.

    While writing tests: BRUECKE_BROWSER_AT="8001 /folder/of/its/data" uses one that already runs.
    """
    if running_one := os.environ.get("BRUECKE_BROWSER_AT", "").split():
        port, data = running_one
        yield Server(
            f"http://127.0.0.1:{port}", Path(data, "demo-password").read_text(), Path(data)
        )
        return
    folder = Path(tempfile.mkdtemp(prefix="bruecke-"))
    folder.chmod(0o755)
    try:
        with running(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sessions(browser: Browser) -> Callable[[Server, str], StorageState]:
    """Signs a person in once and hands the cookies out."""
    known: dict[tuple[str, str], StorageState] = {}

    def session_of(server: Server, person: str) -> StorageState:
        key = (server.address, person)
        if key not in known:
            context = browser.new_context(base_url=server.address)
            sign_in(context.new_page(), person, server.password)
            known[key] = context.storage_state()
            context.close()
        return known[key]

    return session_of


def sign_in(page: Page, person: str, password: str) -> None:
    page.goto("/konto/login/")
    page.fill("[name=login]", f"{person}@demo.example")
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/konto/login/" not in url)


@pytest.fixture
def open_as(
    browser: Browser, server: Server, sessions: Callable[[Server, str], StorageState]
) -> Iterator[OpenAs]:
    """`open_as("koordination")` → a page signed in as that person, and what was noticed on it."""
    contexts: list[BrowserContext] = []

    def open_page(person: str = "", **options: Any) -> tuple[Page, Watch]:
        if person:
            options["storage_state"] = sessions(server, person)
        context = browser.new_context(base_url=server.address, locale="de-DE", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watch = Watch(context, server.address)
        return context.new_page(), watch

    yield open_page
    for context in contexts:
        context.close()

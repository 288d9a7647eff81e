"""Every component, in both colour schemes and at both widths: accessible, inside the screen, by keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import factories
from tests.browser import axe
from tests.ui import pages

pytestmark = [
    pytest.mark.urls("tests.ui.pages"),
    pytest.mark.django_db(transaction=True),
]
PAGES = ["/probe/galerie/", "/probe/regionen/?country=FR&after=x", "/probe/streichen/"]


@pytest.fixture
def wide_page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_components_are_accessible_and_fit(wide_page: Page, path: str) -> None:
    factories.make_region(name="Latium", country="FR")

    wide_page.goto(path)

    assert axe.findings(wide_page) == []


def test_every_focus_is_visible(wide_page: Page) -> None:
    wide_page.goto("/probe/galerie/")

    for _ in range(30):
        wide_page.keyboard.press("Tab")
        style = wide_page.evaluate(
            """() => {
                const own = getComputedStyle(document.activeElement);
                const after = getComputedStyle(document.activeElement, "::after");
                return [own.outlineStyle, own.boxShadow, after.outlineStyle].join(" ");
            }"""
        )
        assert style != "none none none", wide_page.evaluate("document.activeElement.outerHTML")


def test_filter_works_while_typing(wide_page: Page) -> None:
    for name in ("Latium", "Flandern"):
        factories.make_region(name=name)
    wide_page.goto("/probe/regionen/")

    field = wide_page.get_by_label("Suche", exact=True)
    field.fill("lat")

    expect(wide_page.locator("#list-status")).to_have_text("1 Region gefunden")
    expect(wide_page).to_have_url(re.compile(r"/probe/regionen/\?q=lat$"))
    expect(field).to_be_focused()
    expect(wide_page.locator("tbody tr")).to_have_count(1)


def test_filter_works_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    for name in ("Latium", "Flandern"):
        factories.make_region(name=name)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/probe/regionen/")

    page.get_by_label("Suche", exact=True).fill("lat")
    page.get_by_role("button", name="Anwenden").click()

    expect(page.locator("tbody tr")).to_have_count(1)
    context.close()


def test_filter_folds_on_a_narrow_screen(wide_page: Page) -> None:
    wide_page.set_viewport_size({"width": 320, "height": 900})
    wide_page.goto("/probe/regionen/")
    field = wide_page.get_by_label("Suche", exact=True)
    expect(field).to_be_hidden()

    wide_page.get_by_text("Suchen und filtern").click()

    expect(field).to_be_visible()


def test_error_summary_takes_the_focus_and_leads_to_the_field(wide_page: Page) -> None:
    region = factories.make_region(name="Latium")
    wide_page.goto(f"/probe/regionen/{region.pk}/")
    wide_page.get_by_label("Name").fill("")
    wide_page.get_by_role("button", name="Speichern").click()

    expect(wide_page.locator("#fehler")).to_be_focused()
    wide_page.get_by_role("link", name="Name: Bitte füllen").click()

    expect(wide_page.get_by_label("Name")).to_be_focused()


def test_conflict_is_solved_by_keyboard(wide_page: Page) -> None:
    region = factories.make_region(name="Latium", source="Rom im Mai")
    pages.VERSIONS[region.pk] = 1
    wide_page.goto(f"/probe/regionen/{region.pk}/")
    pages.VERSIONS[region.pk] = 2
    wide_page.get_by_label("Quelle").fill("Rom im Juni")
    wide_page.get_by_label("Quelle").press("Tab")
    wide_page.keyboard.press("Enter")

    wide_page.get_by_label("Zusammengeführter Text").fill("Rom im Mai und Juni")
    wide_page.get_by_role("button", name="Zusammenführen und speichern").press("Enter")

    expect(wide_page.get_by_text("Latium ist gespeichert.")).to_be_visible()
    region.refresh_from_db()
    assert region.source == "Rom im Mai und Juni"


def test_print_leaves_the_navigation_out(wide_page: Page) -> None:
    wide_page.goto("/probe/galerie/")
    wide_page.emulate_media(media="print")

    expect(wide_page.locator(".site-header")).to_be_hidden()
    expect(wide_page.locator(".print-head")).to_contain_text("Stand:")
    expect(wide_page.locator(".print-foot")).to_contain_text("Maßgeblich ist die E-Akte")

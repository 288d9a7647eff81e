"""The pages of a draft of the guidelines: begun from the published edition, and given up again."""

from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.conftest import OpenAs
from tests.browser.running import Server

PARTS = ("vergleich", "fruehere-fragen", "veroeffentlichen", "verwerfen")


def test_pages_of_a_draft_edition(open_as: OpenAs, server: Server) -> None:
    page, watch = open_as("koordination")
    page.goto("/leitlinien/fassungen/neu/")
    page.fill("[name=title]", "Leitlinien im Wortlaut")
    page.fill("[name=adopted_on]", "12.02.2026")
    page.fill("[name=source]", "Kabinettsvorlage")
    page.locator("form.form button[type=submit]").click()
    page.wait_for_load_state("load")
    expect(page.locator("main")).to_contain_text("Entwurf, noch nicht veröffentlicht")
    assert axe.findings(page) == []
    slug = page.url.partition("fassung=")[2]
    links = [page.get_by_text(words).first for words in ("Leitlinie streichen", "Frage streichen")]
    parts = [str(link.get_attribute("href")) for link in links]
    for address in (*parts, *(f"/leitlinien/{slug}/{part}/" for part in PARTS)):
        page.goto(address)
        assert axe.findings(page) == [], address
    page.locator("form.form button[type=submit]").click()
    expect(page).to_have_url(f"{server.address}/leitlinien/fassungen/")
    watch.assert_quiet()

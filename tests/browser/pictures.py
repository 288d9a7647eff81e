"""`make pictures`: takes the pictures of the handbook anew, from a demonstration of its own.

With `ARGS="auswertung register"` only those.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from ministries.working_days import add_working_days
from tests.browser.conftest import ARGUMENTS, CHROMIUM, sign_in
from tests.browser.running import ROOT, Server, running

FOLDER = ROOT / "ui" / "static" / "ui" / "handbuch"
SIZE = {"width": 1120, "height": 720}
YEAR = "SELECT max(year) FROM guidelines_checkround WHERE state = 'open'"
NEXT_YEAR = YEAR.replace("max(year)", "max(year) + 1")
GIVEN = (
    "SELECT s.id, d.criterion_id FROM guidelines_delegation d"
    " JOIN guidelines_statement s ON s.id = d.statement_id"
    " JOIN ministries_ministry m ON m.id = s.ministry_id"
    " WHERE s.state = 'open' AND m.abbreviation = 'SMWK' ORDER BY d.id LIMIT 1"
)


@dataclass(frozen=True)
class Picture:
    """`query` finds what the address has in braces."""

    name: str
    person: str
    address: str
    query: str = ""
    top: str = ""  # what the picture begins with, if not the head of the page
    before: Callable[[Page, int], None] | None = None  # what the demonstration lacks


def prepare_round(page: Page, running: int) -> None:
    """One that is not opened, of the year after the running one."""
    page.goto("/leitlinien-checks/neu/")
    page.fill("[name=year]", str(running + 1))
    page.fill("[name=due_on]", f"{add_working_days(date(running + 1, 2, 1), 20):%d.%m.%Y}")
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_url("**/vorbereitung/")


PICTURES = (
    Picture("anmelden", "", "/konto/login/"),
    Picture("register", "koordination", "/partnerschaften/"),
    Picture("partnerschaft", "koordination", "/partnerschaften/latium/"),
    Picture("leitlinien-check", "koordination", "/leitlinien-checks/{}/", YEAR),
    Picture(
        "stellungnahme",
        "smwk.referat",
        "/stellungnahmen/{}/",
        "SELECT s.id FROM guidelines_statement s JOIN ministries_ministry m ON m.id = s.ministry_id"
        " JOIN guidelines_guidelinecheck c ON c.id = s.guideline_check_id"
        " JOIN guidelines_checkround r ON r.id = c.round_id WHERE r.state = 'open'"
        " AND m.abbreviation = 'SMWK' AND m.valid_until IS NULL ORDER BY s.state = 'open' DESC, s.id",
    ),
    Picture("freigeben", "smwk.leitung", "/stellungnahmen/freigeben/"),
    Picture("stellungnahmen-freigeben", "smwk.leitung", "/stellungnahmen/freigeben/"),
    Picture("alle-auf-einer-seite", "smwk.referat", "/stellungnahmen/tabelle/", top="table"),
    Picture("an-fachreferat-geben", "smwk.referat", "/stellungnahmen/{}/zuarbeit/{}/", GIVEN, "h1"),
    Picture("mehr-zeit", "smwk.referat", "/stellungnahmen/fristverlaengerung/", top="h1"),
    Picture(
        "eroeffnen",
        "koordination",
        "/leitlinien-checks/{}/eroeffnen/",
        NEXT_YEAR,
        "h1",
        prepare_round,
    ),
    Picture(
        "zulieferung-schliessen",
        "koordination",
        "/leitlinien-checks/{}/zulieferung/?alle=1",
        YEAR,
        "h1",
    ),
    Picture("auswertung", "koordination", "/leitlinien-checks/{}/flandern/", YEAR),
    Picture("uebersicht", "leitung", "/uebersicht/"),
    Picture("sachstaende", "smwk.referat", "/sachstaende/"),
    Picture("kontakte", "smwk.referat", "/kontakte/"),
    Picture("import", "smwk.referat", "/import/"),
    Picture("angaben", "smwk.referat", "/angaben/"),
    Picture("aktivitaeten", "smwk.referat", "/aktivitaeten/"),
    Picture("wiedervorlagen", "smwk.referat", "/wiedervorlagen/"),
    Picture("dossier", "leitung", "/partnerschaften/niederschlesien/dossier/"),
    Picture("revision", "revision", "/revision/"),
)


def main() -> None:
    if not CHROMIUM:
        sys.exit("Chromium fehlt (Debian: apt install chromium).")
    FOLDER.mkdir(exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="bruecke-"))
    data.chmod(0o755)
    try:
        with running(data) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for picture in PICTURES:
                if picture.name in (sys.argv[1:] or {picture.name}):
                    take(picture, server, browser)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def take(picture: Picture, server: Server, browser: Browser) -> None:
    context = browser.new_context(base_url=server.address, locale="de-DE", viewport=SIZE)  # type: ignore[arg-type]
    page = context.new_page()
    if picture.person:
        sign_in(page, picture.person, server.password)
    if picture.before:
        picture.before(page, server.rows(YEAR)[0][0])
    found = server.rows(picture.query)[0] if picture.query else ()
    answer = page.goto(picture.address.format(*found))
    assert answer is not None
    assert answer.status == 200, picture
    if picture.top:
        page.locator(f"main {picture.top}").first.evaluate(
            "e => e.scrollIntoView({behavior: 'instant'})"
        )
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    context.close()


if __name__ == "__main__":
    main()

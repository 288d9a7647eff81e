"""The three main jobs, once by keyboard alone and once without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs
from tests.browser.hands import Hands, Keyboard, Pointer
from tests.browser.running import Server
from tests.browser.watching import Watch

UNTOUCHED = """
SELECT s.id, lower(m.abbreviation), p.name FROM guidelines_statement s
JOIN guidelines_guidelinecheck c ON c.id = s.guideline_check_id
JOIN partnerships_partnership p ON p.id = c.partnership_id
JOIN ministries_ministry m ON m.id = s.ministry_id
JOIN guidelines_checkround r ON r.id = c.round_id
WHERE r.state = 'open' AND s.state = 'open' AND s.vote = '' AND m.valid_until IS NULL
  AND c.state = 'collecting' AND EXISTS (SELECT 1 FROM guidelines_reviewnote n WHERE n.statement_id = s.id)
  AND NOT EXISTS (SELECT 1 FROM guidelines_reviewnote n WHERE n.statement_id = s.id AND n.answer <> '')
ORDER BY s.id LIMIT 2
"""
COLLECTING = """
SELECT p.slug FROM guidelines_guidelinecheck c JOIN partnerships_partnership p ON p.id = c.partnership_id
JOIN guidelines_checkround r ON r.id = c.round_id
WHERE r.state = 'open' AND c.state = 'collecting' ORDER BY p.slug LIMIT 2
"""

DECIDED = """
SELECT count(*) FROM guidelines_decision d
JOIN guidelines_guidelinecheck c ON c.id = d.guideline_check_id
JOIN partnerships_partnership p ON p.id = c.partnership_id WHERE p.slug = %s
"""
# Which partnership each check box of the decision stands for.
BOXES = """nodes => nodes.map(node =>
    [node.name, node.checked, node.closest('fieldset').querySelector('legend').innerText])"""

Start = Callable[[], tuple[Hands, Watch]]
WAYS = {
    "keyboard": (Keyboard, {}, 0),
    "no-javascript": (Pointer, {"java_script_enabled": False}, 1),
}


@pytest.fixture(params=sorted(WAYS))
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def turn(way: str) -> int:
    """Each way takes a record of its own."""
    return WAYS[way][2]


@pytest.fixture
def start(way: str, open_as: OpenAs) -> Start:
    """Nobody is signed in yet."""

    def begin() -> tuple[Hands, Watch]:
        kind, options, _ = WAYS[way]
        page, watch = open_as(**options)
        return kind(page), watch

    return begin


def test_officer_answers_and_head_releases(start: Start, server: Server, turn: int) -> None:
    statement, house, partnership = server.rows(UNTOUCHED)[turn]
    officer, watch = start()
    officer.sign_in(f"{house}.referat", server.password)
    officer.press("nav a:has-text('Zu erledigen')")
    officer.press(f"main a[href*='/stellungnahmen/{statement}/']")
    answer_everything(officer)
    officer.press("form.statement button[type=submit]:not([name], [hidden])")
    expect(officer.find("[role=status], .kern-alert")).to_be_visible()
    officer.page.goto(f"/stellungnahmen/{statement}/")
    officer.press("form.statement button[value=vorlegen]")
    officer.press("main form.form button[type=submit]")
    assert state_of(server, statement) == "submitted"
    watch.assert_quiet()

    head, watch = start()
    head.sign_in(f"{house}.leitung", server.password)
    head.press("nav a:has-text('Zu erledigen')")
    head.press(f"main a[href*='/stellungnahmen/{statement}/']")
    expect(head.find("h1")).to_contain_text(partnership)
    if "/freigeben/" not in head.page.url:
        head.press("main a[href$='/freigeben/']")
    head.press("main form.form button[type=submit]")
    assert state_of(server, statement) == "released"
    watch.assert_quiet()


def answer_everything(hands: Hands) -> None:
    """Every question gets its second answer and a reason, then Votum and key message."""
    form = hands.page.locator("form.statement")
    names: list[str] = form.locator("input[type=radio]").evaluate_all(
        "nodes => [...new Set(nodes.map(node => node.name))]"
    )
    texts: list[str] = form.locator("textarea").evaluate_all(
        "nodes => nodes.map(node => node.name)"
    )
    for name in names:
        values: list[str] = form.locator(f"input[name='{name}']").evaluate_all(
            "nodes => nodes.map(node => node.value)"
        )
        value = "continue" if "continue" in values else values[1]
        hands.choose(f"form.statement input[name='{name}'][value='{value}']")
        if reason := next((text for text in texts if related(text, name)), ""):
            hands.write(f"form.statement textarea[name='{reason}']", "Begründung aus der Praxis.")
    for name in ("vote",):
        if form.locator(f"select[name={name}]").count():
            hands.select(f"form.statement select[name={name}]", "continue")
    hands.write("form.statement textarea[name=key_message]", "Die Zusammenarbeit trägt.")


def related(text: str, answer: str) -> bool:
    """`reason-12` belongs to `answer-12`."""
    return (
        text != answer and any(part.isdigit() for part in text) and digits(text) == digits(answer)
    )


def digits(name: str) -> str:
    return "".join(part for part in name if part.isdigit())


def state_of(server: Server, statement: int) -> str:
    return str(server.rows("SELECT state FROM guidelines_statement WHERE id = %s", statement)[0][0])


def test_coordination_evaluates_proposes_and_records(
    start: Start, server: Server, turn: int
) -> None:
    slug = server.rows(COLLECTING)[turn][0]
    hands, watch = start()
    page = hands.page
    hands.sign_in("koordination", server.password)
    hands.press("nav a:has-text('Leitlinien-Check')")
    hands.press("main a[href^='/leitlinien-checks/2']")
    hands.press(f"main .matrix th a[href$='/{slug}/']")
    hands.press("main a[href$='/zulieferung/']")
    hands.press("main form.form button[type=submit]")
    hands.press("main button[value=begin_evaluation]")
    hands.press("main a[href$='/auswertung/']")
    hands.write("main form textarea", "Die Häuser sind sich einig.")
    hands.press("main form.form button[type=submit]")
    hands.press("main a[href$='/vorschlag/']")
    choose_outcome(hands, "outcome", "continue")
    hands.write("main form textarea[name=reasons]", "Die Voten sprechen dafür.")
    hands.press("main form.form button[type=submit]")
    hands.press("main a[href*='/beschluss/']")
    record(hands, slug)
    expect(page.locator("main")).to_contain_text("Der Beschluss ist eingetragen")
    assert server.rows(DECIDED, slug) == [(1,)]
    watch.assert_quiet()


def choose_outcome(hands: Hands, name: str, value: str) -> None:
    if hands.page.locator(f"main select[name='{name}']").count():
        hands.select(f"main select[name='{name}']", value)
    else:
        hands.choose(f"main input[name='{name}'][value='{value}']")


def record(hands: Hands, slug: str) -> None:
    """The decision of one partnership, read once more before it is recorded."""
    page = hands.page
    choose_outcome(hands, "body", "cabinet")
    day = page.evaluate("new Date().toISOString().slice(0, 10)")
    hands.write("main [name=decided_on]", day)
    hands.write("main [name=number]", "12/2026")
    hands.write("main [name=wording]", "Die Partnerschaft wird fortgeführt.")
    hands.write("main [name=effective_from]", day)
    hands.write("main [name=visible_from]", day)
    names: list[Any] = page.locator("main input[type=checkbox]").evaluate_all(BOXES)
    title = page.locator(f"main a[href*='/{slug}/']").first.inner_text()
    for name, is_checked, legend in names:
        if is_checked != (legend.strip() in title):
            hands.choose(f"main input[name='{name}']")
    hands.press("main form.form button.kern-btn--primary")
    hands.press("main button[name=confirmed]")


def test_manager_reads_overview_and_prints(start: Start, server: Server) -> None:
    hands, watch = start()
    page = hands.page
    hands.sign_in("smwk.buero", server.password)
    assert page.url.endswith("/uebersicht/")
    hands.press("main a[href='/partnerschaften/niederschlesien/']")
    expect(page.locator("h1")).to_contain_text("Niederschlesien")
    assert_prints_cleanly(page)
    watch.assert_quiet()


def assert_prints_cleanly(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator("header nav").first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("body")).to_contain_text("Maßgeblich ist die E-Akte")
    assert page.pdf(format="A4").startswith(b"%PDF")

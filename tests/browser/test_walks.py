"""The Leitlinien-Check from end to end, once by keyboard alone and once without JavaScript."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import serving
from tests.browser.hands import Hands
from tests.browser.running import Server
from tests.browser.test_jobs import Start, answer_everything, start, way

__all__ = ["start", "way"]

HOUSE = "smk"


@pytest.fixture(scope="module")
def server(chromium: str) -> Iterator[Server]:
    """Of its own: what is opened, released and broken off here is nobody else's world."""
    with serving() as one:
        yield one


OWED = """
SELECT array_agg(s.id ORDER BY p.sort_key) FROM guidelines_statement s
JOIN guidelines_guidelinecheck c ON c.id = s.guideline_check_id
JOIN partnerships_partnership p ON p.id = c.partnership_id
JOIN ministries_ministry m ON m.id = s.ministry_id
WHERE c.round_id = (SELECT max(id) FROM guidelines_checkround) AND lower(m.abbreviation) = %s
"""
CHOICES = "all => all.map(n => [n.name, [...n.options].map(o => o.value)])"
STATES = "SELECT DISTINCT state, is_nil_return FROM guidelines_statement WHERE id = ANY(%s)"
SEND = "main form button.kern-btn--primary[type=submit]"


def test_check_from_its_opening_to_its_end(start: Start, server: Server) -> None:
    coordination, quiet = start()
    coordination.sign_in("koordination", server.password)
    quiet.expected.add(422)  # asked back whether a second one of the year is meant
    round_url = open_round(coordination)
    (statements,) = server.rows(OWED, HOUSE)[0]
    kept, nothing = statements[:3], statements[3:]

    officer, watch = start()
    officer.sign_in(f"{HOUSE}.referat", server.password)
    file_nil_return_but_for(officer, kept)
    answer_one_and_the_others_in_the_table(officer, kept)
    watch.assert_quiet()
    assert server.rows(STATES, kept) == [("submitted", False)]
    assert server.rows(STATES, nothing) == [("submitted", True)]

    head, watch = start()
    head.sign_in(f"{HOUSE}.leitung", server.password)
    release_all(head, statements)
    watch.assert_quiet()
    assert {state for state, _ in server.rows(STATES, statements)} == {"released"}

    ask_back_and_take_it_back(coordination, kept[0])
    close_and_reopen(coordination, round_url)
    break_off(coordination, round_url)
    quiet.assert_quiet()


def open_round(hands: Hands) -> str:
    hands.page.goto("/leitlinien-checks/")
    hands.press("main a[href$='/leitlinien-checks/neu/']")
    hands.write("main [name=working_days]", "15")
    hands.press(SEND)
    hands.choose("main [name=is_meant]")
    hands.press(SEND)
    hands.press("main button[name=then][value=open]")
    hands.press(SEND)
    expect(hands.find("main")).to_contain_text("Frist für die Zulieferung")
    return hands.page.url


def file_nil_return_but_for(hands: Hands, kept: list[int]) -> None:
    hands.page.goto("/stellungnahmen/")
    hands.press("main a[href$='/stellungnahmen/fehlanzeige/']")
    for statement in kept:
        hands.choose(f"main #s-{statement}")
    hands.press("main button[name=ausser]")
    if hands.page.locator("main textarea").count():  # first the one for all
        hands.write("main textarea", "Unser Haus ist nur am Rande berührt.")
    hands.press(SEND)


def fill_table(hands: Hands, statements: list[int]) -> None:
    """Cell by cell, from left to right."""
    for statement in statements:
        row = f"#zeile-{statement}"
        selects = hands.page.locator(f"{row} select")
        for name, values in selects.evaluate_all(CHOICES):
            middle = next(value for value in ("continue", "2", "yes") if value in values)
            hands.select(f"{row} select[name='{name}']", middle)
        hands.write(f"{row} [data-label=Kernaussage] textarea", "Die Zusammenarbeit trägt.")


def answer_one_and_the_others_in_the_table(hands: Hands, statements: list[int]) -> None:
    hands.page.goto(f"/stellungnahmen/{statements[0]}/")
    answer_everything(hands)
    hands.press("form.statement button[value=weiter]")
    expect(hands.page).to_have_url(re.compile(f"/stellungnahmen/{statements[1]}/$"))
    hands.press("main a[href*='/stellungnahmen/tabelle/']")
    fill_table(hands, statements[1:])
    hands.press("form.answer-table button[value=vorlegen]")
    hands.press(SEND)


def release_all(hands: Hands, statements: list[int]) -> None:
    """Ten on a page; those of the demonstration wait there too and stay."""
    hands.page.goto("/stellungnahmen/freigeben/")
    left = {f"s-{statement}" for statement in statements}
    while left:
        shown = hands.page.locator("main input[name=s]").evaluate_all("all => all.map(n => n.id)")
        chosen = [name for name in shown if name in left]
        assert chosen, left
        for name in chosen:
            hands.choose(f"main #{name}")
        hands.press(SEND)
        left -= set(chosen)


def ask_back_and_take_it_back(hands: Hands, statement: int) -> None:
    page = hands.page
    page.goto(f"/stellungnahmen/{statement}/")
    hands.press("main a[href*='/rueckfrage/']")
    hands.write("main textarea", "Welche Hochschulen sind gemeint?")
    hands.press(SEND)
    page.goto(f"/stellungnahmen/{statement}/")
    expect(page.locator("main")).to_contain_text("Welche Hochschulen sind gemeint?")
    hands.press("main a[href$='/zuruecknehmen/']")
    hands.press(SEND)
    expect(page.locator("main")).to_contain_text("zurückgenommen")


def close_and_reopen(hands: Hands, round_url: str) -> None:
    page = hands.page
    page.goto(round_url)
    hands.press("main .matrix th a")
    hands.press("main a[href$='/zulieferung/']")
    hands.press(SEND)
    hands.press("main a[href$='/wieder-oeffnen/']")
    hands.write("main textarea[name=reason]", "Ein Ressort bat darum.")
    hands.press(SEND)
    expect(page.locator("main")).to_contain_text("Ein Ressort bat darum.")
    page.goto(round_url)
    hands.press("main form#auswahl button[name=alle]")
    hands.press(SEND)


def break_off(hands: Hands, round_url: str) -> None:
    hands.page.goto(round_url)
    hands.press("main a[href$='/abbrechen/']")
    hands.write("main textarea", "Nur zum Üben.")
    hands.press(SEND)
    expect(hands.find("main")).to_contain_text("Abgebrochen am")

"""The states a page passes through: errors, a refused act, a conflict, a round that is being made."""

from playwright.sync_api import Page, expect

from ministries.clock import today
from ministries.working_days import add_working_days
from tests.browser import axe
from tests.browser.conftest import OpenAs, sign_in
from tests.browser.running import Server
from tests.ministries.one_time_codes import code

RUNNING = "SELECT max(year) FROM guidelines_checkround WHERE state = 'open'"
# A draft of the house SMWK that nobody else in these tests touches.
DRAFT = """
SELECT s.id FROM guidelines_statement s
JOIN guidelines_guidelinecheck c ON c.id = s.guideline_check_id
JOIN partnerships_partnership p ON p.id = c.partnership_id
JOIN ministries_ministry m ON m.id = s.ministry_id
WHERE m.abbreviation = 'SMWK' AND p.slug = 'hubei' AND s.state = 'open'
"""
FIRST_CHECK = """
SELECT r.year, p.slug FROM guidelines_guidelinecheck c
JOIN partnerships_partnership p ON p.id = c.partnership_id
JOIN guidelines_checkround r ON r.id = c.round_id
WHERE r.state = 'open' AND c.state = 'collecting' ORDER BY p.slug DESC LIMIT 1
"""


def test_refused_login_is_explained(open_as: OpenAs) -> None:
    page, watch = open_as()
    page.goto("/konto/login/")
    page.fill("[name=login]", "niemand@demo.example")
    page.fill("[name=password]", "falsch und lang genug")
    page.press("[name=password]", "Enter")
    page.wait_for_load_state("load")
    expect(page.locator("main")).to_contain_text("nicht")
    assert axe.findings(page) == []
    watch.assert_quiet()


def test_errors_of_a_form_are_listed_on_top(open_as: OpenAs) -> None:
    page, watch = open_as("koordination")
    watch.expected.add(422)
    page.goto("/konto/einladen/")
    submit(page)
    expect(page.locator(".error-summary")).to_be_visible()
    assert page.locator("[aria-invalid=true]").count() >= 1
    assert axe.findings(page) == []
    watch.assert_quiet()


def test_errors_of_the_admin_can_be_read(open_as: OpenAs) -> None:
    page, watch = open_as("koordination")
    page.goto("/verwaltung/partnerships/region/add/")
    page.locator("[name=_save]").click()
    page.wait_for_load_state("load")
    assert axe.findings(page) == []
    watch.assert_quiet()


def test_second_of_two_savers_sees_both_texts(open_as: OpenAs, server: Server) -> None:
    address = f"/stellungnahmen/{server.rows(DRAFT)[0][0]}/"
    first, _ = open_as("smwk.referat")
    second, watch = open_as("smwk.leitung")
    watch.expected.add(409)
    for page, text in ((first, "Text der einen"), (second, "Text der anderen")):
        page.goto(address)
        page.fill("[name=key_message]", text)
    for page in (first, second):
        page.locator("form.statement button[type=submit]:not([name], [hidden])").click()
        page.wait_for_load_state("load")
    expect(second.locator("main")).to_contain_text("Text der einen")
    assert "Text der anderen" in second.content()
    assert axe.findings(second) == []
    watch.assert_quiet()


def test_pages_of_a_new_round(open_as: OpenAs, server: Server) -> None:
    """Prepare, open and discard are pages of a round that does not exist yet; it is left as it is."""
    page, watch = open_as("koordination")
    year = server.rows(RUNNING)[0][0] + 1
    page.goto("/leitlinien-checks/neu/")
    page.fill("[name=year]", str(year))
    page.fill("[name=due_on]", f"{add_working_days(today(), 20):%d.%m.%Y}")
    submit(page)
    expect(page).to_have_url(f"{server.address}/leitlinien-checks/{year}/vorbereitung/")
    assert axe.findings(page) == []
    for part in ("eroeffnen", "verwerfen"):
        page.goto(f"/leitlinien-checks/{year}/{part}/")
        assert axe.findings(page) == []
    watch.assert_quiet()


def test_pages_of_an_evaluation(open_as: OpenAs, server: Server) -> None:
    page, watch = open_as("koordination")
    watch.expected.add(422)
    year, slug = server.rows(FIRST_CHECK)[0]
    page.goto(f"/leitlinien-checks/{year}/{slug}/")
    page.locator("button[value=begin_evaluation]").click()
    assert axe.findings(page) == []
    page.locator("button[value=begin_evaluation]").click()
    for part in ("auswertung", "vorschlag"):
        page.goto(f"/leitlinien-checks/{year}/{slug}/{part}/")
        assert axe.findings(page) == []
    submit(page)
    expect(page.locator(".error-summary")).to_be_visible()
    assert axe.findings(page) == []
    watch.assert_quiet()


def test_pages_of_taking_back(open_as: OpenAs) -> None:
    """A status and a lead entered by hand; both are taken back, so nothing of them is left."""
    page, watch = open_as("koordination")
    for act, choice in (("status", "ended"), ("federfuehrung", "")):
        page.goto(f"/partnerschaften/okzitanien/{act}/")
        if choice:
            page.check(f"[name=status][value={choice}]")
        else:
            page.select_option("[name=ministry]", index=2)
        page.fill("[name=reason]", "Irrtum")
        submit(page)
        page.goto(f"/partnerschaften/okzitanien/{act}/zuruecknehmen/")
        assert axe.findings(page) == []
        page.fill("[name=reason]", "Irrtum")
        submit(page)
        expect(page.locator("main")).to_contain_text("Die Änderung ist zurückgenommen")
    watch.assert_quiet()


def test_pages_of_a_second_factor(open_as: OpenAs, server: Server) -> None:
    """Set up, asked for at the next sign-in, and removed again."""
    page, watch = open_as()
    sign_in(page, "sms.buero", server.password)
    page.goto("/konto/zweiter-faktor/einrichten/")
    assert axe.findings(page) == []
    for typed in ("000000", code(page.locator(".secret-key").inner_text())):
        page.fill("[name=code]", typed)
        submit(page)
        assert axe.findings(page) == []
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    for address in ("", "codes/neu/", "bestaetigen/", "aufheben/"):
        page.goto(f"/konto/zweiter-faktor/{address}")
        assert axe.findings(page) == []
    asked, watch_asked = open_as()
    sign_in(asked, "sms.buero", server.password)
    expect(asked).to_have_url(f"{server.address}/konto/zweiter-faktor/anmelden/")
    assert axe.findings(asked) == []
    asked.get_by_role("button", name="Abbrechen").click()
    expect(asked).to_have_url(f"{server.address}/konto/login/")
    submit(page)
    expect(page.locator("main")).to_contain_text("Zweiten Faktor einrichten")
    watch.assert_quiet()
    watch_asked.assert_quiet()


def test_head_confirms_who_belongs_to_the_house(open_as: OpenAs) -> None:
    page, watch = open_as("technik")
    page.goto("/konto/einladen/")
    page.fill("[name=email]", "neu.smwk@demo.example")
    page.fill("[name=name]", "Neue Person")
    house = page.locator("[name=ministry] option", has_text="SMWK –").first
    page.select_option("[name=ministry]", house.get_attribute("value"))
    submit(page)
    head, watch_head = open_as("smwk.leitung")
    head.goto("/konto/funktionen/")
    head.get_by_role("link", name="Neue Person").click()
    expect(head.locator("main")).to_contain_text("neu.smwk@demo.example")
    assert axe.findings(head) == []
    submit(head)
    expect(head.locator("main")).to_contain_text("Bestätigt: Neue Person")
    assert axe.findings(head) == []
    watch.assert_quiet()
    watch_head.assert_quiet()


def submit(page: Page) -> None:
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_load_state("load")

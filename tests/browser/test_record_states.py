"""What the houses keep, in states the demonstration does not hold: uploaded, offered, archived."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import OpenAs
from tests.browser.running import Server
from tests.browser.test_states import submit
from tests.partnerships.files import pdf

TAB = "/partnerschaften/flandern"


def looked_at(page: Page, address: str) -> None:
    response = page.goto(address)
    assert response is not None
    assert response.status == 200
    assert axe.findings(page) == []


def test_document_goes_up_and_comes_down(open_as: OpenAs, tmp_path: Path) -> None:
    file = tmp_path / "Programm der Reise.pdf"
    file.write_bytes(pdf("Programm der Reise"))
    page, watch = open_as("smwk.referat")
    page.goto(f"{TAB}/dokumente/neu/")
    page.set_input_files("[name=file]", file)
    page.fill("[name=title]", "Programm")
    submit(page)
    expect(page.locator("main")).to_contain_text("„Programm“ ist gespeichert")
    page.get_by_role("link", name="Programm", exact=True).first.click()
    assert axe.findings(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Herunterladen").click()
    assert Path(download.value.path()).read_bytes() == file.read_bytes()
    looked_at(page, f"{page.url}bearbeiten/")
    watch.assert_quiet()


def test_note_is_drafted_archived_and_brought_back(open_as: OpenAs, server: Server) -> None:
    page, watch = open_as("smwk.referat")
    page.goto(f"{TAB}/vermerke/neu/")
    page.fill("[name=title]", "Telefonat")
    page.fill("[name=text]", "Ein Text")
    submit(page)
    number = server.rows("SELECT max(id) FROM partnerships_note")[0][0]
    looked_at(page, f"/vermerke/{number}/bearbeiten/")
    page.goto(f"/unterlagen/vermerk/{number}/archivieren/")
    page.fill("[name=reason]", "doppelt")
    submit(page)
    looked_at(page, f"/vermerke/{number}/")
    looked_at(page, f"/unterlagen/vermerk/{number}/zurueckholen/")
    page.fill("[name=reason]", "doch nicht")
    submit(page)
    watch.assert_quiet()


def test_note_is_offered_and_taken_over(open_as: OpenAs, server: Server) -> None:
    page, watch = open_as("smwk.referat")
    number = server.rows("SELECT min(id) FROM partnerships_note")[0][0]
    page.goto(f"/unterlagen/vermerk/{number}/abgeben/")
    page.select_option("[name=to]", label=page.locator("option", has_text="SMI –").inner_text())
    page.fill("[name=reason]", "neuer Zuschnitt")
    submit(page)
    looked_at(page, f"/unterlagen/vermerk/{number}/angebot-zuruecknehmen/")
    other, watch_other = open_as("smi.referat")
    looked_at(other, f"/unterlagen/vermerk/{number}/uebernehmen/")
    page.goto(f"/unterlagen/vermerk/{number}/angebot-zuruecknehmen/")
    submit(page)
    watch.assert_quiet()
    watch_other.assert_quiet()


def test_part_of_an_activity_is_changed_and_removed(open_as: OpenAs, server: Server) -> None:
    page, watch = open_as("smwk.referat")
    number = server.rows("SELECT min(id) FROM partnerships_activity WHERE external_key IS NULL")[0][
        0
    ]
    page.goto(f"/aktivitaeten/{number}/programm/neu/")
    page.fill("[name=title]", "Empfang")  # on the first day, which stands there
    submit(page)
    part = server.rows("SELECT max(id) FROM partnerships_programmeitem")[0][0]
    for address in (f"programm/{part}/", f"programm/{part}/entfernen/"):
        looked_at(page, f"/aktivitaeten/{number}/{address}")
    submit(page)
    watch.assert_quiet()


def test_revision_reads_a_change_with_a_reason(open_as: OpenAs) -> None:
    page, watch = open_as("revision")
    page.goto("/revision/?kind=partnerships.Partnership")
    page.get_by_role("link", name="Einsehen").first.click()
    page.fill("[name=reason]", "Prüfauftrag vom 3.4.2026")
    submit(page)
    expect(page.locator("main")).to_contain_text("Grund: Prüfauftrag")
    assert axe.findings(page) == []
    watch.assert_quiet()


def test_correction_is_answered(open_as: OpenAs, server: Server) -> None:
    officer, _ = open_as("smwk.referat")
    officer.goto("/angaben/")
    officer.get_by_role("link", name="Berichtigen").first.click()
    officer.fill("textarea", "Bitte berichtigen")
    submit(officer)
    number = server.rows("SELECT max(id) FROM partnerships_correctionrequest")[0][0]
    page, watch = open_as("koordination")
    looked_at(page, f"/angaben/berichtigungen/{number}/")
    watch.assert_quiet()

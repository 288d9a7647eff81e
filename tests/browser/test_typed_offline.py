"""What was typed while the server was away comes back as it was: texts, choices and ticks."""

from pathlib import Path

from playwright.sync_api import Browser

SCRIPT = Path(__file__).parents[2] / "ui/static/ui/ui.js"
TYPED = [["e", "activity-1"], ["c", "on"], ["r", "2"], ["t", "Getippt"]]
FORM = """
<form data-autosave="7">
  <input type="checkbox" name="e" value="activity-1">
  <input type="checkbox" name="e" value="activity-2" checked>
  <input type="checkbox" name="c">
  <input type="radio" name="r" value="1" checked>
  <input type="radio" name="r" value="2">
  <textarea name="t"></textarea>
</form>
"""


def test_what_could_not_be_sent_is_put_back(browser: Browser) -> None:
    kept = f"sessionStorage.setItem('typed:7', JSON.stringify({TYPED}))"
    script = SCRIPT.read_text(encoding="utf-8")
    body = f"<!doctype html><script>{kept}</script>{FORM}<script>{script}</script>"
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html"))

    page.goto("http://localhost/")

    assert page.evaluate("[...new FormData(document.forms[0])]") == TYPED
    page.close()

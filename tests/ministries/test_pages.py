"""The pages of the footer are open to everybody and tell the truth."""

import re
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client

from ministries.footer import handbook
from ministries.models import Notification, Role
from tests.factories import make_user
from ui.receipts import new_token

pytestmark = pytest.mark.django_db
PAGES = ["/handbuch/", "/barrierefreiheit/", "/barriere-melden/", "/datenschutz/", "/impressum/"]
CHAPTERS = [f"/handbuch/{chapter.slug}/" for chapter in handbook.chapters()]


@pytest.fixture(autouse=True)
def no_earlier_reports() -> None:
    cache.clear()


def report(client: Client, **changes: str) -> Any:
    data = {"_token": new_token(), "page": "/uebersicht/", "text": "Kontrast zu schwach"}
    return client.post("/barriere-melden/", data | changes)


@pytest.mark.parametrize("path", [*PAGES, *CHAPTERS])
@pytest.mark.parametrize("role", [None, Role.OFFICER])
def test_page_is_open_to_everybody(client: Client, path: str, role: Role | None) -> None:
    if role:
        client.force_login(make_user(role=role))

    assert client.get(path).status_code == 200


def test_missing_chapter_is_not_there(client: Client) -> None:
    assert client.get("/handbuch/gibt-es-nicht/").status_code == 404
    assert client.get("/handbuch/..%2findex/").status_code == 404


def test_handbook_prints_no_html_of_its_files() -> None:
    text = handbook.render("Ein <script>alert(1)</script> und <b>fett</b> und **stark**.")

    assert "<script" not in text
    assert "<b>" not in text
    assert "<strong>stark</strong>" in text


def test_chapters_link_each_other() -> None:
    assert 'href="/handbuch/anmelden/#passwort"' in handbook.render(
        "Siehe [Konto](10-anmelden.md#passwort)."
    )


@pytest.mark.parametrize("chapter", handbook.chapters(), ids=lambda chapter: chapter.slug)
def test_chapter_has_a_picture_that_is_there(chapter: handbook.Chapter) -> None:
    found = re.findall(
        r'<img alt="[^"]+" src="[^"]*/(ui/handbuch/[a-z-]+)[^"/]*\.png"', chapter.body
    )
    assert found
    assert all(finders.find(f"{name}.png") for name in found)
    assert chapter.summary[:1].isalpha() or chapter.summary[:1] in "„*"


@pytest.mark.parametrize("chapter", handbook.chapters(), ids=lambda chapter: chapter.slug)
def test_links_between_chapters_lead_somewhere(client: Client, chapter: handbook.Chapter) -> None:
    slugs = {other.slug for other in handbook.chapters()}

    for part in chapter.body.split('href="/handbuch/')[1:]:
        assert part.partition("/")[0] in slugs


def test_report_goes_to_the_mailbox(client: Client, settings: Any) -> None:
    settings.FEEDBACK_MAILBOX = "barrierefrei@demo.example"

    report(client, email="antwort@demo.example")

    mail = Notification.objects.get()
    assert mail.to_address == "barrierefrei@demo.example"
    assert "Kontrast zu schwach" in mail.body
    assert "antwort@demo.example" in mail.body


def test_report_needs_a_text(client: Client) -> None:
    assert report(client, text=" ").status_code == 422


def test_many_reports_are_stopped(client: Client) -> None:
    answers = [report(client).status_code for _ in range(6)]

    assert answers == [302] * 5 + [422]


def test_account_page_tells_function_and_house(client: Client) -> None:
    client.force_login(make_user(role=Role.HEAD, name="Demo Leitung", unit="Referat 34"))

    text = client.get("/konto/").content.decode()

    for expected in ("Demo Leitung", "Referat 34", "Freigabe (Ressort)", "Was Brücke über mich"):
        assert expected in text
    assert "Person einladen" not in text

"""With the demonstration every page, file and picture says that it is an example; without, none does."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

import pytest
from pytest_django import Settings

from ministries.mail.outbox import text_of
from ministries.models import Notification
from tests.harness import matrix, walk
from tests.harness.crawl import Answer, Visitor, words_of
from tests.harness.matrix import Row
from tests.harness.sampling import sampled
from ui.demo import MARK

# What no person reads, or what somebody brought along.
UNMARKED = {
    "healthz": "for the supervisor of the processes",
    "register:jsi18n": "a script",
    "technical:jsi18n": "a script",
    "register:autocomplete": "suggestions for a field of a page that says it",
    "partnerships:document-file": "handed out as it was uploaded",
}
PAGES_WITH_PICTURES = ("/uebersicht/", "/uebersicht/karte/")
OFFERED = re.compile(rb'href="([^"]*\bformat=\w+[^"]*)"')
PICTURES = re.compile(
    r'<svg class="world__paper".*?</svg>|<ul class="shares-legend">.*?</ul>', re.S
)


def rows() -> list[Row]:
    """Each address that answers somebody, once."""
    found = {
        (row.route, row.query): row
        for row in matrix.rows()
        if row.method == "GET" and "200" in row.expected.values() and row.route not in UNMARKED
    }
    return list(found.values())


def answers(visitor: Visitor, row: Row) -> Iterator[Answer]:
    """The page as its first reader gets it, and every file that it offers."""
    role = next(role for role, status in row.expected.items() if status == "200")
    page = visitor.ask(row, role)
    yield page
    for link in OFFERED.findall(page.body):
        yield visitor.visit(role, "GET", urljoin(page.url, unescape(link.decode())))


def says(answer: Answer) -> bool:
    assert answer.status == 200, answer.url
    is_pdf = answer.body.startswith(b"%PDF")
    return MARK.encode() in (words_of(answer.body) if is_pdf else answer.body)


EACH = pytest.mark.parametrize("row", sampled(rows()), ids=str)


@EACH
def test_demonstration_says_so(visitor: Visitor, row: Row, settings: Settings) -> None:
    settings.BRUECKE_DEMO = True

    assert [answer.url for answer in answers(visitor, row) if not says(answer)] == []


@EACH
def test_real_system_says_nothing(visitor: Visitor, row: Row) -> None:
    assert [answer.url for answer in answers(visitor, row) if says(answer)] == []


def test_every_kind_of_file_is_met(visitor: Visitor) -> None:
    """Otherwise the tests above would prove less than they say."""
    offering = ("partnerships:list", "reports:dossier", "accounts:my_data")
    asked = [row for row in rows() if row.route in offering and not row.query]
    urls = [answer.url for row in asked for answer in answers(visitor, row)]

    met = {url.partition("format=")[2] for url in urls}
    assert met == {"", "csv", "xlsx", "pdf", "docx", "json"}


def test_pictures_say_so_themselves(visitor: Visitor, settings: Settings) -> None:
    settings.BRUECKE_DEMO = True
    bodies = [visitor.visit("chief", "GET", url).body.decode() for url in PAGES_WITH_PICTURES]
    pictures = [picture for body in bodies for picture in PICTURES.findall(body)]

    assert len(pictures) > len(PAGES_WITH_PICTURES)
    assert [picture for picture in pictures if MARK not in picture] == []


def test_every_sheet_of_paper_says_so(visitor: Visitor, settings: Settings) -> None:
    sheet = b'href="/static/ui/demo_print.css"'
    assert MARK in (walk.ROOT / "ui/static/ui/demo_print.css").read_text()
    assert sheet not in visitor.visit("chief", "GET", "/uebersicht/").body

    settings.BRUECKE_DEMO = True

    assert sheet in visitor.visit("chief", "GET", "/uebersicht/").body


@pytest.mark.parametrize("url", ["/gibt-es-nicht/", "/suche/?q=%00"])
def test_errors_say_so(visitor: Visitor, settings: Settings, url: str) -> None:
    settings.BRUECKE_DEMO = True

    assert MARK.encode() in visitor.visit("officer", "GET", url).body


@pytest.mark.parametrize("is_demo", [True, False])
def test_mails_say_so(visitor: Visitor, settings: Settings, is_demo: bool) -> None:
    settings.BRUECKE_DEMO = is_demo
    mail = Notification.objects.first()
    assert mail is not None

    assert (MARK in text_of(mail)) is is_demo

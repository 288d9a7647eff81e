"""Nobody is sent to another host, and no header of a request says who asks or where Brücke stands."""

import uuid
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import pytest

from ministries.models import Notification
from tests.harness import acts, bad_input, off_host
from tests.harness.acts import Act
from tests.harness.bad_input import role_of
from tests.harness.bad_values import FORM
from tests.harness.crawl import Answer, Visitor, thrown_away
from tests.harness.matrix import Row
from tests.harness.sampling import DAY, sampled, third

pytestmark = pytest.mark.long

OURS = "/impressum/"
# Where the answer does not depend on what is sent, and in the admin areas, whose forms share one way
# back, each address meets some of the targets in turn.
FEW = 4
ADMIN = ("/verwaltung/", "/technik/")
SPOOFED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Server": "evil.example",
    "X-Forwarded-Port": "6666",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "6.6.6.6",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "for=6.6.6.6;host=evil.example;proto=https",
    "X-Real-IP": "6.6.6.6",
    "True-Client-IP": "6.6.6.6",
    "X-Host": "evil.example",
    "X-Original-URL": "/technik/",
    "X-Rewrite-URL": "/technik/",
    "X-HTTP-Method-Override": "POST",
    "Remote-User": "administrator@demo.example",
    "X-Remote-User": "administrator@demo.example",
    "X-Forwarded-User": "administrator@demo.example",
    "X-Auth-Request-Email": "administrator@demo.example",
}
PAGES = bad_input.pages()


class Door:
    """One address that may send people on; `ask` tells where to."""

    def __init__(
        self, visitor: Visitor, role: str, url: str, data: acts.Data | None = None
    ) -> None:
        self.visitor, self.role, self.url, self.data = visitor, role, url, data

    def ask(self, target: str) -> Answer:
        """With the target under every name, in the address and in the form."""
        names = {name: [target] for name in off_host.NAMES if target}
        path, _, query = self.url.partition("?")
        url = f"{path}?{query}&{urlencode(names, doseq=True)}"
        method, request = "GET", {}
        if self.data is not None:
            body = {"_token": [str(uuid.uuid4())], **self.data, **names}
            method, request = (
                "POST",
                {"body": urlencode(body, doseq=True).encode(), "content_type": FORM},
            )
        with thrown_away():
            return self.visitor.send(self.role, method, url, **request)[0]

    def away(self, number: int) -> list[str]:
        """In CI a third of the targets where the answer listens to them, each day another; in the drill all."""
        listens = sent_on(self.ask(OURS)) != sent_on(self.ask(""))
        if listens and not self.url.startswith(ADMIN):
            return self.away_to(third(off_host.TARGETS, number))
        start = (DAY + number) * FEW
        return self.away_to(
            off_host.TARGETS[(start + each) % len(off_host.TARGETS)] for each in range(FEW)
        )

    def away_to(self, targets: Iterable[str]) -> list[str]:
        return [
            f"{target!r} → {found}"
            for target in targets
            for found in leading_away(self.ask(target))
        ]


def sent_on(answer: Answer) -> list[str]:
    return [answer.response.headers.get(name, "") for name in off_host.SENT_ON]


def leading_away(answer: Answer) -> list[str]:
    away = [
        one for one in sent_on(answer) if off_host.leads_away(one) or "\r" in one or "\n" in one
    ]
    return away + off_host.offered(answer.body)


FORMS = bad_input.forms()


@pytest.mark.parametrize("act", sampled(FORMS), ids=str)
def test_form_sends_nobody_away(act: Act, visitor: Visitor) -> None:
    filled = acts.fill(visitor, act)
    door = Door(visitor, act.role, filled.url, filled.data)
    assert door.away(FORMS.index(act)) == []


@pytest.mark.drill
@pytest.mark.parametrize("act", FORMS, ids=str)
def test_form_sends_nobody_away_to_any(act: Act, visitor: Visitor) -> None:
    filled = acts.fill(visitor, act)
    door = Door(visitor, act.role, filled.url, filled.data)
    assert door.away_to(off_host.TARGETS) == []


@pytest.mark.parametrize("row", sampled(PAGES), ids=str)
def test_page_sends_nobody_away(row: Row, visitor: Visitor) -> None:
    assert Door(visitor, role_of(row), visitor.url(row)).away(PAGES.index(row)) == []


@pytest.mark.parametrize("row", sampled(PAGES[::10]), ids=str)
def test_page_asks_strangers_to_sign_in_here(row: Row, visitor: Visitor) -> None:
    assert Door(visitor, "anonymous", visitor.url(row)).away(PAGES.index(row)) == []


@pytest.mark.parametrize("target", off_host.TARGETS, ids=repr)
def test_signing_in_leads_nowhere_else(target: str, visitor: Visitor) -> None:
    """The one form whose way back everybody can choose: whole, and not only where it listens."""
    login = {"login": ["head@demo.example"], "password": ["ein langes Passwort"]}
    act = next(act for act in FORMS if act.route == "account_login")
    filled = acts.fill(visitor, act)
    answer = Door(visitor, "anonymous", filled.url, login | filled.data).ask(target)
    assert answer.status == 302
    assert leading_away(answer) == []


def test_a_way_back_of_ours_is_taken(visitor: Visitor) -> None:
    """Otherwise the tests above would prove nothing."""
    act = next(act for act in FORMS if act.route == "account_login")
    filled = acts.fill(visitor, act)
    assert Door(visitor, "anonymous", filled.url, filled.data).ask(OURS).location == OURS
    region = next(act for act in FORMS if act.route == "register:partnerships_region_change")
    filled = acts.fill(visitor, region)
    codes = {"languages": ["fr"], "iso_3166_2": ["FR-OCC"], "nuts": ["FRJ"]}
    assert Door(visitor, region.role, filled.url, filled.data | codes).ask(OURS).location == OURS


@pytest.mark.parametrize("path", off_host.PATHS)
def test_path_is_no_way_out(path: str, visitor: Visitor) -> None:
    for role in ("anonymous", "coordination", "administrator"):
        for method in ("GET", "POST"):
            with thrown_away():
                answer, _ = visitor.send(role, method, f"http://testserver{path}")
            assert leading_away(answer) == []


@pytest.mark.parametrize("target", off_host.TARGETS, ids=repr)
def test_fragment_of_a_session_that_ended_leads_to_our_sign_in(
    target: str, visitor: Visitor
) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": target.replace("\r", "").replace("\n", "")}
    answer, _ = visitor.send("anonymous", "GET", "/partnerschaften/", headers=headers)
    assert answer.status == 401
    assert leading_away(answer) == []


# Its numbers are for the machine itself, not for whoever comes through a proxy.
TELLS_THE_MACHINE = ("healthz",)
SAME_FOR_ALL = [row for row in PAGES if row.route not in TELLS_THE_MACHINE]


@pytest.mark.parametrize("row", sampled(SAME_FOR_ALL), ids=str)
def test_headers_change_nothing(row: Row, visitor: Visitor) -> None:
    for role in {"anonymous", role_of(row)} if PAGES.index(row) % 4 == 0 else {role_of(row)}:
        plain, spoofed = (get(visitor, role, row, headers) for headers in ({}, SPOOFED))
        assert spoofed.status == plain.status
        assert spoofed.location == plain.location
        assert spoofed.masked == plain.masked


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example", ""]
)
def test_other_host_is_refused(host: str, visitor: Visitor) -> None:
    for row in PAGES[::4]:
        if row.route != "healthz":
            assert get(visitor, role_of(row), row, {"Host": host}).status == 400, row


def test_link_in_a_mail_knows_no_header(visitor: Visitor) -> None:
    act = next(act for act in FORMS if act.route == "account_reset_password")
    filled = acts.fill(visitor, act)
    body = urlencode({"_token": str(uuid.uuid4())} | filled.data, doseq=True).encode()
    with thrown_away():
        visitor.send("anonymous", "POST", filled.url, body, content_type=FORM, headers=SPOOFED)
        mail = Notification.objects.latest("pk")
    assert mail.kind == Notification.Kind.PASSWORD_RESET
    assert "evil" not in mail.link + mail.body


def get(visitor: Visitor, role: str, row: Row, headers: dict[str, Any]) -> Answer:
    with thrown_away():
        return visitor.send(role, "GET", visitor.url(row), headers=headers)[0]

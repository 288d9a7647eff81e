"""Texts of the world that only some roles may ever receive, in any byte of any answer."""

import re
from urllib.parse import unquote

from tests.harness import canaries
from tests.harness.canaries import Legend
from tests.harness.crawl import Answer
from tests.harness.readers import KEEPS_ACCOUNTS
from tests.harness.texts import (
    ASKED,
    DRAFT,
    JUDGEMENT,
    PREPARING,
    QUERY,
    RELEASED,
    SECRET,
    SUBMITTER,
)

OWN = {"officer", "head", "manager"}
CIRCLE = {"coordination", "chief"}

# text → the roles that may read it
READERS = {
    DRAFT: OWN,
    RELEASED: OWN | CIRCLE,
    QUERY: OWN | {"coordination"},
    ASKED: OWN | CIRCLE | {"officer_elsewhere"},
    JUDGEMENT: CIRCLE,
    PREPARING: {"coordination"},
    SECRET: {"coordination"},
    # Names of people of a house: for the house itself, and for those who keep accounts or logs.
    SUBMITTER: OWN | {"auditor", "administrator"},
}
# The officer belongs to the circle of this one, in a text or in an address.
IN_CIRCLE = re.compile(rf"{SECRET}(?: |\+|%20)im(?: |\+|%20)Kreis")


def found(answer: Answer, route: str, legend: Legend) -> list[str]:
    """What this role received and must not: body and address it is sent on to."""
    text = f"{answer.masked.decode(errors='replace')} {answer.location}"
    typed = f"{unquote(answer.url)} {answer.typed}"
    tokens = canaries.found(legend, answer.role, text, route, typed)
    return tokens + texts_found(answer.role, text, route)


def texts_found(role: str, text: str, route: str) -> list[str]:
    if role == "officer":
        text = IN_CIRCLE.sub("", text)
    return [
        canary
        for canary, readers in READERS.items()
        if canary in text and role not in readers and not _is_account(canary, role, route)
    ]


def _is_account(canary: str, role: str, route: str) -> bool:
    return canary == SUBMITTER and role == "coordination" and bool(KEEPS_ACCOUNTS.match(route))

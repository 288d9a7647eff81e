"""Texts of the world that only some roles may ever receive, in any byte of any answer."""

import re

from tests.harness.world import ASKED, DRAFT, JUDGEMENT, PREPARING, RELEASED, SECRET, SUBMITTER

OWN = {"officer", "head", "manager"}
CIRCLE = {"coordination", "chief"}

# text → the roles that may read it
READERS = {
    DRAFT: OWN,
    RELEASED: OWN | CIRCLE,
    ASKED: OWN | CIRCLE | {"officer_elsewhere"},
    JUDGEMENT: CIRCLE,
    PREPARING: {"coordination"},
    SECRET: {"coordination"},
    # Names of people of a house: for the house itself, and for those who keep accounts or logs.
    SUBMITTER: OWN | {"auditor", "administrator"},
}
# The officer belongs to the circle of this one, in a text or in an address.
IN_CIRCLE = re.compile(rf"{SECRET}(?: |\+|%20)im(?: |\+|%20)Kreis")
# Accounts are offered by name where the coordination names a circle or invites.
NAMES_OF_ACCOUNTS = re.compile("^(register|accounts|account)")


def found(role: str, body: bytes, route: str) -> list[str]:
    text = body.decode(errors="replace")
    if role == "officer":
        text = IN_CIRCLE.sub("", text)
    return [
        canary
        for canary, readers in READERS.items()
        if canary in text and role not in readers and not _is_account(canary, role, route)
    ]


def _is_account(canary: str, role: str, route: str) -> bool:
    return canary == SUBMITTER and role == "coordination" and bool(NAMES_OF_ACCOUNTS.match(route))

"""axe, reflow and silence on every kind of page: light and dark, wide and narrow.

`pages.csv` names them; a page of the policy matrix that is missing there fails. In the two admin
areas, where Django makes the same four pages for every model, each of the four is named.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser import axe
from tests.browser.conftest import OpenAs
from tests.browser.running import Server
from tests.harness import matrix

FILE = Path(__file__).with_name("pages.csv")
# Answers that are no page: JSON, scripts, and pages of the admin that look like a named one.
NO_PAGES = {
    "healthz",
    "partnerships:contact-file",
    "partnerships:document-file",
    "reports:house-file",
    "partnerships:import-template",
    "guidelines:delegation-mailbox-file",
    "register:jsi18n",
    "technical:jsi18n",
    "register:autocomplete",
}
ADMIN_KINDS = re.compile(r"^(?P<site>\w+):\w+_(?P<kind>changelist|add|change|history)$")


@dataclass(frozen=True)
class Row:
    route: str
    address: str
    person: str
    status: str

    def __str__(self) -> str:
        return f"{self.route} {self.address} {self.person or 'anonymous'}"


def rows() -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [Row(**line) for line in csv.DictReader(file)]


ROWS = rows()


def kind(route: str) -> str:
    found = ADMIN_KINDS.match(route)
    return f"{found['site']}:{found['kind']}" if found else route


def test_every_kind_of_page_is_looked_at() -> None:
    pages = {
        kind(row.route)
        for row in matrix.rows()
        if row.method == "GET" and {"200", "410"} & set(row.expected.values())
    }
    assert sorted(pages - {kind(row.route) for row in ROWS} - NO_PAGES - UNREACHABLE) == []


# Kinds that the demonstration has no record for; test_states, test_record_states, test_editions make one.
UNREACHABLE = {
    "accounts:confirm_appointment",
    "guidelines:edition-publish",
    "guidelines:edition-discard",
    "guidelines:edition-mapping",
    "guidelines:guideline-drop",
    "guidelines:criterion-drop",
    "guidelines:round-prepare",
    "guidelines:round-open",
    "guidelines:round-discard",
    "guidelines:check-take-in",
    "guidelines:evaluation-edit",
    "guidelines:proposal-write",
    "dashboards:reading",
    "partnerships:status-take-back",
    "partnerships:lead-take-back",
    "partnerships:lead-acknowledge",
    "partnerships:activity-part",
    "partnerships:activity-part-remove",
    "partnerships:correction-answer",
    "partnerships:note-edit",
    "partnerships:record-accept",
    "partnerships:record-restore",
    "partnerships:record-withdraw-offer",
    "mfa_reauthenticate",
}


FOUND_BY = {
    "year": "SELECT max(year) FROM guidelines_checkround WHERE state = 'open'",
    "edition": "SELECT slug FROM guidelines_edition ORDER BY adopted_on DESC LIMIT 1",
    "letter": (
        "SELECT min(l.id) FROM guidelines_requestletter l JOIN guidelines_checkround r"
        " ON r.id = l.round_id WHERE r.state = 'open'"
    ),
    "delegated": "SELECT min(criterion_id) FROM guidelines_delegation",
    "to_mailbox": "SELECT min(id) FROM guidelines_delegation WHERE person_id IS NULL",
    "asked": "SELECT min(n.criterion_id) FROM guidelines_reviewnote n JOIN guidelines_statement s"
    " ON s.id = n.statement_id JOIN guidelines_guidelinecheck c ON c.id = s.guideline_check_id"
    " JOIN partnerships_partnership p ON p.id = c.partnership_id JOIN ministries_ministry m"
    " ON m.id = s.ministry_id WHERE p.slug = 'latium' AND m.abbreviation = 'SMWK'",
    "partnership_event": "SELECT min(pgh_id) FROM partnerships_partnershipevent",
}


def fill_in(address: str, server: Server) -> str:
    """Replaces {year}, {partnership.HOUSE} (a statement), {query_state}, {house} and {table} (its first key)."""
    return re.sub(r"\{([^}]+)\}", lambda found: value_of(found[1], server), address)


def value_of(name: str, server: Server) -> str:
    values: tuple[str, ...] = ()
    if name in FOUND_BY:
        query = FOUND_BY[name]
    elif "." in name:
        query = (
            "SELECT s.id FROM guidelines_statement s JOIN guidelines_guidelinecheck c"
            " ON c.id = s.guideline_check_id JOIN partnerships_partnership p"
            " ON p.id = c.partnership_id JOIN ministries_ministry m ON m.id = s.ministry_id"
            " JOIN guidelines_checkround r ON r.id = c.round_id WHERE r.state = 'open'"
            " AND p.slug = %s AND m.abbreviation = %s ORDER BY s.id DESC LIMIT 1"
        )
        values = tuple(name.split("."))
    elif name.startswith("query_"):
        query, values = "SELECT min(id) FROM guidelines_query WHERE state = %s", (name[6:],)
    elif name == "third_party":
        query = (
            "SELECT min(v.id) FROM guidelines_thirdpartyview v JOIN guidelines_statement s"
            " ON s.id = v.statement_id WHERE s.state = 'open'"
        )
    elif name == "own_fact":
        query = (
            "SELECT min(p.id) FROM partnerships_participation p JOIN ministries_responsibility r"
            " ON r.subject_area_id = p.subject_area_id JOIN ministries_ministry m"
            " ON m.id = r.ministry_id WHERE m.abbreviation = 'SMWK' AND m.valid_until IS NULL"
            " AND p.confirmed_on IS NULL"
        )
    elif name == "partnerships_activity":
        query = f"SELECT min(id) FROM {name} WHERE external_key IS NULL"  # of the SMWK
    elif "_" in name:
        query = f"SELECT min(id) FROM {name}"
    else:
        query = "SELECT slug FROM ministries_ministry WHERE lower(abbreviation) = %s AND valid_until IS NULL"
        values = (name,)
    return str(server.rows(query, *values)[0][0])


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_page_can_be_used_by_everybody(row: Row, open_as: OpenAs, server: Server) -> None:
    page, watch = open_as(row.person)
    watch.expected.add(int(row.status))
    response = page.goto(fill_in(row.address, server))
    assert response is not None
    assert response.status == int(row.status)
    watch.assert_quiet()
    assert axe.findings(page) == []

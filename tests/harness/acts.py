"""Every act of Brücke as somebody who may do it: the page with the form, filled in and sent.

The acts are the rows of `queries.csv` that save, and every form of the two admin areas that the
matrix lets somebody send. A new address that acts is asked for by both tables.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.harness import matrix, snapshot
from tests.harness.crawl import Answer, Visitor, thrown_away
from tests.harness.page_forms import PageForm, forms_of, main_form
from tests.harness.snapshot import Change, Rows

FILE = Path(__file__).with_name("queries.csv")
# Signing in and changing a password is allauth's: its rate limits live in the database.
POSTS = ("save", "corrected", "discarded", "account")
# Where the form of an act stands if not at its own address: route and query.
STANDS_ON = {
    "accounts:invite_again": ("accounts:invite", ""),
    "guidelines:check-advance": ("guidelines:check", ""),
    "guidelines:extension-take-back": ("guidelines:statement", ""),
    "guidelines:house-change": ("guidelines:round-prepare", ""),
    "guidelines:delegations": ("guidelines:delegations", "?s={statement_open}"),
    "guidelines:delegation-draft": ("guidelines:delegations", "?s={statement_open}"),
    "guidelines:houses-save": ("guidelines:round-prepare", ""),
    "guidelines:nil-return": ("guidelines:nil-return", "?s={statement_open}"),
    "guidelines:query-draft": ("guidelines:query", ""),
    "guidelines:query-take-back": ("guidelines:query", ""),
    "guidelines:statement-draft": ("guidelines:statement", ""),
    "guidelines:statement-table": ("guidelines:statement-table", "?s={statement_open}"),
    "guidelines:statement-table-draft": ("guidelines:statement-table", "?s={statement_open}"),
    "guidelines:statement-take-back": ("guidelines:statement", ""),
    "guidelines:statements-release": ("guidelines:statements-release", "?s={statement_submitted}"),
    "partnerships:activity-move": ("partnerships:activity", ""),
    "partnerships:subject-record-release": ("partnerships:subject-records", ""),
    "partnerships:subject-record-confirm": ("partnerships:subject-records", ""),
    "partnerships:note-release": ("partnerships:note", ""),
    "partnerships:contact-confirm": ("partnerships:contact", ""),
    "partnerships:follow-up-done": ("partnerships:follow-up-list", ""),
    "partnerships:follow-up-move": ("partnerships:follow-up-list", ""),
    "partnerships:follow-up-reopen": ("partnerships:follow-up-list", "?state=every"),
    "partnerships:commitment-settle": ("partnerships:commitment", ""),
    "partnerships:commitment-reopen": ("partnerships:commitment", ""),
    "partnerships:confirm": ("partnerships:detail", ""),
    "partnerships:confirm-withdraw": ("partnerships:detail", ""),
}
ADMIN_AREAS = {"register": "coordination", "technical": "administrator"}
ADMIN_FORMS = ("_add", "_change")
Data = dict[str, list[str]]


@dataclass(frozen=True)
class Act:
    route: str
    object: str
    role: str
    # The fields of the form that are filled in, as `name=value;name=value`.
    typed: str = ""

    def __str__(self) -> str:
        return f"{self.route} {self.object}".strip()

    def url(self, visitor: Visitor) -> str:
        name, _, query = self.object.partition("?")
        return visitor.routes[self.route].url(visitor.world.objects[name]) + (query and f"?{query}")


@dataclass
class Filled:
    """The form as the page shows it, and what a person sends."""

    act: Act
    url: str
    page: Answer
    form: PageForm
    data: Data


def acts() -> list[Act]:
    with FILE.open(encoding="utf-8", newline="") as file:
        saves = [line for line in csv.DictReader(file) if line["kind"] in POSTS]
    own = [Act(line["route"], line["object"], line["role"], line["typed"]) for line in saves]
    return [*own, *_admin_acts()]


def _admin_acts() -> Iterator[Act]:
    for row in matrix.rows():
        site = row.route.partition(":")[0]
        role = ADMIN_AREAS.get(site, "")
        is_form = row.route.endswith(ADMIN_FORMS) and not row.query
        if role and is_form and row.method == "POST" and row.expected[role] == "acts":
            yield Act(row.route, row.object, role)


def fill(visitor: Visitor, act: Act) -> Filled:
    url = act.url(visitor)
    page = visitor.visit(act.role, "GET", page_of(visitor, act))
    form = form_at(page.body, url) if page.status == 200 else PageForm("", "post")
    typed = act.typed
    for old, new in visitor.legend.renamed.items():
        typed = typed.replace(f"={old}", f"={new}") if old else typed
    return Filled(act, url, page, form, typed_into(form, typed))


def page_of(visitor: Visitor, act: Act) -> str:
    """The address of the page with the form."""
    if act.route not in STANDS_ON:
        return act.url(visitor)
    route, query = STANDS_ON[act.route]
    keys = {name: row.pk for name, row in visitor.world.records.items()}
    return visitor.routes[route].url(visitor.world.objects[act.object]) + query.format(**keys)


def form_at(body: bytes, url: str) -> PageForm:
    """The form that is sent there; else the one of the page that writes."""
    sent_there = [form for form in forms_of(body) if form.action == url and form.method == "post"]
    return sent_there[0] if sent_there else main_form(body)


def typed_into(form: PageForm, typed: str) -> Data:
    """The form, every question answered, with the texts of the table."""
    given = {name: [value] for name, _, value in (p.partition("=") for p in typed.split(";") if p)}
    known = {name for name, value in form.fields if value}
    answers = {name: values[-1] for name, values in form.choices.items() if is_open(name, known)}
    texts = {name: "Ein Text" for name in form.texts if name not in known}
    return form.data() | {name: [value] for name, value in (answers | texts).items()} | given


def is_open(name: str, known: set[str]) -> bool:
    """What is not chosen yet, and every answer of a statement: a save has to change something."""
    return name not in known or name.startswith("answer_")


class Effects:
    """Sends forms and tells what each changed; the world stays as it was."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.before: Rows = snapshot.rows()
        self.posts = 0
        self.id_fields = 0
        self.ids = 0

    def send(self, role: str, url: str, data: Any) -> tuple[Answer, list[Change]]:
        self.posts += 1
        with thrown_away():
            answer = self.visitor.visit(role, "POST", url, data, keep=True)
            return answer, snapshot.changes(self.before, snapshot.rows())

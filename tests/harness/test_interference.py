"""Two worlds that differ only in what a role must not see give it the same bytes."""

import re
from itertools import zip_longest

import pytest
from django.db import transaction

from dashboards import desk
from dashboards.embargo import INSIDE
from tests import figures, record_factories
from tests.harness import canaries, interference, matrix, snapshot, walk
from tests.harness.crawl import Visitor, thrown_away
from tests.harness.matrix import Row
from tests.harness.readers import KEEPS_ACCOUNTS

pytestmark = pytest.mark.long

ROLES = [role for role in matrix.ROLES if role != "anonymous"]
# Whom the suite asks: a house that is asked too, and the coordination; the drill asks everybody.
SAMPLE = ("officer_elsewhere", "coordination")
PLACES = ("dashboards", "guidelines", "partnerships")
# The Revision is told that something happened, though not what it said; the health tells of the worker.
TOLD = ("dashboards:revision", "dashboards:disclosures", "healthz")
GETS = [
    row
    for row in matrix.rows()
    if row.method == "GET" and row.route not in TOLD and not KEEPS_ACCOUNTS.match(row.route)
]
# A page of each kind and each query.
KINDS = list({(row.route, row.query): row for row in reversed(GETS)}.values())
SEARCHED = (
    "dashboards:search",
    "partnerships:list",
    "partnerships:activities_list",
    "guidelines:statements",
)

POSTS = [
    row
    for row in matrix.rows()
    if row.method == "POST" and not row.is_closed and row.route.startswith("guidelines")
]
# Keys of new records and versions differ, whatever else is the same.
NUMBER = re.compile(r"\d+")
CLOCK = re.compile(rb"(?<=Entwurf gespeichert )\d\d:\d\d")
Pages = dict[str, bytes]


def answers(visitor: Visitor, role: str, rows: list[Row]) -> Pages:
    """What this role is told when it acts: a refusal is an answer too."""
    found = {}
    for row in rows:
        if row.asked.get(role):
            answer = visitor.ask(row, role)
            place = NUMBER.sub("", answer.location)
            found[f"{row}"] = f"{answer.status} {place}\n".encode() + CLOCK.sub(b"", answer.masked)
    return found


def pages(visitor: Visitor, role: str, rows: list[Row], words: list[str]) -> Pages:
    """What this role gets, without tokens and clock; searches for hidden words included."""
    urls = {f"{row}": visitor.url(row) for row in rows if row.asked.get(role)}
    for route in SEARCHED:
        for word in words:
            urls[f"{route} {word}"] = f"{visitor.routes[route].url({})}?q={word}"
    return {name: visitor.visit(role, "GET", url).masked for name, url in urls.items()}


def hidden_words(visitor: Visitor, role: str) -> list[str]:
    """A token of every model and class that this role is no reader of."""
    found = {
        (canary.model, canary.record_class): token
        for token, canary in visitor.legend.items()
        if role not in canary.readers and canary.field != canaries.REASON
    }
    return list(found.values())


def differences(visitor: Visitor, role: str, rows: list[Row], words: list[str]) -> list[str]:
    posts = [row for row in rows if row.method == "POST"]
    rows = [row for row in rows if row.method == "GET"]
    before = pages(visitor, role, rows, words) | answers(visitor, role, posts)
    with transaction.atomic():
        interference.change(visitor.world, visitor.legend, role)
        count_anew(visitor, role)
        after = pages(visitor, role, rows, words) | answers(visitor, role, posts)
        transaction.set_rollback(True)
    return [
        f"{name}: {first_difference(before[name], after[name])}"
        for name in before
        if before[name] != after[name]
    ]


def count_anew(visitor: Visitor, role: str) -> None:
    """The number beside "Zu erledigen" is kept from the sign-in on; another world has its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "COUNTED_FOR", 0)
        visitor.visit(role, "GET", "/impressum/", keep=True)


def first_difference(one: bytes, other: bytes) -> str:
    lines = zip_longest(one.splitlines(), other.splitlines(), fillvalue=b"")
    return next(
        f"{a.decode(errors='replace')[:200]} ≠ {b.decode(errors='replace')[:200]}"
        for a, b in lines
        if a != b
    )


def test_a_number_that_tells_of_another_world_would_be_found(visitor: Visitor) -> None:
    """A follow-up more, as told on a page that has nothing to do with it."""
    before = visitor.visit("officer", "GET", "/impressum/").masked
    with thrown_away():
        record_factories.make_follow_up(
            ministry=visitor.world.own,
            partnership=visitor.world.records["partnership_open"],
            due_on=visitor.world.day,
        )
        count_anew(visitor, "officer")
        after = visitor.visit("officer", "GET", "/impressum/").masked
    assert after != before
    assert visitor.visit("officer", "GET", "/impressum/").masked == before


@pytest.mark.parametrize("role", SAMPLE)
def test_hidden_things_change_nothing(visitor: Visitor, role: str) -> None:
    rows = [row for row in KINDS if row.route.startswith(PLACES)]
    rows += POSTS
    found = differences(visitor, role, rows, hidden_words(visitor, role)[:2])
    assert found == [], "\n".join(found)


REVISION = "/revision/"
INSIDE_A_HOUSE = (
    interference.work_in_the_own_house,
    interference.work_in_another_house,
    interference.more_time_for("open_elsewhere"),
)


def test_revision_of_another_house_hears_nothing(visitor: Visitor) -> None:
    """It hears that something happened, but not how a house comes to its statement."""
    urls = [REVISION, *(f"{REVISION}?kind={kind}" for kind in INSIDE)]
    urls += [f"{url}{'&' if '?' in url else '?'}format=csv" for url in urls]

    def read() -> Pages:
        return {url: visitor.visit("auditor", "GET", url).masked for url in urls}

    with transaction.atomic():
        before = read()
        for act in INSIDE_A_HOUSE:
            act(visitor.world)
        after = read()
        transaction.set_rollback(True)
    assert [url for url in urls if before[url] != after[url]] == []


@pytest.fixture(scope="module")
def compared() -> list[str]:
    return []


@pytest.mark.drill
@pytest.mark.parametrize("role", ROLES)
def test_hidden_things_change_nothing_anywhere(
    visitor: Visitor, compared: list[str], role: str
) -> None:
    words = hidden_words(visitor, role)
    found = differences(visitor, role, GETS + POSTS, words)
    compared += found
    assert found == []


@pytest.mark.drill
def test_number_of_differences(visitor: Visitor, compared: list[str]) -> None:
    figures.note(
        "Sichtbarkeit",
        "verschiedene Antworten in zwei Welten, die nur in Verborgenem verschieden sind",
        asked=0,
        measured=len(compared),
        size=f"{len(ROLES)} Rollen, {visitor.responses} Antworten",
    )
    assert compared == []


@pytest.fixture
def added(visitor: Visitor) -> set[str]:
    """The tables in which something happened behind somebody's back."""
    before = snapshot.rows()
    with transaction.atomic():
        for one in interference.HAPPENINGS:
            one.act(visitor.world)
        changes = snapshot.changes(before, snapshot.rows())
        transaction.set_rollback(True)
    return {change.table for change in changes if not change.before}


def test_something_of_every_model_happens_in_secret(added: set[str]) -> None:
    exceptions = interference.NEVER_ADDED_IN_SECRET
    models = [model for model in snapshot.tables() if model in walk.models()]
    missing = [model._meta.label for model in models if model._meta.db_table not in added]
    assert sorted(missing) == sorted(exceptions)

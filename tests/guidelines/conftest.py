"""One house with its people, and a statement it owes."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from guidelines.collection.actions import close_collections, reopen_cell, reopen_collection
from guidelines.models import (
    CheckRound,
    Criterion,
    GuidelineCheck,
    Query,
    Reopening,
    Statement,
    ThirdPartyView,
)
from guidelines.queries.actions import ask, save_reply, submit_reply
from guidelines.statements.actions import release, save_statement, submit
from guidelines.statements.forms import stored_values
from guidelines.statements.pages import notes_of
from guidelines.third_parties.actions import add_view
from ministries.clock import today
from ministries.models import Ministry, Notification, Role, User
from ministries.working_days import add_working_days
from partnerships.models import Document
from tests.factories import (
    NOW,
    make_chancellery,
    make_check,
    make_criterion,
    make_edition,
    make_guideline,
    make_ministry,
    make_partnership,
    make_people,
    make_round,
    make_statement,
)
from tests.record_factories import make_document


@dataclass
class House:
    """A ministry with an officer, a second officer, a head and a manager."""

    ministry: Ministry
    officer: User
    colleague: User
    head: User
    manager: User


HOUSE = (Role.OFFICER, Role.OFFICER, Role.HEAD, Role.MANAGER)
CHANCELLERY = (Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR)


def make_house() -> House:
    ministry = make_ministry()
    return House(ministry, *make_people(*((role, ministry) for role in HOUSE)))


@dataclass
class World:
    """A running round with one check, two asked houses and one that is not asked."""

    check_round: CheckRound
    check: GuidelineCheck
    criteria: list[Criterion]
    house: House
    other: House
    stranger: House
    coordinator: User
    auditor: User
    administrator: User
    statement: Statement
    other_statement: Statement


@pytest.fixture
def world(db: None) -> World:
    chancellery = make_chancellery()
    edition = make_edition()
    guideline = make_guideline(edition=edition)
    criteria = [
        make_criterion(guideline=guideline),
        make_criterion(guideline=guideline, scale=Criterion.Scale.YES_NO_CLARIFY),
    ]
    check_round = make_round(edition=edition, due_on=today() + timedelta(days=22))
    check = make_check(check_round=check_round)
    coordinator, auditor, administrator = make_people(
        *((role, chancellery) for role in CHANCELLERY)
    )
    house, other, stranger = (make_house() for _ in range(3))
    return World(
        check_round=check_round,
        check=check,
        criteria=criteria,
        house=house,
        other=other,
        stranger=stranger,
        coordinator=coordinator,
        auditor=auditor,
        administrator=administrator,
        statement=make_statement(ministry=house.ministry, check=check, criteria=criteria),
        other_statement=make_statement(ministry=other.ministry, check=check, criteria=criteria),
    )


def fresh(statement: Statement) -> Statement:
    """As the next request would load it."""
    return Statement.objects.get(pk=statement.pk)


def write(statement: Statement, *, by: User, **changes: Any) -> Statement:
    """A complete text, saved."""
    criteria = [note.criterion_id for note in statement.review_notes.order_by("criterion_id")]
    values: dict[str, Any] = {
        "answers": dict(zip(criteria, ["2", "yes"], strict=False)),
        "reasons": dict.fromkeys(criteria, ""),
        "vote": "continue",
        "key_message": "Die Zusammenarbeit trägt.",
        "expected_version": statement.version,
    }
    return save_statement(statement=statement, by=by, now=NOW, **(values | changes))


def submitted(statement: Statement, *, by: User) -> Statement:
    write(statement, by=by)
    submit(statement=statement, by=by, now=NOW)
    return fresh(statement)


def released(statement: Statement, *, house: House) -> Statement:
    statement = submitted(statement, by=house.officer)
    release(statement=statement, by=house.head, now=NOW)
    return fresh(statement)


def told(world: World, *, by: User | None = None, **changes: Any) -> ThirdPartyView:
    """What a third party told the house."""
    said = {"sender": "IHK Dresden", "given_on": date(2026, 11, 20), "text": "Fortführen."}
    values: Any = {**said, "document": None, **changes}
    statement = fresh(world.statement)
    view = add_view(statement=statement, told=values, by=by or world.house.colleague, now=NOW)
    world.statement.version = statement.version
    return view


def document_of(world: World, **fields: Any) -> Document:
    """Of the house, about the partnership."""
    of = {"ministry": world.house.ministry, "partnership": world.check.partnership}
    by = {"uploaded_by": world.house.officer, "title": "Schreiben der Kammer"}
    return make_document(**(of | by | fields))


def asked(statement: Statement, *, by: User, **changes: Any) -> Query:
    """A Rückfrage about a released statement."""
    values = {"text": "Welche Hochschule ist gemeint?", "due_on": NOW.date() + timedelta(days=9)}
    return ask(statement=statement, by=by, now=NOW, **(values | changes))


def replied(query: Query, *, by: User, reply: str = "", **changes: str) -> Query:
    """The answer saved: the statement with these changes, under the names of the form."""
    query = Query.objects.get(pk=query.pk)
    values = stored_values(query.statement, notes_of(query.statement)) | changes
    save_reply(
        query=query,
        values=values if changes else {},
        reply=reply,
        expected_version=query.version,
        by=by,
        now=NOW,
    )
    return query


def reply_submitted(query: Query, *, by: User, **changes: str) -> Query:
    query = replied(query, by=by, **(changes or {"key_message": "Neue Kernaussage."}))
    submit_reply(query=query, by=by, now=NOW)
    return Query.objects.get(pk=query.pk)


@pytest.fixture
def query(world: World) -> Query:
    released(world.statement, house=world.house)
    Notification.objects.all().delete()
    return asked(fresh(world.statement), by=world.coordinator)


@pytest.fixture
def waiting(world: World) -> list[Statement]:
    """Three of the house, of which the head has to release each."""
    about = [
        make_check(check_round=world.check_round, partnership=make_partnership(name=name))
        for name in ("Zz 1", "Zz 2")
    ]
    more = [
        make_statement(ministry=world.house.ministry, check=one, criteria=world.criteria)
        for one in about
    ]
    return [submitted(one, by=world.house.officer) for one in (world.statement, *more)]


def closed(check: GuidelineCheck, *, by: User) -> None:
    """The collection for this partnership, as the coordination closes it."""
    close_collections(checks=[check], by=by, now=NOW)


LATER = add_working_days(today(), 40)
LATE: dict[str, Any] = {"reason": "Das Ressort bat darum.", "due_on": LATER, "now": NOW}


def reopened(check: GuidelineCheck, *, by: User, **changes: Any) -> Reopening:
    """For all houses again."""
    return reopen_collection(check=check, by=by, **(LATE | changes))


def reopened_for(statement: Statement, *, by: User, **changes: Any) -> Reopening:
    """For its house alone."""
    return reopen_cell(statement=fresh(statement), by=by, **(LATE | changes))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="config.authentication.LoginBackend")
    return client

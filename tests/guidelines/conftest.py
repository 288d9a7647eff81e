"""One house with its people, and a statement it owes."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from guidelines.actions.collection import close_collection
from guidelines.actions.statements import release, save_statement, submit
from guidelines.models import CheckRound, Criterion, GuidelineCheck, Statement
from ministries.clock import today
from ministries.models import Ministry, Role, User
from tests.factories import (
    NOW,
    make_chancellery,
    make_check,
    make_criterion,
    make_edition,
    make_guideline,
    make_ministry,
    make_round,
    make_statement,
    make_user,
)


@dataclass
class House:
    """A ministry with an officer, a second officer, a head and a manager."""

    ministry: Ministry
    officer: User = field(init=False)
    colleague: User = field(init=False)
    head: User = field(init=False)
    manager: User = field(init=False)

    def __post_init__(self) -> None:
        self.officer = make_user(role=Role.OFFICER, ministry=self.ministry)
        self.colleague = make_user(role=Role.OFFICER, ministry=self.ministry)
        self.head = make_user(role=Role.HEAD, ministry=self.ministry)
        self.manager = make_user(role=Role.MANAGER, ministry=self.ministry)


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
    house, other, stranger = (House(make_ministry()) for _ in range(3))
    return World(
        check_round=check_round,
        check=check,
        criteria=criteria,
        house=house,
        other=other,
        stranger=stranger,
        coordinator=make_user(role=Role.COORDINATOR, ministry=chancellery),
        auditor=make_user(role=Role.AUDITOR, ministry=chancellery),
        administrator=make_user(role=Role.ADMINISTRATOR, ministry=chancellery),
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


def closed(check: GuidelineCheck, *, by: User) -> None:
    """The collection for this partnership, as the coordination closes it."""
    close_collection(check=check, by=by, now=NOW)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="config.authentication.LoginBackend")
    return client

"""Every transition of a statement, with everybody who may and everybody who may not."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from guidelines.models import Statement
from guidelines.statements.actions import (
    record_release,
    release,
    return_for_revision,
    submit,
    take_back,
    withdraw,
)
from guidelines.states.tables import STATEMENT_TRANSITIONS, StatementState
from ministries.models import User
from tests.factories import NOW
from tests.guidelines.conftest import World, closed, fresh, released, submitted, write
from ui.errors import Refusal

PEOPLE = (
    "officer",
    "colleague",
    "head",
    "manager",
    "foreign officer",
    "foreign head",
    "coordinator",
    "auditor",
    "administrator",
)
ALLOWED = {
    "submit": {"officer", "colleague", "head"},
    "take_back": {"officer", "colleague", "head"},
    "return_for_revision": {"head"},
    "release": {"head"},
    "record_release": {"colleague", "head"},
    "withdraw": {"head"},
}
TARGETS = {
    "submit": StatementState.SUBMITTED,
    "take_back": StatementState.OPEN,
    "return_for_revision": StatementState.OPEN,
    "release": StatementState.RELEASED,
    "record_release": StatementState.RELEASED,
    "withdraw": StatementState.OPEN,
}
PAPER = {"function": "Abteilungsleitung 4", "released_on": NOW.date(), "reference": "4-0123/7"}
ACTIONS: dict[str, tuple[Any, dict[str, Any]]] = {
    "submit": (submit, {}),
    "take_back": (take_back, {}),
    "return_for_revision": (return_for_revision, {"note": "Bitte begründen."}),
    "release": (release, {}),
    "record_release": (record_release, PAPER),
    "withdraw": (withdraw, {}),
}
SOURCES = {row.name: row.source for row in STATEMENT_TRANSITIONS}


def person(world: World, name: str) -> User:
    if name.startswith("foreign"):
        return getattr(world.other, name.removeprefix("foreign "))
    return getattr(world, name) if hasattr(world, name) else getattr(world.house, name)


def in_state(world: World, state: str) -> Statement:
    """Complete and in that state, written by the officer."""
    if state == StatementState.OPEN:
        return fresh(write(world.statement, by=world.house.officer))
    if state == StatementState.SUBMITTED:
        return submitted(world.statement, by=world.house.officer)
    return released(world.statement, house=world.house)


def act(name: str, statement: Statement, by: User) -> None:
    action, fields = ACTIONS[name]
    action(statement=statement, by=by, now=NOW, **fields)


@pytest.mark.parametrize("name", ALLOWED)
@pytest.mark.parametrize("who", PEOPLE)
def test_transition_by_role(world: World, name: str, who: str) -> None:
    statement = in_state(world, SOURCES[name])
    by = person(world, who)

    if who in ALLOWED[name]:
        act(name, statement, by)
        assert fresh(statement).state == TARGETS[name]
    else:
        with pytest.raises(PermissionDenied):
            act(name, statement, by)
        assert fresh(statement).state == SOURCES[name]


@pytest.mark.parametrize("name", ALLOWED)
@pytest.mark.parametrize("state", StatementState.values)
def test_transition_from_wrong_state_is_refused(world: World, name: str, state: str) -> None:
    if state == SOURCES[name]:
        return
    statement = in_state(world, state)
    by = person(world, "head")

    with pytest.raises(Refusal):
        act(name, statement, by)

    assert fresh(statement).state == state


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (source, target)
        for source in StatementState.values
        for target in StatementState.values
        if source != target
        and (source, target) not in {(row.source, row.target) for row in STATEMENT_TRANSITIONS}
    ],
)
def test_illegal_transition_is_refused_by_trigger(world: World, source: str, target: str) -> None:
    statement = in_state(world, source)

    with pytest.raises(Error), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(state=target)

    assert fresh(statement).state == source


def test_submit_records_who_and_when(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    assert (statement.submitted_by, statement.submitted_at) == (world.house.officer, NOW)


def test_submit_clears_return_note(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)
    return_for_revision(statement=statement, note="Kürzer.", by=world.house.head, now=NOW)

    submit(statement=fresh(statement), by=world.house.officer, now=NOW)

    assert fresh(statement).return_note == ""


def test_return_needs_a_note(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    with pytest.raises(Refusal, match="geändert oder ergänzt"):
        return_for_revision(statement=statement, note="  ", by=world.house.head, now=NOW)


def test_return_keeps_the_note_for_the_house(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    return_for_revision(statement=statement, note="Bitte kürzen.", by=world.house.head, now=NOW)

    assert fresh(statement).return_note == "Bitte kürzen."


@pytest.mark.parametrize("name", ["submit", "take_back", "return_for_revision", "release"])
def test_nothing_moves_after_the_collection(world: World, name: str) -> None:
    statement = in_state(world, SOURCES[name])
    closed(world.check, by=world.coordinator)

    with pytest.raises(Refusal, match="beendet"):
        act(name, fresh(statement), person(world, "head"))

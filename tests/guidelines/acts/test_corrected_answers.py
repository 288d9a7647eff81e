"""Fehlanzeige and answer to a Rückfrage are released with changes as a statement is."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import Query
from guidelines.queries.actions import answer_corrected, submit_reply
from guidelines.statements.actions import file_nil_return, release_corrected
from ministries.models import Notification, User
from tests.factories import NOW
from tests.guidelines.acts.conftest import OUTSIDERS, person
from tests.guidelines.conftest import (
    World,
    fresh,
    replied,
    reply_submitted,
)
from ui.errors import Conflict, Refusal

NEW = "Kürzer gesagt."


def answer(query: Query, *, by: User, **changes: Any) -> bool:
    values = {"values": {**query.values, "key_message": NEW}, "reply": query.reply}
    version = {"expected_version": query.version}
    return answer_corrected(query=query, by=by, now=NOW, **(values | version | changes))


def test_answer_to_a_query_is_corrected_and_released(world: World, query: Query) -> None:
    reply = reply_submitted(query, by=world.house.officer)

    assert answer(reply, by=world.house.head)

    assert Query.objects.get().state == "answered"
    assert fresh(world.statement).key_message == NEW
    assert Notification.objects.filter(subject__contains="mit Änderungen").count() == 1


def test_answer_nobody_has_written_or_changed_since_is_refused(world: World, query: Query) -> None:
    replied(query, by=world.house.head, reply="Ja.")
    query = Query.objects.get()
    submit_reply(query=query, by=world.house.officer, now=NOW)

    with pytest.raises(PermissionDenied):
        answer(Query.objects.get(), by=world.house.head)


def test_answer_in_another_version_conflicts(world: World, query: Query) -> None:
    reply = reply_submitted(query, by=world.house.officer)

    with pytest.raises(Conflict):
        answer(reply, by=world.house.head, expected_version=1)


@pytest.mark.parametrize("who", ["officer", *OUTSIDERS])
def test_nobody_else_corrects_an_answer(world: World, query: Query, who: str) -> None:
    reply = reply_submitted(query, by=world.house.officer)

    with pytest.raises(PermissionDenied):
        answer(reply, by=person(world, who))


def test_reason_of_a_nil_return_is_corrected(world: World) -> None:
    reasons = {world.statement.pk: "Kein Fall."}
    file_nil_return(statements=[world.statement], reasons=reasons, by=world.house.officer, now=NOW)
    statement = fresh(world.statement)
    common: dict[str, Any] = {"expected_version": statement.version, "by": world.house.head}

    with pytest.raises(Refusal, match="Grund"):
        release_corrected(statement=statement, values={"nil_reason": ""}, now=NOW, **common)
    release_corrected(statement=statement, values={"nil_reason": NEW}, now=NOW, **common)

    found = fresh(statement)
    assert (found.state, found.is_nil_return, found.nil_reason) == ("released", True, NEW)

"""The house's answer to a Rückfrage: written apart, and one version of the statement at release."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import Query, ReviewNote
from guidelines.queries.actions import (
    answer,
    record_answer,
    return_reply,
    save_reply,
    submit_reply,
    take_reply_back,
)
from guidelines.statements.actions import file_nil_return, release
from ministries.models import Appointment, Notification, Role
from tests.factories import NOW, make_appointment, make_user
from tests.guidelines.acts.conftest import OUTSIDERS, person
from tests.guidelines.acts.test_queries import current, stored
from tests.guidelines.conftest import World, asked, closed, fresh, replied, reply_submitted
from ui.errors import Conflict, Refusal

ONE_DAY = timedelta(days=1)
PAPER: dict[str, Any] = {
    "function": "Abteilungsleitung 4",
    "released_on": NOW.date(),
    "reference": "4-0123/7",
}


def test_writing_an_answer_leaves_what_was_released_as_it_is(world: World, query: Query) -> None:
    before = stored(world.statement)
    notes = list(ReviewNote.objects.values())

    submitted_reply = reply_submitted(query, by=world.house.officer, vote="end")
    take_reply_back(query=submitted_reply, by=world.house.officer, now=NOW)
    submit_reply(query=current(query), by=world.house.officer, now=NOW)
    return_reply(query=current(query), note="Kürzer.", by=world.house.head, now=NOW)

    assert stored(world.statement) == before
    assert list(ReviewNote.objects.values()) == notes


def test_answer_replaces_statement_and_notes_in_one_version(world: World, query: Query) -> None:
    first = world.criteria[0].pk
    before = fresh(world.statement).version
    changes = {"vote": "expand", f"answer_{first}": "3", f"reason_{first}": "Die TU Dresden."}
    reply = reply_submitted(query, by=world.house.officer, **changes)

    answer(query=reply, by=world.house.head, now=NOW + ONE_DAY)

    statement = fresh(world.statement)
    assert (statement.state, statement.version, statement.vote) == (
        "released",
        before + 1,
        "expand",
    )
    assert (statement.released_by, statement.released_at) == (world.house.head, NOW + ONE_DAY)
    note = ReviewNote.objects.get(statement=statement, criterion=first)
    assert (note.answer, note.reason) == ("3", "Die TU Dresden.")
    found = current(query)
    assert (found.state, found.answered_version) == ("answered", before + 1)
    assert (found.answered_by, found.answered_at) == (world.house.head, NOW + ONE_DAY)


def test_answer_tells_the_staatskanzlei(world: World, query: Query) -> None:
    reply = reply_submitted(query, by=world.house.officer)
    Notification.objects.all().delete()

    answer(query=reply, by=world.house.head, now=NOW)

    mail = Notification.objects.get()
    assert mail.subject == f"{world.check_round}: Rückfrage beantwortet ({world.house.ministry})"
    assert mail.link == world.statement.get_absolute_url()


def test_answer_by_a_deputy_is_in_vertretung(world: World, query: Query) -> None:
    regular = Appointment.objects.get(user=world.house.head)
    deputy = make_user()
    make_appointment(user=deputy, role=Role.HEAD, ministry=world.house.ministry, deputy_for=regular)

    answer(query=reply_submitted(query, by=world.house.officer), by=deputy, now=NOW)

    assert fresh(world.statement).is_released_by_deputy


def test_answer_without_any_change_needs_a_reply(world: World, query: Query) -> None:
    with pytest.raises(Refusal, match="schreiben Sie der Staatskanzlei eine Antwort"):
        submit_reply(query=query, by=world.house.officer, now=NOW)

    reply = reply_submitted(query, by=world.house.officer, reply="Gemeint ist die TU.")
    before = stored(world.statement)
    answer(query=reply, by=world.house.head, now=NOW)

    assert fresh(world.statement).key_message == before["key_message"]
    assert current(query).reply == "Gemeint ist die TU."


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"vote": ""}, "Votum"),
        ({"vote": "unsinn"}, "Votum"),
        ({"key_message": " "}, "Kernaussage"),
        ({"vote": "postpone"}, "bis wann"),
    ],
)
def test_incomplete_answer_is_refused(
    world: World, query: Query, changes: dict[str, str], told: str
) -> None:
    reply = replied(query, by=world.house.officer, **changes)

    with pytest.raises(Refusal, match=told):
        submit_reply(query=reply, by=world.house.officer, now=NOW)


def test_answer_needs_reasons_like_a_statement(world: World, query: Query) -> None:
    reply = replied(query, by=world.house.officer, **{f"answer_{world.criteria[0].pk}": "3"})

    with pytest.raises(Refusal, match=f"Begründen Sie bei Frage {world.criteria[0].code}"):
        submit_reply(query=reply, by=world.house.officer, now=NOW)


def test_nil_return_stays_with_a_reply_and_becomes_a_statement_with_a_text(world: World) -> None:
    file_nil_return(statements=[world.statement], by=world.house.officer, now=NOW)
    release(statement=fresh(world.statement), by=world.house.head, now=NOW)
    first = asked(fresh(world.statement), by=world.coordinator)
    answer(
        query=reply_submitted(first, by=world.house.officer, reply="Nichts bekannt."),
        by=world.house.head,
        now=NOW,
    )
    assert fresh(world.statement).is_nil_return

    second = asked(fresh(world.statement), by=world.coordinator)
    answers = {
        f"answer_{world.criteria[0].pk}": "2",
        f"answer_{world.criteria[1].pk}": "yes",
        "vote": "continue",
        "key_message": "Doch etwas.",
    }
    answer(
        query=reply_submitted(second, by=world.house.officer, **answers),
        by=world.house.head,
        now=NOW,
    )

    assert not fresh(world.statement).is_nil_return
    assert fresh(world.statement).vote == "continue"


def test_answer_released_outside_is_recorded(world: World, query: Query) -> None:
    reply = reply_submitted(query, by=world.house.officer)

    record_answer(query=reply, by=world.house.colleague, now=NOW, **PAPER)

    statement = fresh(world.statement)
    assert statement.released_outside_function == "Abteilungsleitung 4"
    assert (statement.released_by, current(query).state) == (world.house.colleague, "answered")


def test_answer_released_outside_before_it_was_asked_is_refused(world: World, query: Query) -> None:
    reply = reply_submitted(query, by=world.house.officer)
    early = PAPER | {"released_on": date(2026, 1, 1)}

    with pytest.raises(Refusal, match="vor der Rückfrage"):
        record_answer(query=reply, by=world.house.colleague, now=NOW, **early)


def test_answer_by_its_author_is_refused(world: World, query: Query) -> None:
    make_appointment(user=world.house.officer, role=Role.HEAD, ministry=world.house.ministry)

    with pytest.raises(PermissionDenied):
        answer(
            query=reply_submitted(query, by=world.house.officer), by=world.house.officer, now=NOW
        )


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_do_nothing_with_an_answer(world: World, query: Query, who: str) -> None:
    reply = reply_submitted(query, by=world.house.officer)
    by = person(world, who)

    with pytest.raises(PermissionDenied):
        save_reply(query=query, values={}, reply="X", expected_version=1, by=by, now=NOW)
    with pytest.raises(PermissionDenied):
        take_reply_back(query=reply, by=by, now=NOW)
    with pytest.raises(PermissionDenied):
        return_reply(query=reply, note="X", by=by, now=NOW)
    with pytest.raises(PermissionDenied):
        answer(query=reply, by=by, now=NOW)
    with pytest.raises(PermissionDenied):
        record_answer(query=reply, by=by, now=NOW, **PAPER)


def test_text_changed_meanwhile_conflicts(world: World, query: Query) -> None:
    replied(query, by=world.house.officer, vote="expand")

    with pytest.raises(Conflict):
        save_reply(
            query=query,
            values={},
            reply="Mein Text",
            expected_version=query.version,
            by=world.house.colleague,
            now=NOW,
        )


def test_saving_nothing_new_makes_nobody_an_author(world: World, query: Query) -> None:
    replied(query, by=world.house.head)

    assert current(query).version == 1
    assert not query.authors.exists()


def test_nothing_is_answered_after_the_collection(world: World, query: Query) -> None:
    reply = reply_submitted(query, by=world.house.officer)
    closed(world.check, by=world.coordinator)

    with pytest.raises(Refusal, match="beendet"):
        answer(query=current(reply), by=world.house.head, now=NOW)

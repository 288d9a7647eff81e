"""Released with changes: both writes in one act, by a head beside whom somebody else has written."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import Statement, StatementDraft
from guidelines.statements.actions import (
    release_corrected,
    return_for_revision,
    submit,
    withdraw,
)
from guidelines.statements.draft_actions import keep_draft
from ministries.history.tracking import events_of
from ministries.models import Notification, User
from tests.factories import NOW
from tests.guidelines.acts.conftest import OUTSIDERS, person
from tests.guidelines.conftest import (
    World,
    fresh,
    released,
    submitted,
    write,
)
from ui.errors import Conflict, Refusal

NEW = "Kürzer gesagt."


def corrected(statement: Statement, *, by: User, **changes: Any) -> bool:
    values = {"vote": statement.vote, "vote_until_on": None, "key_message": NEW}
    version = changes.pop("expected_version", statement.version)
    return release_corrected(
        statement=statement, values=values | changes, expected_version=version, by=by, now=NOW
    )


def test_statement_is_corrected_and_released_in_one_act(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)
    keep_draft(statement=statement, data={}, based_on_version=3, by=world.house.head, now=NOW)

    assert corrected(statement, by=world.house.head)

    found = fresh(statement)
    assert (found.state, found.key_message, found.version) == ("released", NEW, 5)
    assert found.released_by == world.house.head
    assert set(found.authors.all()) == {world.house.officer, world.house.head}
    assert not StatementDraft.objects.exists()
    texts = events_of(Statement).filter(pgh_obj=statement.pk).order_by("pgh_id")
    assert list(texts.values_list("state", "key_message"))[-3:] == [
        ("submitted", "Die Zusammenarbeit trägt."),
        ("submitted", NEW),
        ("released", NEW),
    ]


def test_answers_are_corrected_too(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)
    (criterion, _) = world.criteria

    release_corrected(
        statement=statement,
        values={"vote": "continue", "vote_until_on": None, "key_message": NEW},
        answers={criterion.pk: "1"},
        reasons={criterion.pk: "Weil."},
        expected_version=statement.version,
        by=world.house.head,
        now=NOW,
    )

    note = statement.review_notes.get(criterion=criterion)
    assert (note.answer, note.reason) == ("1", "Weil.")


def test_unchanged_it_is_only_released(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    assert not corrected(statement, by=world.house.head, key_message=statement.key_message)

    assert fresh(statement).state == "released"
    assert world.house.head not in statement.authors.all()
    assert not Notification.objects.filter(subject__contains="mit Änderungen").exists()


def test_who_submitted_is_told_without_the_text(world: World) -> None:
    corrected(submitted(world.statement, by=world.house.officer), by=world.house.head)

    (mail,) = Notification.objects.filter(subject__contains="mit Änderungen freigegeben")
    assert mail.recipient == world.house.officer
    assert world.house.head.name in mail.body
    assert NEW not in mail.body


def test_incomplete_correction_writes_nothing(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    with pytest.raises(Refusal, match="Kernaussage"):
        corrected(statement, by=world.house.head, key_message="")

    found = fresh(statement)
    assert (found.state, found.key_message) == ("submitted", "Die Zusammenarbeit trägt.")


def test_unknown_vote_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="Voten"):
        corrected(submitted(world.statement, by=world.house.officer), by=world.house.head, vote="x")


def test_correction_of_another_version_conflicts(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    with pytest.raises(Conflict):
        corrected(statement, by=world.house.head, expected_version=statement.version - 1)


def test_what_was_returned_meanwhile_is_not_released(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)
    return_for_revision(statement=statement, note="Kürzen.", by=world.house.head, now=NOW)

    with pytest.raises(Refusal, match="nicht möglich"):
        corrected(fresh(statement), by=world.house.head)


@pytest.mark.parametrize("who", ["officer", *OUTSIDERS])
def test_nobody_else_corrects(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        corrected(submitted(world.statement, by=world.house.officer), by=person(world, who))


def test_text_of_the_head_alone_needs_another(world: World) -> None:
    write(world.statement, by=world.house.head)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    with pytest.raises(PermissionDenied):
        corrected(fresh(world.statement), by=world.house.head)


def test_resubmitted_unchanged_nobody_else_has_written(world: World) -> None:
    withdraw(statement=released(world.statement, house=world.house), by=world.house.head, now=NOW)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    with pytest.raises(PermissionDenied):
        corrected(fresh(world.statement), by=world.house.head)

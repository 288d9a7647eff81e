"""The answers of the last check, taken over: marked, and counted once they are confirmed."""

from datetime import timedelta
from typing import Any

import pytest

from guidelines.catalogue.actions import publish_edition
from guidelines.models import Evidence, ReviewNote, Statement
from guidelines.statements.actions import release, save_statement, submit
from guidelines.statements.lists import own_statements
from guidelines.statements.pages import notes_of
from guidelines.statements.taking_over import take_over
from guidelines.states.transitions import gaps
from ministries.clock import today
from partnerships.models import Activity
from tests.factories import (
    NOW,
    make_agreement,
    make_check,
    make_criterion,
    make_edition,
    make_guideline,
    make_round,
    make_statement,
)
from tests.guidelines.conftest import World, fresh, signed_in, write
from tests.guidelines.test_evidence import activity_of, key_of
from tests.guidelines.test_statement_conflict import form_data
from tests.guidelines.test_statement_pages import path, text
from tests.guidelines.test_statement_table import TABLE, typed
from ui.receipts import new_token


@pytest.fixture
def last(world: World) -> Statement:
    """What the house released about the same partnership in a round before."""
    former = make_round(
        edition=world.check_round.edition,
        year=world.check_round.year - 1,
        due_on=today() + timedelta(days=5),
        opened_at=NOW - timedelta(days=300),
    )
    check = make_check(check_round=former, partnership=world.check.partnership)
    statement = make_statement(ministry=world.house.ministry, check=check, criteria=world.criteria)
    reasons = {world.criteria[0].pk: "Wie immer.", world.criteria[1].pk: ""}
    write(statement, by=world.house.officer, reasons=reasons)
    submit(statement=statement, by=world.house.officer, now=NOW)
    release(statement=fresh(statement), by=world.house.head, now=NOW)
    return fresh(statement)


def pressed(world: World, button: str, **changes: str) -> Any:
    version = fresh(world.statement).version
    data = form_data(world, version=version, **changes) | {"_next": button}
    return signed_in(world.house.officer).post(path(world), data)


def empty(world: World) -> dict[str, str]:
    return {f"answer_{criterion.pk}": "" for criterion in world.criteria}


def answers(statement: Statement) -> list[tuple[str, str, bool]]:
    return [(note.answer, note.reason, note.is_unconfirmed) for note in notes_of(statement)]


def test_answers_and_reasons_are_taken_over(world: World, last: Statement) -> None:
    pressed(world, "uebernehmen", **empty(world))

    assert answers(world.statement) == [("2", "Wie immer.", True), ("yes", "", True)]
    assert world.house.officer in world.statement.authors.all()


def test_a_question_that_goes_on_takes_over_too(world: World, last: Statement) -> None:
    edition = make_edition()
    publish_edition(edition=world.check_round.edition, by=world.coordinator, now=NOW)
    question = make_criterion(
        guideline=make_guideline(edition=edition), predecessor=world.criteria[0]
    )
    ReviewNote.objects.create(statement=world.statement, criterion=question)

    assert take_over(statements=[world.statement], by=world.house.officer, now=NOW) == 3
    note = ReviewNote.objects.get(statement=world.statement, criterion=question)
    assert (note.answer, note.reason, note.is_unconfirmed) == ("2", "Wie immer.", True)


def test_what_is_written_stays(world: World, last: Statement) -> None:
    first, second = world.criteria

    pressed(world, "uebernehmen", **{f"answer_{first.pk}": "1", f"answer_{second.pk}": ""})

    assert answers(world.statement) == [("1", "", False), ("yes", "", True)]


def test_taken_over_counts_once_confirmed(world: World, last: Statement) -> None:
    write(world.statement, by=world.house.officer, answers={})
    take_over(statements=[fresh(world.statement)], by=world.house.officer, now=NOW)

    missing = [gap.field for gap in gaps(fresh(world.statement), "submit")]
    assert missing == [f"confirm_{criterion.pk}" for criterion in world.criteria]
    assert own_statements(world.house.officer, today()).get(pk=world.statement.pk).answered == 0

    pressed(world, "bestaetigen", **{f"reason_{world.criteria[0].pk}": "Wie immer."})

    assert gaps(fresh(world.statement), "submit") == []
    assert own_statements(world.house.officer, today()).get(pk=world.statement.pk).answered == 2


def test_a_tick_confirms_one(world: World, last: Statement) -> None:
    take_over(statements=[world.statement], by=world.house.officer, now=NOW)
    first = world.criteria[0]

    pressed(world, "", **{f"confirm_{first.pk}": "on", f"reason_{first.pk}": "Wie immer."})

    assert [note.is_unconfirmed for note in notes_of(world.statement)] == [False, True]


def test_a_changed_answer_is_confirmed(world: World, last: Statement) -> None:
    take_over(statements=[world.statement], by=world.house.officer, now=NOW)
    first = world.criteria[0]

    pressed(world, "", **{f"answer_{first.pk}": "1", f"reason_{first.pk}": "Wie immer."})

    assert [note.is_unconfirmed for note in notes_of(world.statement)] == [False, True]


def test_page_offers_and_marks(world: World, last: Statement) -> None:
    client = signed_in(world.house.officer)
    for address in (path(world), TABLE):
        assert "Angaben aus dem letzten Check übernehmen" in text(client, address)

    take_over(statements=[world.statement], by=world.house.officer, now=NOW)

    page = text(client, path(world))
    assert "aus dem letzten Check übernehmen" not in page
    assert page.count("Aus dem letzten Leitlinien-Check übernommen.") == 2
    assert "0 von 2 Fragen beantwortet" in page


def test_table_takes_over_and_confirms_by_partnership(world: World, last: Statement) -> None:
    client = signed_in(world.house.officer)
    row = typed(world, world.statement)
    bare = dict.fromkeys(row, "") | {f"version-{world.statement.pk}": "1"}

    client.post(TABLE, bare | {"_next": "uebernehmen", "_token": new_token()})
    assert answers(world.statement)[0] == ("2", "Wie immer.", True)
    assert "übernommen, noch nicht bestätigt" in text(client, TABLE)

    first = world.criteria[0].pk
    shown = row | {
        f"version-{world.statement.pk}": "2",
        f"reason_{first}-{world.statement.pk}": "Wie immer.",
        f"confirmed-{world.statement.pk}": "on",
    }
    client.post(TABLE, shown | {"_token": new_token()})

    assert not ReviewNote.objects.filter(is_unconfirmed=True).exists()


def test_other_houses_and_unreleased_are_not_taken(world: World, last: Statement) -> None:
    Statement.objects.filter(pk=last.pk).update(ministry=world.stranger.ministry)

    assert take_over(statements=[world.statement], by=world.house.officer, now=NOW) == 0


def test_nothing_of_a_later_round_is_taken(world: World, last: Statement) -> None:
    check_round = last.guideline_check.round
    type(check_round).objects.filter(pk=check_round.pk).update(opened_at=NOW + timedelta(days=1))

    assert take_over(statements=[world.statement], by=world.house.officer, now=NOW) == 0


def test_saving_elsewhere_leaves_it_unconfirmed(world: World, last: Statement) -> None:
    take_over(statements=[world.statement], by=world.house.officer, now=NOW)

    save_statement(
        statement=fresh(world.statement),
        answers={},
        reasons={},
        vote="expand",
        key_message="Neu.",
        expected_version=2,
        by=world.house.officer,
        now=NOW,
    )

    assert [note.is_unconfirmed for note in notes_of(world.statement)] == [True, True]


def test_evidence_is_taken_over_as_far_as_it_is_seen_and_in_use(
    world: World, last: Statement
) -> None:
    seen, archived, secret = (
        activity_of(world.house, world, title=title) for title in ("Chorreise", "Archiv", "Geheim")
    )
    note = last.review_notes.get(criterion=world.criteria[0])
    by: dict[str, Any] = {"added_at": NOW, "added_by": world.house.officer}
    for activity in (seen, archived, secret):
        Evidence.objects.create(review_note=note, activity=activity, wording="Damals", **by)
    agreement = make_agreement(partnership=world.check.partnership)
    Evidence.objects.create(review_note=note, agreement=agreement, **by)
    who = {"archived_by": world.house.officer, "archive_reason": "Doppelt"}
    Activity.objects.filter(pk=archived.pk).update(archived_on=NOW.date(), **who)
    Activity.objects.filter(pk=secret.pk).update(is_confidential=True)
    own = world.statement.review_notes.get(criterion=world.criteria[0])
    Evidence.objects.create(review_note=own, activity=seen, **by)

    take_over(statements=[fresh(world.statement)], by=world.house.officer, now=NOW)

    rows = Evidence.objects.of_statement(world.statement.pk)
    assert {row.key for row in rows} == {key_of(seen), key_of(agreement)}
    assert {row.wording for row in rows} == {""}
    assert rows.count() == 2

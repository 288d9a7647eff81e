"""What a house does with its statement: what each act writes, tells, and refuses."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import ReviewNote, Statement, StatementDraft
from guidelines.statements.actions import (
    file_nil_return,
    return_for_revision,
    save_statement,
    submit,
    take_back,
)
from guidelines.statements.draft_actions import keep_draft
from ministries.models import Notification, User
from tests.factories import NOW
from tests.guidelines.acts.conftest import OUTSIDERS, person
from tests.guidelines.conftest import World, closed, fresh, released, submitted, write
from ui.errors import Conflict, Refusal


def save(world: World, **changes: Any) -> Statement:
    values: dict[str, Any] = {"answers": {}, "reasons": {}, "vote": "", "key_message": ""}
    return save_statement(
        statement=fresh(world.statement),
        **{"expected_version": 1, "by": world.house.officer, "now": NOW} | values | changes,
    )


def keep(world: World, by: User) -> None:
    keep_draft(statement=world.statement, data={"vote": "end"}, based_on_version=1, by=by, now=NOW)


def answers(statement: Statement) -> list[tuple[str, str]]:
    notes = ReviewNote.objects.filter(statement=statement).order_by("criterion_id")
    return list(notes.values_list("answer", "reason"))


# Saving


def test_save_writes_all_of_the_form(world: World) -> None:
    first, second = world.criteria

    save(
        world,
        answers={first.pk: "3", second.pk: "clarify"},
        reasons={first.pk: "Drei Gastspiele.", second.pk: "Wer zahlt?"},
        vote="postpone",
        vote_until_on=date(2028, 1, 1),
        key_message="Abwarten.",
    )

    found = fresh(world.statement)
    assert answers(found) == [("3", "Drei Gastspiele."), ("clarify", "Wer zahlt?")]
    assert (found.vote, found.vote_until_on) == ("postpone", date(2028, 1, 1))
    assert (found.key_message, found.state, found.version) == ("Abwarten.", "open", 2)


@pytest.mark.parametrize(
    "change",
    [
        {"vote": "none"},
        {"vote_until_on": date(2028, 1, 1)},
        {"key_message": "Neu."},
        {"reasons": "Nur ein Grund."},
        {"answers": "not_assessable"},
    ],
)
def test_any_single_change_is_kept(world: World, change: dict[str, Any]) -> None:
    for name in ("answers", "reasons"):
        if name in change:
            change = {name: {world.criteria[1].pk: change[name]}}

    save(world, **change)

    assert fresh(world.statement).version == 2
    assert list(world.statement.authors.all()) == [world.house.officer]


def test_save_leaves_other_statements_alone(world: World) -> None:
    save(world, answers={world.criteria[0].pk: "2"})

    assert answers(world.other_statement) == [("", ""), ("", "")]


@pytest.mark.parametrize("answer", ["", "not_applicable", "not_assessable", "no"])
def test_answers_that_are_always_possible(world: World, answer: str) -> None:
    write(world.statement, by=world.house.officer)

    save(world, answers={world.criteria[1].pk: answer}, expected_version=2)

    assert answers(fresh(world.statement))[1] == (answer, "")


@pytest.mark.parametrize(("vote", "kept"), [("", True), ("postpone", True), ("end", False)])
def test_day_stays_with_votes_that_need_one(world: World, vote: str, kept: bool) -> None:
    save(world, vote=vote, vote_until_on=date(2028, 1, 1))

    assert fresh(world.statement).vote_until_on == (date(2028, 1, 1) if kept else None)


def test_save_discards_the_own_draft_even_when_nothing_is_new(world: World) -> None:
    keep(world, world.house.officer)
    keep(world, world.house.colleague)

    save(world)

    assert StatementDraft.objects.get().user == world.house.colleague


def test_second_saver_is_told(world: World) -> None:
    write(world.statement, by=world.house.officer, key_message="Text der ersten.")

    with pytest.raises(Conflict) as conflict:
        save(world, key_message="Text der zweiten.", by=world.house.colleague)

    assert conflict.value.current.key_message == "Text der ersten."
    assert list(world.statement.authors.all()) == [world.house.officer]
    assert answers(world.statement)[0] == ("2", "")


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsider_saves_nothing(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        save_statement(
            statement=world.statement,
            answers={},
            reasons={},
            vote="end",
            key_message="Fremd",
            expected_version=1,
            by=person(world, who),
            now=NOW,
        )

    assert fresh(world.statement).version == 1


def test_save_of_a_submitted_one_is_refused(world: World) -> None:
    submitted(world.statement, by=world.house.officer)

    with pytest.raises(Refusal, match="liegt inzwischen zur Freigabe vor"):
        save(world, vote="end", expected_version=fresh(world.statement).version)

    assert fresh(world.statement).vote == "continue"


def test_save_after_the_collection_is_refused(world: World) -> None:
    closed(world.check, by=world.coordinator)

    with pytest.raises(Refusal, match="ist beendet"):
        save(world, vote="end")

    assert fresh(world.statement).vote == ""


# Submitting


def test_submit_makes_no_author_and_keeps_what_is_typed(world: World) -> None:
    write(world.statement, by=world.house.officer)
    keep(world, world.house.colleague)

    submit(statement=fresh(world.statement), by=world.house.colleague, now=NOW)

    found = fresh(world.statement)
    assert list(found.authors.all()) == [world.house.officer]
    assert (found.submitted_at, found.submitted_by) == (NOW, world.house.colleague)
    assert (found.state, found.version) == ("submitted", 3)
    assert StatementDraft.objects.get().user == world.house.colleague


def test_submit_tells_the_heads_who_can_release(world: World) -> None:
    write(world.statement, by=world.house.officer)

    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    mail = Notification.objects.get()
    assert (mail.recipient, mail.kind) == (world.house.head, "release")
    assert (mail.subject, mail.link) == (
        f"{world.check_round}: Stellungnahmen zur Freigabe",
        f"/stellungnahmen/freigeben/?round={world.check_round.slug}",
    )


def test_submit_does_not_tell_the_head_who_wrote_along(world: World) -> None:
    write(world.statement, by=world.house.head)

    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    assert not Notification.objects.exists()


def test_submit_of_text_changed_meanwhile_conflicts(world: World) -> None:
    write(world.statement, by=world.house.officer)

    with pytest.raises(Conflict):
        submit(
            statement=fresh(world.statement),
            by=world.house.officer,
            now=NOW,
            expected_version=1,
        )

    assert fresh(world.statement).state == "open"
    assert not Notification.objects.exists()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsider_submits_nothing(world: World, who: str) -> None:
    write(world.statement, by=world.house.officer)

    with pytest.raises(PermissionDenied):
        submit(statement=fresh(world.statement), by=person(world, who), now=NOW)

    assert fresh(world.statement).state == "open"


# Back to the desk


def test_take_back_leaves_the_text_and_no_nil_return(world: World) -> None:
    file_nil_return(statements=[world.statement], by=world.house.officer, now=NOW)

    take_back(statement=fresh(world.statement), by=world.house.colleague, now=NOW)

    found = fresh(world.statement)
    assert (found.state, found.is_nil_return, found.version) == ("open", False, 3)
    assert list(found.authors.all()) == [world.house.officer]


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsider_takes_nothing_back(world: World, who: str) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    with pytest.raises(PermissionDenied):
        take_back(statement=statement, by=person(world, who), now=NOW)

    assert fresh(statement).state == "submitted"


def test_take_back_of_a_released_one_is_refused(world: World) -> None:
    statement = released(world.statement, house=world.house)

    with pytest.raises(Refusal, match="ist nicht möglich"):
        take_back(statement=statement, by=world.house.officer, now=NOW)


def test_return_keeps_the_note_without_blanks_and_tells_who_submitted(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)
    Notification.objects.all().delete()

    return_for_revision(statement=statement, note=" Bitte kürzen.\n", by=world.house.head, now=NOW)

    found = fresh(statement)
    assert (found.state, found.return_note) == ("open", "Bitte kürzen.")
    assert not found.is_nil_return
    mail = Notification.objects.get()
    assert (mail.recipient, mail.kind) == (world.house.officer, "release")
    assert mail.subject == (f"{world.check_round}: Stellungnahme zur Überarbeitung zurückgegeben")
    assert str(world.check.partnership) in mail.body
    assert "Bitte kürzen." not in mail.body
    assert mail.link == f"/stellungnahmen/{statement.pk}/"


def test_return_tells_nobody_whose_account_is_closed(world: World) -> None:
    submitted(world.statement, by=world.house.officer)
    Notification.objects.all().delete()
    User.objects.filter(pk=world.house.officer.pk).update(is_active=False)

    return_for_revision(
        statement=fresh(world.statement), note="Kürzen.", by=world.house.head, now=NOW
    )

    assert not Notification.objects.exists()


def test_return_of_text_changed_meanwhile_conflicts(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    with pytest.raises(Conflict):
        return_for_revision(
            statement=statement,
            note="Kürzen.",
            by=world.house.head,
            now=NOW,
            expected_version=statement.version - 1,
        )

    assert fresh(statement).return_note == ""


@pytest.mark.parametrize("who", ["officer", *OUTSIDERS])
def test_others_return_nothing(world: World, who: str) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    with pytest.raises(PermissionDenied):
        return_for_revision(statement=statement, note="Kürzen.", by=person(world, who), now=NOW)

    assert fresh(statement).state == "submitted"

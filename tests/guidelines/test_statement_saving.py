"""What may be saved, what must be complete before it goes on, and the Fehlanzeige."""

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import Criterion, ReviewNote, Statement
from guidelines.statements.actions import file_nil_return, release, return_for_revision, submit
from guidelines.statements.draft_actions import keep_draft
from tests.factories import NOW, make_check, make_criterion, make_guideline, make_statement
from tests.guidelines.conftest import World, fresh, released, submitted, write
from ui.errors import Refusal

FOUR_WITH_REASON = ["0", "3"]
FOUR_WITHOUT_REASON = ["1", "2", "not_applicable", "not_assessable"]


def note(world: World, number: int) -> ReviewNote:
    return ReviewNote.objects.get(statement=world.statement, criterion=world.criteria[number])


def test_save_incomplete(world: World) -> None:
    write(world.statement, by=world.house.officer, answers={}, vote="", key_message="")

    assert fresh(world.statement).state == "open"


def test_save_raises_version_and_records_author(world: World) -> None:
    write(world.statement, by=world.house.officer)

    assert fresh(world.statement).version == 2
    assert list(world.statement.authors.all()) == [world.house.officer]


def test_save_of_nothing_new_changes_nothing(world: World) -> None:
    write(world.statement, by=world.house.officer)

    write(fresh(world.statement), by=world.house.colleague)

    assert fresh(world.statement).version == 2
    assert list(world.statement.authors.all()) == [world.house.officer]


def test_save_keeps_criteria_left_out(world: World) -> None:
    write(world.statement, by=world.house.officer)

    write(fresh(world.statement), by=world.house.officer, answers={}, reasons={}, vote="expand")

    assert note(world, 0).answer == "2"


@pytest.mark.parametrize("answer", ["clarify", "4", "ja", "vereinzelt"])
def test_answer_of_another_scale_is_refused(world: World, answer: str) -> None:
    with pytest.raises(Refusal, match="eine der Antworten"):
        write(world.statement, by=world.house.officer, answers={world.criteria[0].pk: answer})

    assert note(world, 0).answer == ""


def test_unknown_vote_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="Voten"):
        write(world.statement, by=world.house.officer, vote="abschaffen")


@pytest.mark.parametrize("answer", FOUR_WITH_REASON)
def test_submit_without_reason_at_the_ends_is_refused(world: World, answer: str) -> None:
    write(
        world.statement,
        by=world.house.officer,
        answers={world.criteria[0].pk: answer, world.criteria[1].pk: "yes"},
    )

    with pytest.raises(Refusal, match=f"Begründen Sie bei Frage {world.criteria[0].code}"):
        submit(statement=world.statement, by=world.house.officer, now=NOW)


@pytest.mark.parametrize("answer", FOUR_WITHOUT_REASON)
def test_submit_without_reason_in_the_middle(world: World, answer: str) -> None:
    write(
        world.statement,
        by=world.house.officer,
        answers={world.criteria[0].pk: answer, world.criteria[1].pk: "yes"},
    )

    submit(statement=world.statement, by=world.house.officer, now=NOW)

    assert fresh(world.statement).state == "submitted"


@pytest.mark.parametrize("answer", ["no", "clarify"])
def test_submit_without_reason_for_no_and_clarify_is_refused(world: World, answer: str) -> None:
    write(
        world.statement,
        by=world.house.officer,
        answers={world.criteria[0].pk: "2", world.criteria[1].pk: answer},
    )

    with pytest.raises(Refusal, match="Begründen"):
        submit(statement=world.statement, by=world.house.officer, now=NOW)


def test_submit_with_reason_at_the_end(world: World) -> None:
    write(
        world.statement,
        by=world.house.officer,
        answers={world.criteria[0].pk: "3", world.criteria[1].pk: "yes"},
        reasons={world.criteria[0].pk: "Drei Gastspiele im Jahr."},
    )

    submit(statement=world.statement, by=world.house.officer, now=NOW)

    assert fresh(world.statement).state == "submitted"


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"answers": {}}, "Beantworten Sie Frage"),
        ({"vote": ""}, "Votum"),
        ({"key_message": ""}, "Kernaussage"),
        ({"key_message": " \n "}, "Kernaussage"),
    ],
)
def test_submit_incomplete_is_refused(
    world: World, missing: dict[str, object], sentence: str
) -> None:
    write(world.statement, by=world.house.officer, **missing)

    with pytest.raises(Refusal, match=sentence):
        submit(statement=world.statement, by=world.house.officer, now=NOW)

    assert fresh(world.statement).state == "open"


def test_submit_without_vote_of_the_house_is_possible_as_no_vote(world: World) -> None:
    write(world.statement, by=world.house.officer, vote="none")

    submit(statement=world.statement, by=world.house.officer, now=NOW)

    assert fresh(world.statement).state == "submitted"


def test_submit_of_statement_without_questions(world: World) -> None:
    statement = make_statement(ministry=world.house.ministry, check=make_check(), criteria=[])
    write(statement, by=world.house.officer, answers={}, reasons={})

    submit(statement=statement, by=world.house.officer, now=NOW)

    assert fresh(statement).state == "submitted"


def test_save_throws_the_draft_away(world: World) -> None:
    keep_draft(
        statement=world.statement,
        data={"vote": "end"},
        based_on_version=1,
        by=world.house.officer,
        now=NOW,
    )

    write(world.statement, by=world.house.officer)

    assert not world.statement.drafts.exists()


def test_draft_raises_no_version(world: World) -> None:
    keep_draft(
        statement=world.statement,
        data={"vote": "end"},
        based_on_version=1,
        by=world.house.officer,
        now=NOW,
    )

    assert fresh(world.statement).version == 1


def test_nil_return_for_many(world: World) -> None:
    guideline = make_guideline(edition=world.check_round.edition)
    criterion: Criterion = make_criterion(guideline=guideline)
    statements = [
        world.statement,
        *(
            make_statement(
                ministry=world.house.ministry,
                check=make_check(check_round=world.check_round),
                criteria=[criterion],
            )
            for _ in range(3)
        ),
    ]

    file_nil_return(statements=statements, by=world.house.officer, now=NOW)

    states = Statement.objects.filter(ministry=world.house.ministry).values_list(
        "state", "is_nil_return"
    )
    assert set(states) == {("submitted", True)}


def test_nil_return_needs_release_by_another(world: World) -> None:
    file_nil_return(statements=[world.statement], by=world.house.head, now=NOW)

    with pytest.raises(PermissionDenied):
        release(statement=fresh(world.statement), by=world.house.head, now=NOW)


def test_nil_return_is_released(world: World) -> None:
    file_nil_return(statements=[world.statement], by=world.house.officer, now=NOW)

    release(statement=fresh(world.statement), by=world.house.head, now=NOW)

    found = fresh(world.statement)
    assert (found.state, found.is_nil_return, found.vote) == ("released", True, "")


def test_nil_return_leaves_no_half_statement(world: World) -> None:
    write(world.statement, by=world.house.officer)

    file_nil_return(statements=[fresh(world.statement)], by=world.house.officer, now=NOW)

    assert note(world, 0).answer == ""
    assert fresh(world.statement).key_message == ""


def test_nil_return_sent_back_is_a_statement_again(world: World) -> None:
    file_nil_return(statements=[world.statement], by=world.house.officer, now=NOW)

    return_for_revision(
        statement=fresh(world.statement), note="Doch, die Messe.", by=world.house.head, now=NOW
    )

    assert not fresh(world.statement).is_nil_return


def test_nil_return_of_one_already_submitted_files_none(world: World) -> None:
    other = make_statement(ministry=world.house.ministry, check=make_check())
    submitted(world.statement, by=world.house.officer)

    with pytest.raises(Refusal):
        file_nil_return(statements=[other, fresh(world.statement)], by=world.house.officer, now=NOW)

    assert fresh(other).state == "open"


def test_nil_return_of_a_foreign_house_is_refused(world: World) -> None:
    with pytest.raises(PermissionDenied):
        file_nil_return(statements=[world.other_statement], by=world.house.officer, now=NOW)


@pytest.mark.parametrize("who", ["manager"])
def test_save_by_reader_is_refused(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        write(world.statement, by=getattr(world.house, who))


def test_save_by_coordinator_is_refused(world: World) -> None:
    released(world.statement, house=world.house)

    with pytest.raises(PermissionDenied):
        write(fresh(world.statement), by=world.coordinator)

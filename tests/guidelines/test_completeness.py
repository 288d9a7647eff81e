"""What an act of the Leitlinien-Check still lacks, where the page leads to it, and whether it is offered."""

from datetime import timedelta

import pgtrigger
import pytest

from guidelines.states.completeness import (
    Gap,
    every_check_is_decided,
    every_criterion_has_addressee,
    statement_is_complete,
)
from guidelines.states.transitions import may
from ministries.clock import today
from tests.factories import (
    make_chancellery,
    make_check,
    make_criterion,
    make_edition,
    make_guideline,
    make_partnership,
    make_round,
    make_subject_area,
)
from tests.guidelines.conftest import World, submitted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "target"),
    [
        ("vote", "id_vote_0"),
        ("answer_7", "id_answer_7_0"),
        ("reason_7", "id_reason_7"),
        ("key_message", "id_key_message"),
    ],
)
def test_gap_leads_to_its_field_or_the_first_of_a_group(field: str, target: str) -> None:
    assert Gap(field, "Bitte ergänzen.").target == target


def test_fehlanzeige_lacks_nothing(world: World) -> None:
    assert statement_is_complete(world.statement, {"is_nil_return": True}) == []
    assert len(statement_is_complete(world.statement, {})) == 4  # two answers, vote, key message


def test_question_that_nobody_answers_is_named() -> None:
    edition = make_edition()
    make_chancellery()
    make_criterion(
        guideline=make_guideline(edition=edition),
        answered_by="area",
        subject_area=make_subject_area(name="Sorben"),
    )
    check_round = make_round(edition=edition, state="preparing", due_on=today() + timedelta(9))
    make_check(check_round=check_round, partnership=make_partnership(name="Flandern"))

    (gap,) = every_criterion_has_addressee(check_round, {})

    assert "Flandern" in gap.sentence
    assert "Sorben" in gap.sentence


def test_act_is_offered_where_state_and_right_fit(world: World) -> None:
    house = world.house
    assert may(world.statement, "submit", house.officer)
    assert not may(world.statement, "submit", world.other.officer)
    assert not may(world.statement, "release", house.head)

    statement = submitted(world.statement, by=house.officer)

    assert may(statement, "release", house.head)
    assert not may(statement, "release", house.officer)
    assert not may(statement, "submit", house.officer)


def test_undecided_partnerships_are_named(world: World) -> None:
    (gap,) = every_check_is_decided(world.check_round, {})
    assert gap.sentence == f"Noch nicht entschieden: {world.check.partnership.name}."

    with pgtrigger.ignore():
        world.check_round.checks.update(state="decided")
    assert every_check_is_decided(world.check_round, {}) == []

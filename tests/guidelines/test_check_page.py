"""The check of one partnership: what it shows to whom, and how answers are grouped."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from guidelines.checks.evaluation import Synopsis, synopsis
from guidelines.decisions.actions import begin_evaluation, propose, write_evaluation
from guidelines.models import Criterion, Guideline, GuidelineCheck, Outcome, ReviewNote
from ministries.models import Role, User
from tests.factories import NOW, make_criterion, make_guideline, make_ministry, make_user
from tests.factories import make_statement as statement_of
from tests.guidelines.conftest import World, released, signed_in

KIND = Guideline.Kind


@pytest.fixture
def chief(world: World) -> User:
    return make_user(role=Role.MANAGER, is_chief=True)


def current(world: World) -> GuidelineCheck:
    return GuidelineCheck.objects.get(pk=world.check.pk)


def get(user: User, world: World) -> Any:
    return signed_in(user).get(world.check.get_absolute_url())


def proposed(world: World) -> None:
    begin_evaluation(check=current(world), by=world.coordinator, now=NOW)
    write_evaluation(
        check=current(world),
        evaluation="Geheime Auswertung",
        expected_version=current(world).version,
        by=world.coordinator,
        now=NOW,
    )
    propose(
        check=current(world),
        outcome=Outcome.FOCUS,
        until_on=None,
        reasons="Geheime Begründung",
        by=world.coordinator,
        now=NOW,
    )


# Grouping


def grouped(*answers: str, kind: str = KIND.GUIDELINE) -> Synopsis:
    criterion = Criterion(pk=1, guideline=Guideline(kind=kind), scale="0_3")
    return synopsis(ReviewNote(criterion=criterion, answer=answer) for answer in answers)


def numbers(found: Synopsis) -> tuple[int, int, int]:
    return len(found.open), len(found.agreeing), len(found.single)


def test_answers_that_differ_are_open() -> None:
    assert numbers(grouped("1", "2")) == (1, 0, 0)


@pytest.mark.parametrize("answer", ["0", "no", "clarify", "not_assessable"])
@pytest.mark.parametrize("others", [(), ("2",), ("same",)])
def test_one_answer_at_the_lower_end_is_open(answer: str, others: tuple[str, ...]) -> None:
    found = grouped(answer, *(answer if other == "same" else other for other in others))

    assert numbers(found) == (1, 0, 0)


@pytest.mark.parametrize("answers", [("2", "2"), ("2", "not_applicable"), ("3", "3", "3")])
def test_answers_that_agree_are_folded(answers: tuple[str, ...]) -> None:
    assert numbers(grouped(*answers)) == (0, 1, 0)


@pytest.mark.parametrize("answers", [("2",), ("2", ""), ("not_applicable",)])
def test_single_answers_are_folded_apart(answers: tuple[str, ...]) -> None:
    assert numbers(grouped(*answers)) == (0, 0, 1)


def test_framework_conditions_stand_apart() -> None:
    found = grouped("yes", "clarify", kind=KIND.FRAMEWORK_CONDITION)

    assert (len(found.framework), len(found.open)) == (1, 0)
    assert found.obstacles


def test_framework_condition_that_is_met_is_no_obstacle() -> None:
    assert not grouped("yes", kind=KIND.FRAMEWORK_CONDITION).obstacles


# The page of the circle


def test_check_page_shows_votes_and_key_messages_of_released_statements_only(
    world: World,
) -> None:
    released(world.statement, house=world.house)

    body = get(world.coordinator, world).content.decode()

    assert "Die Zusammenarbeit trägt." in body
    assert "Es fehlt noch 1 von 2 Stellungnahmen" in body
    assert body.index("Rahmenbedingungen</h2>") < body.index("Voten und Kernaussagen")
    assert body.index("Voten und Kernaussagen") < body.index("Offene Fragen (0)")


def test_check_page_marks_the_proposal_as_confidential(world: World, chief: User) -> None:
    proposed(world)

    for user in (world.coordinator, chief):
        body = get(user, world).content.decode()
        assert "Entwurf – nicht zur Weitergabe, bis zur Entscheidung vertraulich" in body
        assert "Geheime Begründung" in body


def test_check_page_offers_no_act_to_the_chief(world: World, chief: User) -> None:
    proposed(world)

    assert "Beschluss eintragen" not in get(chief, world).content.decode()


# The others


def test_check_page_shows_asked_houses_their_own_statement_only(world: World) -> None:
    released(world.other_statement, house=world.other)
    proposed(world)

    body = get(world.house.officer, world).content.decode()

    assert str(world.house.ministry) in body
    assert "Die Zusammenarbeit trägt." not in body
    assert "Geheime" not in body
    assert "Vorschlag liegt vor" not in body


@pytest.mark.parametrize("person", ["stranger", "auditor"])
def test_check_page_is_404_for_who_has_nothing_to_read(world: World, person: str) -> None:
    user = world.stranger.manager if person == "stranger" else world.auditor

    assert get(user, world).status_code == 404


@pytest.mark.parametrize("path", ["auswertung/", "vorschlag/"])
def test_acts_are_404_unseen_403_seen(world: World, path: str) -> None:
    begin_evaluation(check=current(world), by=world.coordinator, now=NOW)
    url = f"{world.check.get_absolute_url()}{path}"

    assert signed_in(world.stranger.officer).get(url).status_code == 404
    assert signed_in(world.house.head).get(url).status_code == 403
    assert signed_in(world.coordinator).get(url).status_code == 200


def test_query_page_is_404_for_a_statement_that_is_not_released(world: World) -> None:
    url = f"{world.check.get_absolute_url()}rueckfrage/{world.house.ministry.slug}/"

    assert signed_in(world.coordinator).get(url).status_code == 404


def test_repeated_query_gets_the_first_answer(world: World) -> None:
    released(world.statement, house=world.house)
    url = f"{world.check.get_absolute_url()}rueckfrage/{world.house.ministry.slug}/"
    data = {
        "note": "Bitte Beispiele.",
        "due_on": "15.12.2026",
        "_token": "5b1f8c50-0d5e-4d2e-9d0e-3a6a4b9f6c11",
    }
    client = signed_in(world.coordinator)

    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]


def test_moves_of_the_state_by_the_page(world: World) -> None:
    url = f"{world.check.get_absolute_url()}stand/"
    data = {"move": "begin_evaluation", "_token": "1f0f4d53-9f1f-4c6c-8a43-5fb4d2b6b0aa"}

    client = signed_in(world.coordinator)
    question = client.post(url, data)
    assert world.house.ministry.abbreviation in question.content.decode()
    assert current(world).state == GuidelineCheck.State.COLLECTING

    data |= {"confirmed": "1", "_token": "1f0f4d53-9f1f-4c6c-8a43-5fb4d2b6b0ab"}
    assert client.post(url, data).status_code == 302
    assert current(world).state == GuidelineCheck.State.EVALUATING


def test_second_evaluation_saved_shows_both_texts(world: World) -> None:
    begin_evaluation(check=current(world), by=world.coordinator, now=NOW)
    version = current(world).version
    write_evaluation(
        check=current(world),
        evaluation="Text der anderen",
        expected_version=version,
        by=world.coordinator,
        now=NOW,
    )

    response = signed_in(world.coordinator).post(
        f"{world.check.get_absolute_url()}auswertung/",
        {
            "evaluation": "Mein eigener Text",
            "_version": str(version),
            "_token": "7d5a2d0e-8c1c-4be0-9b8e-0b1e8d1a54a1",
        },
    )

    assert response.status_code == 409
    body = response.content.decode()
    assert "Mein" in body
    assert "anderen" in body


# Cost


@pytest.mark.parametrize("number", [3, 30])
def test_check_page_queries_do_not_grow(
    world: World, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    guideline = make_guideline(edition=world.check_round.edition)
    criteria = [make_criterion(guideline=guideline) for _ in range(number)]
    for _ in range(number):
        statement_of(ministry=make_ministry(), check=world.check, criteria=criteria)
    client = signed_in(world.coordinator)
    client.get(world.check.get_absolute_url())

    with django_assert_max_num_queries(12):
        client.get(world.check.get_absolute_url())

"""Zulieferung schließen: who may, when, what the missing houses hear, and the way back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from guidelines.collection.actions import close_collections, resume_collection
from guidelines.decisions.actions import begin_evaluation
from guidelines.models import GuidelineCheck, Statement
from guidelines.queries.actions import ask
from guidelines.rounds.actions import extend_deadline
from guidelines.rounds.progress import CellState, cell_state
from ministries.models import Notification
from tests.factories import NOW, make_check, make_statement
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.conftest import World, asked, closed, fresh, released, submitted
from ui.errors import Refusal

TODAY = date(2026, 11, 23)


def close(world: World) -> None:
    close_collections(checks=[world.check], by=world.coordinator, now=NOW)


def current(world: World) -> GuidelineCheck:
    return GuidelineCheck.objects.get(pk=world.check.pk)


def letters() -> list[tuple[str, str]]:
    return list(Notification.objects.filter(kind="request").values_list("to_address", "body"))


def test_day_and_person_are_kept(world: World) -> None:
    close(world)

    found = current(world)
    assert (found.collection_closed_on, found.collection_closed_by) == (TODAY, world.coordinator)
    assert (found.state, found.version) == ("collecting", 2)


def test_cells_of_missing_houses_say_keine_stellungnahme(world: World) -> None:
    statement = released(world.statement, house=world.house)
    submitted(world.other_statement, by=world.other.officer)

    close(world)

    assert cell_state(fresh(statement), TODAY) is CellState.RECEIVED
    assert cell_state(fresh(world.other_statement), TODAY) is CellState.NO_STATEMENT
    assert not Statement.objects.outstanding().exists()
    assert list(Statement.objects.not_given()) == [world.other_statement]


def test_only_missing_houses_are_told_and_nothing_of_a_decision(world: World) -> None:
    released(world.statement, house=world.house)

    close(world)

    ((address, body),) = letters()
    assert address == world.other.ministry.mailbox
    assert f"liegt nicht vor zu:\n- {world.check.partnership}\n" in body
    assert "Beschluss" not in body
    assert "entschieden" not in body


def test_confidential_partnership_is_not_named(world: World) -> None:
    partnership = world.check.partnership
    partnership.is_confidential = True
    partnership.save()

    close(world)

    assert len(letters()) == 2
    assert all(partnership.name not in body for _, body in letters())


def test_second_closing_is_refused(world: World) -> None:
    close(world)

    with pytest.raises(Refusal, match="schon geschlossen"):
        close(world)


def test_closing_after_the_decision_is_refused(world: World) -> None:
    for state in ("evaluating", "proposed", "decided"):
        GuidelineCheck.objects.filter(pk=world.check.pk).update(state=state)

    with pytest.raises(Refusal, match="schon entschieden"):
        close(world)


def test_evaluation_begun_meanwhile_goes_on(world: World) -> None:
    begin_evaluation(check=world.check, by=world.coordinator, now=NOW)

    close(world)

    assert (current(world).state, current(world).version) == ("evaluating", 3)


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_closing_belongs_to_the_coordination(world: World, who: str) -> None:
    by = person(world, who)

    with pytest.raises(PermissionDenied):
        close_collections(checks=[world.check], by=by, now=NOW)

    assert current(world).collection_closed_on is None


# Several at once


def test_each_house_hears_once_of_all_it_has_not_given(world: World) -> None:
    first, second = world.check, make_check(check_round=world.check_round)
    for house in (world.house, world.other):
        make_statement(ministry=house.ministry, check=second)
    released(world.statement, house=world.house)

    missing = close_collections(checks=[first, second], by=world.coordinator, now=NOW)

    bodies = dict(letters())
    assert len(missing) == 3
    assert len(letters()) == 2
    assert f"- {first.partnership}\n" not in bodies[world.house.ministry.mailbox]
    for check in (first, second):
        assert f"- {check.partnership}\n" in bodies[world.other.ministry.mailbox]
    assert GuidelineCheck.objects.filter(collection_closed_on=TODAY, version=2).count() == 2


def test_one_that_cannot_be_closed_closes_none(world: World) -> None:
    second = make_check(check_round=world.check_round)
    closed(second, by=world.coordinator)

    with pytest.raises(Refusal, match=f"zu {second.partnership} ist schon geschlossen"):
        close_collections(checks=[world.check, second], by=world.coordinator, now=NOW)

    assert current(world).collection_closed_on is None


def test_closing_takes_as_many_queries_for_many(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    checks = [make_check(check_round=world.check_round) for _ in range(9)]
    for check in checks:
        make_statement(ministry=world.house.ministry, check=check)

    with django_assert_num_queries(18):
        close_collections(checks=checks, by=world.coordinator, now=NOW)


def test_closing_takes_open_questions_back(world: World) -> None:
    """Nobody could answer them any more; the house hears it."""
    query = asked(released(world.statement, house=world.house), by=world.coordinator)
    Notification.objects.all().delete()

    close(world)

    query.refresh_from_db()
    assert (query.state, query.withdrawn_by) == ("withdrawn", world.coordinator)
    told = Notification.objects.filter(to_address=world.house.ministry.mailbox)
    assert [mail.subject for mail in told] == [
        f"{world.check_round}: Rückfrage zurückgenommen ({world.check.partnership})"
    ]


# What is closed, and how it opens again


def test_closed_cell_takes_no_deadline_and_no_question(world: World) -> None:
    statement = released(world.statement, house=world.house)
    closed(world.check, by=world.coordinator)
    later = date(2027, 3, 1)

    with pytest.raises(Refusal, match="Zulieferung wieder öffnen"):
        extend_deadline(
            statements=[world.other_statement], due_on=later, by=world.coordinator, now=NOW
        )
    with pytest.raises(Refusal, match="Zulieferung wieder öffnen"):
        ask(statement=statement, text="Und?", due_on=later, by=world.coordinator, now=NOW)

    assert fresh(statement).state == "released"


def test_closed_collection_is_not_resumed_without_a_reason(world: World) -> None:
    close(world)
    begin_evaluation(check=world.check, by=world.coordinator, now=NOW)

    with pytest.raises(Refusal, match="Nennen Sie den Grund"):
        resume_collection(check=world.check, by=world.coordinator, now=NOW)

    assert current(world).state == "evaluating"


def test_collection_that_is_open_is_not_resumed(world: World) -> None:
    with pytest.raises(Refusal, match="ist nicht möglich"):
        resume_collection(check=world.check, by=world.coordinator, now=NOW)

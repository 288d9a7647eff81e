"""The matrix: six states, nothing from inside a house, and names for whom they are meant."""

import re
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from guidelines.models import CheckRound
from guidelines.rounds.actions import extend_deadline
from guidelines.rounds.attention import attention_items
from guidelines.rounds.progress import CellState, cell_state, round_progress
from guidelines.statements.actions import (
    file_nil_return,
    release,
    return_for_revision,
    submit,
    take_back,
)
from ministries.models import Role, User
from tests.factories import (
    NOW,
    make_check,
    make_partnership,
    make_round,
    make_statement,
    make_user,
)
from tests.guidelines.conftest import (
    World,
    closed,
    fresh,
    make_house,
    released,
    reopened_for,
    signed_in,
    write,
)

ONE_DAY = timedelta(days=1)
BEFORE, AFTER = date(2026, 11, 24), date(2027, 3, 1)


@pytest.fixture
def chief(world: World) -> User:
    return make_user(role=Role.MANAGER, is_chief=True)


def page(user: User, world: World, query: str = "") -> str:
    url = f"/leitlinien-checks/{world.check_round.slug}/{query}"
    response = signed_in(user).get(url)
    assert response.status_code == 200
    body = re.sub(r'value="[^"]*"|name="_token"|csrf\w+', "", response.content.decode())
    return re.sub(r"<!--.*?-->|\d\d:\d\d Uhr", "", body)


# States


def test_cell_of_a_house_that_is_not_asked() -> None:
    assert cell_state(None, BEFORE) is CellState.NOT_ASKED


def test_cell_is_open_until_the_deadline_and_overdue_after(world: World) -> None:
    due = world.check_round.due_on

    assert cell_state(world.statement, due) is CellState.OPEN
    assert cell_state(world.statement, due + ONE_DAY) is CellState.OVERDUE


def test_cell_says_extended_until_the_later_deadline(world: World) -> None:
    later = world.check_round.due_on + ONE_DAY
    extend_deadline(statements=[world.statement], due_on=later, by=world.coordinator, now=NOW)
    statement = fresh(world.statement)

    assert cell_state(statement, later) is CellState.EXTENDED
    assert cell_state(statement, later + ONE_DAY) is CellState.OVERDUE


def test_cell_of_a_released_statement(world: World) -> None:
    statement = released(world.statement, house=world.house)

    assert cell_state(statement, AFTER) is CellState.RECEIVED


def test_cell_of_a_nil_return_only_after_release(world: World) -> None:
    file_nil_return(statements=[world.statement], by=world.house.officer, now=NOW)
    before = cell_state(fresh(world.statement), BEFORE)
    release(statement=fresh(world.statement), by=world.house.head, now=NOW)

    assert before is CellState.OPEN
    assert cell_state(fresh(world.statement), BEFORE) is CellState.NIL_RETURN


# What the coordination sees of the inside of a house


def test_matrix_keeps_every_byte_while_a_house_writes_submits_and_returns(world: World) -> None:
    pages = [page(world.coordinator, world)]
    write(world.statement, by=world.house.officer)
    pages.append(page(world.coordinator, world))
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)
    pages.append(page(world.coordinator, world))
    return_for_revision(
        statement=fresh(world.statement), note="Bitte ergänzen.", by=world.house.head, now=NOW
    )
    pages.append(page(world.coordinator, world))
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)
    take_back(statement=fresh(world.statement), by=world.house.officer, now=NOW)
    pages.append(page(world.coordinator, world))

    assert len(set(pages)) == 1


def test_check_page_keeps_every_byte_while_a_house_writes(world: World) -> None:
    def body() -> str:
        response = signed_in(world.coordinator).get(world.check.get_absolute_url())
        return re.sub(r'value="[^"]*"', "", response.content.decode())

    before = body()
    write(world.statement, by=world.house.officer)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    assert body() == before


# Who sees whom by name


def test_matrix_names_all_houses_to_coordination_and_chief(world: World, chief: User) -> None:
    for user in (world.coordinator, chief):
        body = page(user, world)
        assert str(world.house.ministry) in body
        assert str(world.other.ministry) in body


@pytest.mark.parametrize("person", ["officer", "head", "manager"])
def test_matrix_names_only_the_own_house_to_others(world: World, person: str) -> None:
    body = page(getattr(world.house, person), world)

    assert str(world.house.ministry) in body
    assert str(world.other.ministry) not in body
    assert "0 von 2" in body


def test_matrix_gives_a_house_that_is_not_asked_numbers_only(world: World) -> None:
    body = page(world.stranger.officer, world)

    assert "nicht beteiligt" in body
    assert str(world.house.ministry) not in body


def test_overdue_houses_are_named_to_the_circle_only(world: World, chief: User) -> None:
    def named(user: User) -> str:
        [item] = attention_items(user, AFTER)
        assert "2 Stellungnahmen überfällig" in item.sentence
        return item.who_acts

    both = f"{world.house.ministry} (1), {world.other.ministry} (1)"
    assert sorted(named(chief).split(", ")) == sorted(both.split(", "))
    assert named(world.house.manager) == str(world.house.ministry)
    assert named(world.auditor) == "die angefragten Ressorts"


def test_progress_leaves_out_confidential_partnerships(world: World) -> None:
    partnership = world.check.partnership
    partnership.is_confidential = True
    partnership.save()

    assert round_progress(world.check_round, world.house.manager, AFTER).total == 0
    assert round_progress(world.check_round, world.coordinator, AFTER).total == 2


def test_matrix_links_to_the_statement_once_it_is_released(world: World) -> None:
    link = f'href="/stellungnahmen/{world.statement.pk}/"'
    before = page(world.coordinator, world)
    released(world.statement, house=world.house)

    assert link not in before
    assert link in page(world.coordinator, world)


# Filters


def test_matrix_filters_by_house_and_state(world: World) -> None:
    released(world.statement, house=world.house)
    name = world.check.partnership.name

    assert name in page(world.coordinator, world, "?state=received")
    assert name not in page(world.coordinator, world, "?state=nil_return")
    other = world.other.ministry.slug
    assert name not in page(world.coordinator, world, f"?ministry={other}&state=received")


def test_matrix_with_garbage_in_the_filter_answers(world: World) -> None:
    assert "Keine Stellungnahme passt" in page(
        world.coordinator, world, "?state=xx&ministry=%3Cscript%3E"
    )


# Addresses


def test_round_in_preparation_is_404_for_all_but_the_coordination(world: World) -> None:
    check_round = make_round(edition=world.check_round.edition, state="preparing")
    url = f"/leitlinien-checks/{check_round.slug}/"
    chief = make_user(role=Role.MANAGER, is_chief=True)

    for user in (world.house.officer, world.house.manager, world.auditor, chief):
        assert signed_in(user).get(url).status_code == 404
    assert signed_in(world.coordinator).get(url).status_code == 302


def test_preparing_belongs_to_the_coordination(world: World) -> None:
    year = world.check_round.year
    for path in ("neu/", f"{year}/beschluss/"):
        url = f"/leitlinien-checks/{path}"
        assert signed_in(world.house.head).get(url).status_code == 403


def test_extending_by_the_page(world: World) -> None:
    url = (
        f"/leitlinien-checks/{world.check_round.slug}/{world.check.partnership.slug}"
        f"/frist/{world.house.ministry.slug}/"
    )
    client = signed_in(world.coordinator)
    data = {"due_on": "08.01.2027", "_token": "8c0c4c0e-7a3b-4f0e-9a55-3f5a3c7b1a11"}

    response = client.post(url, data)

    assert response.status_code == 302
    assert fresh(world.statement).due_on == date(2027, 1, 8)


# Cost


def fill(check_round: CheckRound, number: int) -> None:
    houses = [make_house() for _ in range(3)]
    for _ in range(number):
        check = make_check(check_round=check_round, partnership=make_partnership())
        for house in houses:
            make_statement(ministry=house.ministry, check=check, criteria=[])


@pytest.mark.parametrize("rows", [3, 30])
def test_matrix_queries_do_not_grow(
    world: World,
    rows: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    fill(world.check_round, rows)
    client = signed_in(world.coordinator)
    client.get("/leitlinien-checks/")

    with django_assert_max_num_queries(8):
        client.get(f"/leitlinien-checks/{world.check_round.slug}/")
    with django_assert_max_num_queries(8):
        client.get("/leitlinien-checks/")


# The deadline, and the end of the collection


def test_closed_collection_is_told_instead_of_the_deadline(world: World) -> None:
    second = make_check(check_round=world.check_round)
    make_statement(ministry=world.house.ministry, check=second, criteria=world.criteria)
    closed(world.check, by=world.coordinator)
    assert "Frist für die Zulieferung" in page(world.coordinator, world)

    closed(second, by=world.coordinator)

    for reader in (world.coordinator, world.house.officer, world.stranger.manager):
        told = page(reader, world)
        assert re.search(f"Zulieferung geschlossen am <time[^>]*>{NOW:%d.%m.%Y}", told)
        assert "Frist für die Zulieferung" not in told


def test_reopened_cell_is_told_to_its_house_and_the_coordination(world: World) -> None:
    closed(world.check, by=world.coordinator)
    reopened_for(world.statement, by=world.coordinator)

    told = [page(who.officer, world) for who in (world.house, world.other)]

    assert "wieder geöffnet" in told[0]
    assert "wieder geöffnet" not in told[1]
    assert "wieder geöffnet" in page(world.coordinator, world)

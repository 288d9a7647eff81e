"""The pages that open a collection again, and where it is read."""

import uuid
from typing import Any

import pytest

from guidelines.models import GuidelineCheck, Reopening, Statement
from ministries.models import User
from ministries.working_days import add_working_days
from tests.guidelines.conftest import (
    LATER,
    World,
    closed,
    fresh,
    released,
    reopened,
    reopened_for,
    signed_in,
)

REASON, DAY = "Das Ressort bat darum.", f"{LATER:%d.%m.%Y}"


def for_all(world: World) -> str:
    return f"{world.check.get_absolute_url()}wieder-oeffnen/"


def for_one(world: World) -> str:
    return f"{for_all(world)}{world.house.ministry.slug}/"


def body(user: User, url: str) -> str:
    response = signed_in(user).get(url)
    assert response.status_code == 200
    return response.content.decode()


def post(url: str, by: User, **typed: str) -> Any:
    data = {"_token": str(uuid.uuid4()), "reason": REASON, "due_on": DAY}
    return signed_in(by).post(url, data | typed, follow=True)


@pytest.mark.parametrize("address", [for_all, for_one])
def test_page_opens_again_and_leads_back_to_the_check(world: World, address: Any) -> None:
    closed(world.check, by=world.coordinator)
    page = body(world.coordinator, address(world))

    response = post(address(world), world.coordinator)

    assert "Ohne Stellungnahme" in page
    assert response.redirect_chain == [(world.check.get_absolute_url(), 302)]
    text = response.content.decode()
    assert DAY in text
    assert REASON in text
    assert not fresh(world.statement).is_closed
    assert fresh(world.other_statement).is_closed is (address is for_one)


@pytest.mark.parametrize("address", [for_all, for_one])
def test_nobody_is_offered_less_time_than_there_was(world: World, address: Any) -> None:
    longer = add_working_days(LATER, 5)
    Statement.objects.filter(pk=world.statement.pk).update(due_on=longer)
    closed(world.check, by=world.coordinator)

    assert f'value="{longer:%d.%m.%Y}"' in body(world.coordinator, address(world))


def test_reason_is_asked_for_at_its_field(world: World) -> None:
    closed(world.check, by=world.coordinator)

    response = post(for_all(world), world.coordinator, reason=" ")

    assert response.status_code == 422
    assert GuidelineCheck.objects.get().collection_closed_on


def test_others_neither_see_nor_open(world: World) -> None:
    released(world.statement, house=world.house)
    closed(world.check, by=world.coordinator)

    for user in (world.house.head, world.stranger.head, world.auditor):
        for url in (for_all(world), for_one(world)):
            assert signed_in(user).get(url).status_code in (403, 404)
            assert post(url, user).status_code in (403, 404)

    assert not Reopening.objects.exists()


def test_house_that_has_given_its_statement_is_not_offered(world: World) -> None:
    released(world.statement, house=world.house)
    closed(world.check, by=world.coordinator)

    assert signed_in(world.coordinator).get(for_one(world)).status_code == 404


def test_overview_and_check_lead_to_the_page_of_the_cell(world: World) -> None:
    closed(world.check, by=world.coordinator)

    for url in (world.check_round.get_absolute_url(), world.check.get_absolute_url()):
        assert for_one(world) in body(world.coordinator, url)
        assert "wieder-oeffnen" not in body(world.house.officer, "/leitlinien-checks/")


@pytest.mark.parametrize("state", ["proposed", "decided"])
def test_not_offered_once_a_proposal_stands(world: World, state: str) -> None:
    closed(world.check, by=world.coordinator)
    for step in ("evaluating", "proposed", state):
        GuidelineCheck.objects.exclude(state=step).update(state=step)

    assert signed_in(world.coordinator).get(for_all(world)).status_code == 404
    for url in (world.check_round.get_absolute_url(), world.check.get_absolute_url()):
        assert "wieder-oeffnen" not in body(world.coordinator, url)


def test_house_reads_the_reason_and_writes(world: World) -> None:
    closed(world.check, by=world.coordinator)
    reopened_for(world.statement, by=world.coordinator)

    page = body(world.house.officer, world.statement.get_absolute_url())

    assert "Zulieferung wieder geöffnet" in page
    assert REASON in page
    assert "<textarea" in page


def test_other_house_reads_nothing_of_it(world: World) -> None:
    released(world.other_statement, house=world.other)
    closed(world.check, by=world.coordinator)
    urls = (world.other_statement.get_absolute_url(), world.check.get_absolute_url())
    before = [REASON in body(world.other.officer, url) for url in urls]

    reopened_for(world.statement, by=world.coordinator)

    assert [REASON in body(world.other.officer, url) for url in urls] == before == [False, False]


def test_asked_house_reads_on_the_check_why_it_runs_again(world: World) -> None:
    released(world.other_statement, house=world.other)
    closed(world.check, by=world.coordinator)
    reopened(world.check, by=world.coordinator)

    page = body(world.other.officer, world.check.get_absolute_url())

    assert REASON in page
    assert world.coordinator.name not in page


def test_closing_is_offered_again_for_the_one_house(world: World) -> None:
    closed(world.check, by=world.coordinator)
    reopened_for(world.statement, by=world.coordinator)
    url = f"{world.check.get_absolute_url()}zulieferung/"

    assert url in body(world.coordinator, world.check.get_absolute_url())
    assert f"{world.house.ministry.abbreviation} (Frist verlängert" in body(world.coordinator, url)
    assert Statement.objects.outstanding().count() == 1

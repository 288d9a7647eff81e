"""Two rounds at once: each page of a house leaves one of them, names it and leads to the other."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from guidelines.models import Statement
from tests.factories import make_check, make_partnership, make_round, make_statement
from tests.guidelines.conftest import World, signed_in, submitted
from tests.guidelines.test_extension_pages import ticked

LIST = "/stellungnahmen/"
NIL, EXTENSION = f"{LIST}fehlanzeige/", f"{LIST}fristverlaengerung/"
RELEASE, TABLE = f"{LIST}freigeben/", f"{LIST}tabelle/"


@pytest.fixture
def later(world: World) -> list[Statement]:
    """Two more of the house in a round of the year before, due later."""
    check_round = make_round(
        edition=world.check_round.edition,
        year=world.check_round.year - 1,
        due_on=world.check_round.due_on + timedelta(days=30),
    )
    checks = [
        make_check(check_round=check_round, partnership=make_partnership(name=name))
        for name in ("Latium", "Toskana")
    ]
    house = world.house.ministry
    return [make_statement(ministry=house, check=row, criteria=world.criteria) for row in checks]


def slug_of(statement: Statement) -> str:
    return statement.guideline_check.round.slug


def main_of(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200
    return page.text.partition("<main")[2]


@pytest.mark.parametrize("url", [NIL, EXTENSION, RELEASE])
def test_page_leaves_one_round_and_leads_to_the_other(
    world: World, later: list[Statement], url: str
) -> None:
    if url == RELEASE:
        for row in (world.statement, *later):
            submitted(row, by=world.house.officer)
    client = signed_in(world.house.head)
    here, there = slug_of(world.statement), slug_of(later[0])
    name = world.check.partnership.name

    both, one = main_of(client, url), main_of(client, f"{url}?round={there}")

    assert name in both
    assert "Latium" in both
    assert name not in one
    assert "Latium" in one
    assert f"{later[0].guideline_check.round}: " in one
    for page in (both, one):
        assert f'href="?round={here}"' in page
    assert f'href="?round={there}" aria-current="page"' in one


@pytest.mark.parametrize("url", [NIL, EXTENSION, RELEASE, TABLE])
def test_round_with_nothing_open_leaves_nothing(world: World, url: str) -> None:
    if url == RELEASE:
        submitted(world.statement, by=world.house.officer)

    page = main_of(signed_in(world.house.head), f"{url}?round=1999")

    assert world.check.partnership.name not in page
    assert f"round={world.check_round.slug}" in page


def test_all_but_the_chosen_stay_in_the_round(world: World, later: list[Statement]) -> None:
    client, there = signed_in(world.house.officer), slug_of(later[0])
    assert f'name="round" value="{there}"' in main_of(client, f"{NIL}?round={there}")

    page = main_of(client, f"{NIL}?round={there}&s={later[0].pk}&ausser=1")

    assert "Toskana" in page
    assert "Latium" not in page
    assert world.check.partnership.name not in page
    assert f'action="{NIL}?round={there}"' in page


@pytest.mark.parametrize("headers", [{}, {"HX-Target": "results"}])
def test_links_above_the_list_keep_the_round(
    world: World, later: list[Statement], headers: dict[str, str]
) -> None:
    client, there = signed_in(world.house.head), slug_of(later[0])

    page = client.get(f"{LIST}?round={there}", headers=headers).text

    for url in (NIL, EXTENSION, RELEASE, TABLE):
        assert f'href="{url}?round={there}"' in page


def test_more_time_is_asked_for_what_is_ticked(world: World, later: list[Statement]) -> None:
    client, there = signed_in(world.house.officer), slug_of(later[0])
    of_one = {row.pk for row in later}

    assert ticked(main_of(client, EXTENSION)) == set()
    assert ticked(main_of(client, f"{EXTENSION}?round={there}")) == set()
    page = main_of(client, f"{EXTENSION}?round={there}&alle=1")
    assert ticked(page) == of_one
    assert "Auswahl aufheben" in page


def test_table_opens_with_what_is_due_first(world: World, later: list[Statement]) -> None:
    client = signed_in(world.house.officer)
    assert lead_of(client) == str(world.check_round)

    later[1].due_on = world.check_round.due_on - timedelta(days=1)
    later[1].save()

    assert lead_of(client) == str(later[1].guideline_check.round)


def lead_of(client: Client) -> str:
    lead = re.search(r'<p class="lead">\s*([^,<]+),', main_of(client, TABLE))
    assert lead
    return lead[1]

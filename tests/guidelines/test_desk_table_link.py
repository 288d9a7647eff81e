"""Whoever owes several statements gets from the desk to all of them on one page."""

import re

from tests.factories import make_check, make_partnership, make_round, make_statement
from tests.guidelines.conftest import World, signed_in

LINK = re.compile(r'href="(/stellungnahmen/tabelle/[^"]*)">([^<]*)<')


def links(world: World) -> list[tuple[str, str]]:
    page = signed_in(world.house.officer).get("/zu-erledigen/").text
    return [(url.replace("&amp;", "&"), label) for url, label in LINK.findall(page)]


def further(world: World, name: str, **fields: object) -> None:
    check = make_check(partnership=make_partnership(name=name), **fields)
    make_statement(ministry=world.house.ministry, check=check)


def test_one_open_statement_needs_no_table(world: World) -> None:
    assert links(world) == []


def test_several_of_a_round_are_one_link_away(world: World) -> None:
    further(world, "Latium", check_round=world.check_round)
    further(world, "Québec", check_round=world.check_round)
    further(world, "Hubei", check_round=make_round())

    ((url, label),) = links(world)

    assert label == "Alle 3 offenen auf einer Seite"
    page = signed_in(world.house.officer).get(url).text
    assert "Latium" in page
    assert "Hubei" not in page

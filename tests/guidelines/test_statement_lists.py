"""The list of a house, and Fehlanzeige for one or many."""

import re
from datetime import timedelta

import pytest

from guidelines.answering.sittings import key_of
from guidelines.models import Statement
from ministries.clock import today
from tests.factories import (
    make_agreement,
    make_check,
    make_partnership,
    make_round,
    make_statement,
)
from tests.guidelines.conftest import World, fresh, signed_in, submitted, write
from tests.guidelines.test_statement_pages import post, text


def test_list_shows_what_waits_for_the_head_first(world: World) -> None:
    later = make_check(check_round=world.check_round)
    waiting = make_statement(ministry=world.house.ministry, check=later, criteria=world.criteria)
    submitted(waiting, by=world.house.officer)

    rows = signed_in(world.house.head).get("/stellungnahmen/").context["rows"]

    assert [row.pk for row in rows] == [waiting.pk, world.statement.pk]


@pytest.mark.parametrize(
    ("state", "found"),
    [("open", 1), ("submitted", 0), ("returned", 0), ("overdue", 0), ("unsinn", 1)],
)
def test_list_by_state(world: World, state: str, found: int) -> None:
    rows = signed_in(world.house.officer).get(f"/stellungnahmen/?state={state}").context["rows"]

    assert len(rows) == found


@pytest.mark.parametrize(("typed", "found"), [("oberosterreich", 1), ("OBERÖST", 1), ("Rom", 0)])
def test_list_by_name(world: World, typed: str, found: int) -> None:
    check = make_check(
        check_round=world.check_round, partnership=make_partnership(name="Oberösterreich")
    )
    make_statement(ministry=world.house.ministry, check=check)

    rows = signed_in(world.house.officer).get(f"/stellungnahmen/?q={typed}").context["rows"]

    assert len(rows) == found


def test_list_is_exported(world: World) -> None:
    response = signed_in(world.house.officer).get("/stellungnahmen/?format=csv")

    content = b"".join(response.streaming_content).decode("utf-8-sig")
    assert world.check.partnership.name in content


def test_list_for_technical_staff_is_closed(world: World) -> None:
    assert signed_in(world.administrator).get("/stellungnahmen/").status_code == 403


def test_nil_return_shows_the_register_first(world: World) -> None:
    make_agreement(partnership=world.check.partnership)

    page = text(
        signed_in(world.house.officer), f"/stellungnahmen/fehlanzeige/?s={world.statement.pk}"
    )

    assert "Vereinbarungen mit der Partnerregion: 1" in page


def test_nil_return_warns_of_what_is_lost(world: World) -> None:
    write(world.statement, by=world.house.officer)

    page = text(
        signed_in(world.house.officer), f"/stellungnahmen/fehlanzeige/?s={world.statement.pk}"
    )

    assert "gelten mit der Fehlanzeige nicht mehr" in page


def test_nil_return_from_the_page(world: World) -> None:
    client = signed_in(world.house.officer)

    response = post(client, "/stellungnahmen/fehlanzeige/", s=key_of(world.statement))

    assert response["Location"] == "/stellungnahmen/"
    assert fresh(world.statement).is_nil_return


@pytest.mark.parametrize("chosen", ["", "x", "999999-1", "99999999999999999999999-1", "1"])
def test_nil_return_of_nothing_files_nothing(world: World, chosen: str) -> None:
    post(signed_in(world.house.officer), "/stellungnahmen/fehlanzeige/", s=chosen)

    assert not Statement.objects.filter(is_nil_return=True).exists()


def test_nil_return_of_a_foreign_statement_files_nothing(world: World) -> None:
    client = signed_in(world.house.officer)

    post(client, "/stellungnahmen/fehlanzeige/", s=key_of(world.other_statement))

    assert not Statement.objects.filter(is_nil_return=True).exists()


def test_nil_return_by_a_manager_is_refused(world: World) -> None:
    response = signed_in(world.house.manager).get("/stellungnahmen/fehlanzeige/")

    assert response.status_code == 403


def test_list_tells_two_running_checks_apart(world: World) -> None:
    first, second = in_two_rounds(world)

    assert years_shown(world, "/stellungnahmen/") == [first, second]


def test_list_by_round_begins_with_the_newest(world: World) -> None:
    first, second = in_two_rounds(world)

    assert years_shown(world, "/stellungnahmen/?sort=round") == [second, first]


def test_nil_return_tells_two_running_checks_apart(world: World) -> None:
    years = in_two_rounds(world)

    body = text(signed_in(world.house.officer), "/stellungnahmen/fehlanzeige/")

    for year in years:
        assert f"(Leitlinien-Check {year})" in body


def years_shown(world: World, address: str) -> list[int]:
    body = text(signed_in(world.house.officer), address)
    return [int(year) for year in re.findall(r'data-label="Leitlinien-Check">(\d+)<', body)]


def in_two_rounds(world: World) -> tuple[int, int]:
    """The same house and partnership, asked again a year later; both years."""
    year = world.check_round.year
    following = make_round(
        edition=world.check_round.edition, year=year + 1, due_on=today() + timedelta(days=300)
    )
    check = make_check(check_round=following, partnership=world.check.partnership)
    make_statement(ministry=world.house.ministry, check=check, criteria=world.criteria)
    return year, year + 1


def test_list_is_filtered_by_its_round(world: World) -> None:
    first, second = in_two_rounds(world)

    assert years_shown(world, f"/stellungnahmen/?round={second}") == [second]
    assert years_shown(world, f"/stellungnahmen/?round={first}&q={world.check.partnership}") == [
        first
    ]
    body = text(signed_in(world.house.officer), "/stellungnahmen/")
    for year in (first, second):
        assert f">Leitlinien-Check {year}</option>" in body


def test_list_offers_no_round_that_asks_others(world: World) -> None:
    foreign = make_round(edition=world.check_round.edition)
    make_statement(check=make_check(check_round=foreign), criteria=world.criteria)

    body = text(signed_in(world.house.officer), "/stellungnahmen/")

    assert f"{world.check_round}</option>" in body
    assert f"{foreign}</option>" not in body


def test_file_of_the_list_names_the_round(world: World) -> None:
    first, second = in_two_rounds(world)

    answer = signed_in(world.house.officer).get("/stellungnahmen/?format=csv")

    body = answer.getvalue().decode()
    assert all(f";{year};" in body for year in (first, second))


def test_page_of_a_statement_names_its_round_in_the_breadcrumb(world: World) -> None:
    address = f"/stellungnahmen/{world.statement.pk}/"
    crumb = f'href="{world.check_round.get_absolute_url()}"'
    assert crumb in text(signed_in(world.house.officer), address)
    assert crumb in text(signed_in(world.house.manager), address)

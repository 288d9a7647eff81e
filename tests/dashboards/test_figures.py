from datetime import timedelta

import pytest
from django.test import Client

from dashboards.figures import Figure, agreements, running_round, standing
from guidelines.rounds.progress import CellState
from ministries.clock import today
from ministries.models import User
from partnerships.models import Agreement, Partnership
from partnerships.register.partners.status_counts import status_counts
from tests.dashboards import scenes
from tests.dashboards.scenes import LATER, PAST, TODAY
from tests.factories import (
    make_agreement,
    make_chancellery,
    make_ministry,
    make_partnership,
    make_status_period,
)

pytestmark = pytest.mark.django_db
Status = Partnership.Status


def rows_behind(client: Client, user: User, figure: Figure) -> int:
    """How many rows the page behind a figure lists."""
    client.force_login(user)
    return client.get(figure.url).context["listing"].count


def numbers(user: User) -> dict[str, int]:
    return {
        figure.words: figure.number
        for figure in standing(user, TODAY, status_counts(user, TODAY)).by_status
    }


def test_each_status_counts_the_rows_behind_its_link(client: Client) -> None:
    user = scenes.coordinator()
    for status in (Status.ACTIVE, Status.ACTIVE, Status.EXPLORATORY, Status.DORMANT, None):
        make_partnership(status=status)

    found = standing(user, TODAY, status_counts(user, TODAY))

    told = {"aktiv": 2, "in Anbahnung": 1, "ruhend": 1, "Status nicht erfasst": 1}
    assert numbers(user) == told
    for figure in (*found.by_status, found.total):
        assert rows_behind(client, user, figure) == figure.number


def test_scrutiny_counts_the_rows_behind_its_link(client: Client) -> None:
    user = scenes.coordinator()
    make_partnership(scrutiny_since=PAST, scrutiny_reason="Leitlinien 2026")
    make_partnership()

    figure = standing(user, TODAY, status_counts(user, TODAY)).under_scrutiny

    assert figure.number == rows_behind(client, user, figure) == 1


def test_agreements_count_the_rows_behind_their_links(client: Client) -> None:
    user, day = scenes.coordinator(), today()
    for days in (-30, -5, 40, 800):
        make_agreement(
            partnership=make_partnership(),
            term=Agreement.Term.FIXED,
            valid_until=day + timedelta(days=days),
        )

    lapsed, ending = agreements(user, day)

    assert (lapsed.number, ending.number) == (2, 1)
    for figure in (lapsed, ending):
        assert rows_behind(client, user, figure) == figure.number


def test_confidential_partnership_is_not_counted_for_outsiders() -> None:
    partnership = make_partnership(is_confidential=True)
    for until in (PAST, LATER):
        make_agreement(partnership=partnership, term=Agreement.Term.FIXED, valid_until=until)
    outsider, insider = scenes.manager(make_ministry()), scenes.manager(make_ministry())
    partnership.circle.add(insider)

    assert numbers(outsider) == {}
    assert numbers(insider) == numbers(scenes.coordinator()) == {"aktiv": 1}
    assert [figure.number for figure in agreements(outsider, TODAY)] == [0, 0]
    assert [figure.number for figure in agreements(insider, TODAY)] == [1, 1]


def test_status_decided_but_not_yet_visible_is_not_counted() -> None:
    partnership = make_partnership(status=None)
    make_status_period(
        partnership=partnership, status=Status.ACTIVE, valid_from=PAST, valid_until=TODAY
    )
    partnership.status_periods.update(valid_until=TODAY - timedelta(days=1))
    make_status_period(
        partnership=partnership, status=Status.ENDED, valid_from=TODAY, visible_from=LATER
    )

    assert numbers(scenes.manager(make_ministry())) == {"aktiv": 1}
    assert numbers(scenes.coordinator()) == {"beendet": 1}


def test_status_that_begins_tomorrow_is_not_counted() -> None:
    partnership = make_partnership()
    partnership.status_periods.update(valid_until=TODAY)
    make_status_period(
        partnership=partnership, status=Status.DORMANT, valid_from=TODAY + timedelta(days=1)
    )

    assert numbers(scenes.coordinator()) == {"aktiv": 1}


def test_round_counts_what_has_arrived() -> None:
    check = scenes.check_of(make_partnership(), scenes.running_round())
    scenes.released(check, make_ministry())
    scenes.released(check, make_ministry(), is_nil_return=True, vote="")
    scenes.owed(check, make_ministry())
    scenes.owed(check, make_ministry(), due_on=PAST)

    found = running_round(scenes.coordinator(), TODAY)

    assert found is not None
    assert found.all_houses.total.number == 4
    assert {figure.words: figure.number for figure in found.all_houses.states} == {
        "liegt vor": 1,
        "Fehlanzeige": 1,
        "offen": 1,
        "überfällig": 1,
    }


def test_draft_and_submission_of_a_house_change_no_number() -> None:
    house = make_ministry()
    check = scenes.check_of(make_partnership(), scenes.running_round())
    statement = scenes.owed(check, house)
    coordinator = scenes.coordinator()
    before = running_round(coordinator, TODAY)

    statement.delete()
    scenes.submitted(check, house, by=scenes.officer(house))

    assert running_round(coordinator, TODAY) == before


def test_round_in_preparation_does_not_run() -> None:
    scenes.running_round(state="preparing")

    assert running_round(scenes.coordinator(), TODAY) is None


def test_rows_of_all_houses_open_only_for_the_circle() -> None:
    house = make_ministry()
    scenes.owed(scenes.check_of(make_partnership(), scenes.running_round()), house)

    for user, opens in ((scenes.coordinator(), True), (scenes.chief(), True)):
        found = running_round(user, TODAY)
        assert found is not None
        assert all(bool(figure.url) is opens for figure in found.all_houses.states)
    found = running_round(scenes.manager(house), TODAY)
    assert found is not None
    assert not any(figure.url for figure in found.all_houses.states)


def test_own_house_is_counted_apart() -> None:
    house = make_ministry()
    check = scenes.check_of(make_partnership(), scenes.running_round())
    scenes.owed(check, house)
    scenes.owed(check, make_ministry())

    found = running_round(scenes.manager(house), TODAY)

    assert found is not None
    assert found.own_house is not None
    assert found.own_house.total.number == 1


def test_round_leaves_out_confidential_partnerships() -> None:
    house = make_ministry()
    check = scenes.check_of(make_partnership(is_confidential=True), scenes.running_round())
    scenes.owed(check, house)

    found = running_round(scenes.manager(house), TODAY)

    assert found is not None
    assert found.all_houses.total.number == 0


def statements_behind(client: Client, user: User, figure: Figure) -> int:
    """How many cells of the matrix the page behind a figure shows."""
    client.force_login(user)
    rows = client.get(figure.url).context["rows"]
    cells = [cell for row in rows for cell in row.cells]
    return sum(cell.state not in (None, CellState.NOT_ASKED) for cell in cells)


@pytest.mark.parametrize("who", ["coordinator", "chief", "manager"])
def test_round_counts_the_statements_behind_its_links(client: Client, who: str) -> None:
    house, day = make_chancellery(), today()
    check_round = scenes.running_round(due_on=day + timedelta(days=20))
    for due_on in (None, day - timedelta(days=1)):
        check = scenes.check_of(make_partnership(), check_round)
        scenes.owed(check, house, due_on=due_on)
        scenes.released(check, make_ministry())
        scenes.owed(check, make_ministry())
    user = scenes.manager(house) if who == "manager" else getattr(scenes, who)()

    found = running_round(user, day)

    assert found is not None
    parts = [found.all_houses, found.own_house] if found.own_house else [found.all_houses]
    figures = [figure for part in parts for figure in (part.total, *part.states) if figure.url]
    assert figures
    for figure in figures:
        assert statements_behind(client, user, figure) == figure.number, figure

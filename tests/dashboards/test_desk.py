from datetime import date

import pytest
from django.test import Client

from dashboards.desk import desk_count, desk_groups
from ministries.models import Role, User
from partnerships.models import Agreement, Partnership
from tests.dashboards import scenes
from tests.dashboards.scenes import LATER, PAST, SOON, TODAY
from tests.factories import (
    confirm_everything,
    make_agreement,
    make_chancellery,
    make_ministry,
    make_partnership,
    make_user,
)
from ui.offers import DeskItem, Urgency

pytestmark = pytest.mark.django_db


def rows_of(user: User) -> list[DeskItem]:
    confirm_everything()
    return [row.item for group in desk_groups(user, TODAY) for row in group.rows]


@pytest.mark.parametrize(
    ("due_on", "urgency"),
    [
        (date(2026, 11, 22), Urgency.OVERDUE),
        (date(2026, 11, 23), Urgency.THIS_WEEK),
        (date(2026, 11, 29), Urgency.THIS_WEEK),
        (date(2026, 11, 30), Urgency.LATER),
        (None, Urgency.LATER),
    ],
)
def test_urgency_ends_the_week_on_sunday(due_on: date | None, urgency: Urgency) -> None:
    item = DeskItem("Prüfen", "Memorandum", "Latium", due_on, "SK", "/")

    assert item.urgency(TODAY) is urgency


def test_desk_groups_by_deadline() -> None:
    house = make_ministry(abbreviation="SMWK")
    check_round = scenes.running_round(due_on=LATER)
    for name, due_on in (("Flandern", PAST), ("Latium", SOON), ("Québec", None)):
        check = scenes.check_of(make_partnership(name=name), check_round)
        scenes.owed(check, house, due_on=due_on)

    confirm_everything()
    groups = desk_groups(scenes.officer(house), TODAY)

    assert [(g.urgency, [row.item.partnership_name for row in g.rows]) for g in groups] == [
        (Urgency.OVERDUE, ["Flandern"]),
        (Urgency.THIS_WEEK, ["Latium"]),
        (Urgency.LATER, ["Québec"]),
    ]


def test_desk_row_counts_working_days() -> None:
    house = make_ministry()
    check = scenes.check_of(make_partnership(), scenes.running_round())
    scenes.owed(check, house, due_on=SOON)

    confirm_everything()
    (group,) = desk_groups(scenes.officer(house), TODAY)

    assert group.rows[0].distance == 4


def test_officer_owes_only_statements_of_the_own_house() -> None:
    house, other = make_ministry(), make_ministry()
    check = scenes.check_of(make_partnership(name="Flandern"), scenes.running_round())
    scenes.owed(check, house)
    scenes.owed(check, other)

    assert [item.verb for item in rows_of(scenes.officer(house))] == ["Stellungnahme vorlegen"]


def test_officer_owes_nothing_once_submitted() -> None:
    house = make_ministry()
    officer = scenes.officer(house)
    scenes.head(house)
    check = scenes.check_of(make_partnership(), scenes.running_round())
    scenes.submitted(check, house, by=officer)

    assert rows_of(officer) == []


def test_head_is_asked_to_release() -> None:
    house = make_ministry()
    check = scenes.check_of(make_partnership(), scenes.running_round())
    scenes.submitted(check, house, by=scenes.officer(house))

    assert [item.verb for item in rows_of(scenes.head(house))] == ["Stellungnahme freigeben"]


def test_head_is_not_asked_to_release_what_they_wrote() -> None:
    house = make_ministry()
    head = scenes.head(house)
    scenes.head(house)
    check = scenes.check_of(make_partnership(), scenes.running_round())
    scenes.submitted(check, house, by=head)

    assert rows_of(head) == []


def test_coordinator_sees_what_the_register_needs() -> None:
    partnership = make_partnership(name="Latium", lead=make_chancellery())
    make_agreement(
        partnership=partnership,
        kind=Agreement.Kind.MEMORANDUM,
        term=Agreement.Term.FIXED,
        valid_until=PAST,
    )
    make_partnership(name="Greater Manchester", lead=None)

    found = {(item.verb, item.partnership_name) for item in rows_of(scenes.coordinator())}

    assert {
        ("Verlängerung klären", "Latium"),
        ("Federführung klären", "Greater Manchester"),
    } <= found


def test_manager_owes_nothing() -> None:
    house = make_ministry()
    check = scenes.check_of(make_partnership(lead=None), scenes.running_round())
    scenes.owed(check, house)

    assert rows_of(scenes.manager(house)) == []


def test_number_is_that_of_the_rows() -> None:
    house = make_ministry()
    check_round = scenes.running_round(PAST)
    for _ in range(3):
        scenes.owed(scenes.check_of(make_partnership(lead=None), check_round), house)
    scenes.owed(scenes.check_of(make_partnership(), check_round), make_ministry())

    for user in (scenes.officer(house), scenes.head(house), scenes.coordinator()):
        rows = rows_of(user)
        assert desk_count(user, TODAY) == len(rows)


def test_number_costs_one_query(django_assert_num_queries: object) -> None:
    user = scenes.coordinator()
    assert user.capacities

    with django_assert_num_queries(1):  # type: ignore[operator]
        desk_count(user, TODAY)


def test_confidential_partnership_is_not_on_the_desk_of_outsiders() -> None:
    house = make_ministry()
    partnership = make_partnership(is_confidential=True)
    scenes.owed(scenes.check_of(partnership, scenes.running_round()), house)

    assert rows_of(scenes.officer(house)) == []
    officer = scenes.officer(house)
    confirm_everything()
    assert desk_count(officer, TODAY) == 0


def test_dormant_partnership_without_review_day_is_left_alone() -> None:
    make_partnership(status=Partnership.Status.DORMANT, lead=make_chancellery())

    assert rows_of(scenes.coordinator()) == []


@pytest.mark.parametrize("who", ["coordinator", "officer", "head"])
def test_each_row_leads_to_where_it_is_done(client: Client, who: str) -> None:
    house = make_ministry()
    check_round = scenes.running_round(PAST)
    scenes.owed(scenes.check_of(make_partnership(lead=None), check_round), house)
    waiting = scenes.check_of(make_partnership(), check_round)
    scenes.submitted(waiting, house, by=scenes.officer(house))
    user = scenes.coordinator() if who == "coordinator" else getattr(scenes, who)(house)
    client.force_login(user)

    rows = rows_of(user)

    assert rows
    for item in rows:
        assert client.get(item.url).status_code == 200, item


@pytest.mark.desk_number
def test_number_is_counted_once_a_minute_and_after_an_own_write(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter([3, 5, 7])
    monkeypatch.setattr("dashboards.desk.desk_count", lambda user, today: next(numbers))
    client.force_login(make_user(role=Role.OFFICER, ministry=make_ministry()))

    def shown() -> int | None:
        return client.get("/kontakte/").context["navigation"][0].count

    assert (shown(), shown()) == (3, 3)
    client.post("/barriere-melden/")
    assert (shown(), shown()) == (5, 5)
    monkeypatch.setattr("dashboards.desk.COUNTED_FOR", 0)
    assert shown() == 7


@pytest.mark.desk_number
def test_number_on_the_desk_is_that_of_its_rows(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboards.desk.desk_count", lambda user, today: pytest.fail("asked"))
    client.force_login(make_user(role=Role.OFFICER, ministry=make_ministry()))

    page = client.get("/zu-erledigen/")

    assert page.context["navigation"][0].count == page.context["number"]

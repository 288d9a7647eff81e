"""What the coordination and the Chef der Staatskanzlei find on their desk."""

from datetime import date, timedelta

from guidelines.checks.partnership_part import next_steps
from guidelines.decisions.actions import begin_evaluation, propose
from guidelines.models import CheckRound, GuidelineCheck, Outcome
from guidelines.rounds.desk import desk_items, desk_rows
from ministries.models import Role, User
from tests.factories import NOW, make_check, make_round, make_statement, make_user
from tests.guidelines.conftest import World, released

BEFORE = date(2026, 11, 24)
AFTER = date(2027, 3, 1)


def verbs(user: User, day: date) -> list[str]:
    items = desk_items(user, day)
    assert len(items) == sum(rows.count() for rows in desk_rows(user, day))
    return [item.verb for item in items]


def propose_for(world: World) -> None:
    begin_evaluation(
        check=GuidelineCheck.objects.get(pk=world.check.pk), by=world.coordinator, now=NOW
    )
    propose(
        check=GuidelineCheck.objects.get(pk=world.check.pk),
        outcome=Outcome.CONTINUE,
        until_on=None,
        reasons="Gründe.",
        by=world.coordinator,
        now=NOW,
    )


def test_desk_is_empty_while_houses_have_time(world: World) -> None:
    assert verbs(world.coordinator, BEFORE) == []


def test_desk_names_houses_with_overdue_statements(world: World) -> None:
    world.check_round.due_on = BEFORE - timedelta(days=1)
    world.check_round.save()

    items = desk_items(world.coordinator, BEFORE)

    labels = [item.object_label for item in items if item.verb == "Überfälliges nachfassen"]
    assert labels == [
        f"{world.check_round}, {world.house.ministry}: 1 Stellungnahme",
        f"{world.check_round}, {world.other.ministry}: 1 Stellungnahme",
    ]


def test_desk_tells_the_overdue_of_two_rounds_apart(world: World) -> None:
    CheckRound.objects.update(due_on=BEFORE - timedelta(days=1))
    second = make_round(
        slug="zweite", edition=world.check_round.edition, due_on=BEFORE - timedelta(days=3)
    )
    check = make_check(check_round=second, partnership=world.check.partnership)
    make_statement(ministry=world.house.ministry, check=check, criteria=world.criteria)

    items = [item for item in desk_items(world.coordinator, BEFORE) if "nachfassen" in item.verb]

    house = world.house.ministry
    late = [item for item in items if str(house) in item.object_label]
    assert sorted(item.object_label for item in late) == sorted(
        f"{found}, {house}: 1 Stellungnahme" for found in (world.check_round, second)
    )
    assert {item.url for item in late} == {
        f"/leitlinien-checks/{found.slug}/?ministry={house.slug}&overdue=1"
        for found in (world.check_round, second)
    }
    assert len(verbs(world.coordinator, BEFORE)) == 5


def test_desk_offers_the_evaluation_when_all_is_there(world: World) -> None:
    released(world.statement, house=world.house)
    released(world.other_statement, house=world.other)

    assert verbs(world.coordinator, BEFORE) == ["Auswertung beginnen"]


def test_desk_offers_the_evaluation_after_the_deadline(world: World) -> None:
    assert verbs(world.coordinator, AFTER)[0] == "Auswertung beginnen"


def test_desk_of_coordination_and_chief_with_a_proposal(world: World) -> None:
    propose_for(world)
    chief = make_user(role=Role.MANAGER, is_chief=True)

    assert verbs(world.coordinator, BEFORE) == ["Beschluss eintragen"]
    assert verbs(chief, BEFORE) == ["Entscheidungsvorschlag ansehen"]


def test_desk_of_others_knows_nothing_of_proposals(world: World) -> None:
    propose_for(world)

    for user in (world.house.head, world.house.manager, world.auditor):
        assert verbs(user, AFTER) == []


def test_desk_reminds_of_a_round_in_preparation(world: World) -> None:
    make_round(edition=world.check_round.edition, state="preparing")

    assert verbs(world.coordinator, BEFORE) == ["Beteiligung prüfen und eröffnen"]


def test_partnership_page_tells_the_house_what_it_owes(world: World) -> None:
    partnership = world.check.partnership

    (step,) = next_steps(partnership, world.house.officer, BEFORE)

    assert step.url == f"/stellungnahmen/{world.statement.pk}/"
    assert next_steps(partnership, world.stranger.officer, BEFORE) == []


def test_partnership_page_tells_the_circle_where_the_check_stands(world: World) -> None:
    propose_for(world)

    (step,) = next_steps(world.check.partnership, world.coordinator, BEFORE)

    assert "Beschluss fehlt" in step.sentence

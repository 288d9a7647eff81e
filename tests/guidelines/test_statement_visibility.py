"""Who may read a statement, in which state of house and round."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from guidelines.models import CheckRound, Decision, GuidelineCheck, Statement
from guidelines.statements.actions import withdraw
from ministries.clock import today
from ministries.models import Role, User
from tests.factories import NOW, make_chancellery, make_partnership, make_user
from tests.guidelines.conftest import (
    House,
    World,
    closed,
    fresh,
    released,
    signed_in,
    submitted,
    write,
)

OWN = {"officer", "colleague", "head", "manager"}
ASKED = {"other officer", "other head", "other manager"}
NOT_ASKED = {"stranger officer", "stranger head", "stranger manager"}
CIRCLE = {"coordinator", "chief"}
NOBODY = {"administrator"}
EVERYBODY = OWN | ASKED | NOT_ASKED | CIRCLE | NOBODY | {"auditor"}
CANARY = "Kanarienvogel"


def people(world: World) -> dict[str, User]:
    houses: dict[str, House] = {"": world.house, "other ": world.other, "stranger ": world.stranger}
    found = {
        f"{prefix}{role}": getattr(house, role)
        for prefix, house in houses.items()
        for role in ("officer", "colleague", "head", "manager")
    }
    chief = make_user(role=Role.MANAGER, ministry=make_chancellery(), is_chief=True)
    return {name: user for name, user in found.items() if name in EVERYBODY} | {
        "coordinator": world.coordinator,
        "auditor": world.auditor,
        "administrator": world.administrator,
        "chief": chief,
    }


def readers(world: World, day: date) -> set[str]:
    return {
        name
        for name, user in people(world).items()
        if Statement.objects.visible_to(user, day).filter(pk=world.statement.pk).exists()
    }


def decided(world: World, *, visible_from: date) -> None:
    for state in ("evaluating", "proposed"):
        GuidelineCheck.objects.filter(pk=world.check.pk).update(state=state)
    Decision.objects.create(
        guideline_check=world.check,
        body=Decision.Body.CABINET,
        decided_on=today(),
        number="1",
        wording="Wortlaut",
        outcome="continue",
        effective_from=today(),
        visible_from=visible_from,
        recorded_at=NOW,
        recorded_by=world.coordinator,
    )


def test_open_statement_is_read_by_its_house(world: World) -> None:
    write(world.statement, by=world.house.officer)

    assert readers(world, today()) == OWN


def test_submitted_statement_is_read_by_its_house(world: World) -> None:
    submitted(world.statement, by=world.house.officer)

    assert readers(world, world.check_round.due_on + timedelta(days=1)) == OWN


def given_more_time(world: World) -> None:
    until = world.check_round.due_on + timedelta(days=10)
    Statement.objects.filter(pk=world.other_statement.pk).update(due_on=until)


@pytest.mark.parametrize("has_more_time", [False, True])
def test_house_reads_no_other_before_its_own_is_released(world: World, has_more_time: bool) -> None:
    released(world.statement, house=world.house)
    if has_more_time:
        given_more_time(world)
    over = world.check_round.due_on + timedelta(days=1)

    assert readers(world, over) & ASKED == set()
    assert readers(world, over + timedelta(days=30)) & ASKED == set()

    released(fresh(world.other_statement), house=world.other)
    assert readers(world, world.check_round.due_on) & ASKED == set()
    assert readers(world, over) & ASKED == ASKED


def test_house_reads_others_once_its_own_is_closed(world: World) -> None:
    released(world.statement, house=world.house)
    closed(world.check, by=world.coordinator)

    assert readers(world, world.check_round.due_on) & ASKED == set()
    assert readers(world, world.check_round.due_on + timedelta(days=1)) & ASKED == ASKED


def test_open_check_is_read_by_a_house_with_more_time_too(world: World) -> None:
    CheckRound.objects.filter(pk=world.check_round.pk).update(is_open_reading=True)
    released(world.statement, house=world.house)
    given_more_time(world)

    assert readers(world, today()) & ASKED == ASKED


def test_released_statement_before_the_deadline(world: World) -> None:
    released(world.statement, house=world.house)

    assert readers(world, world.check_round.due_on) == OWN | CIRCLE


def test_released_statement_after_the_deadline(world: World) -> None:
    released(world.statement, house=world.house)
    released(world.other_statement, house=world.other)

    assert readers(world, world.check_round.due_on + timedelta(days=1)) == OWN | CIRCLE | ASKED


def test_released_statement_of_an_open_round(world: World) -> None:
    CheckRound.objects.filter(pk=world.check_round.pk).update(is_open_reading=True)
    released(world.statement, house=world.house)

    assert readers(world, today()) == OWN | CIRCLE | ASKED


def test_released_statement_before_the_decision_is_visible(world: World) -> None:
    released(world.statement, house=world.house)
    decided(world, visible_from=today() + timedelta(days=1))

    assert readers(world, today()) == OWN | CIRCLE


def test_released_statement_when_the_decision_is_visible(world: World) -> None:
    released(world.statement, house=world.house)
    decided(world, visible_from=today())

    assert readers(world, today()) == EVERYBODY - NOBODY


def test_open_statement_stays_in_its_house_when_the_decision_is_visible(world: World) -> None:
    write(world.statement, by=world.house.officer)
    decided(world, visible_from=today())

    assert readers(world, today()) == OWN


def test_withdrawn_statement_is_back_in_its_house(world: World) -> None:
    withdraw(statement=released(world.statement, house=world.house), by=world.house.head, now=NOW)

    assert readers(world, today()) == OWN


def test_statement_of_a_round_in_preparation_is_read_by_nobody(world: World) -> None:
    other_round = CheckRound.objects.create(
        year=1999, edition=world.check_round.edition, due_on=world.check_round.due_on
    )
    check = GuidelineCheck.objects.create(round=other_round, partnership=make_partnership())
    statement = Statement.objects.create(guideline_check=check, ministry=world.house.ministry)

    for user in people(world).values():
        assert not Statement.objects.visible_to(user).filter(pk=statement.pk).exists()


def test_statement_on_a_confidential_partnership_needs_the_circle(world: World) -> None:
    partnership = world.check.partnership
    partnership.is_confidential = True
    partnership.save()
    partnership.circle.add(world.house.officer)
    released(world.statement, house=world.house)

    assert readers(world, today()) == {"officer", "coordinator"}


def body(response: Any) -> str:
    """Without the token of the sign-out form, which differs from page to page."""
    return re.sub(
        r'value="\w{64}"|value="[0-9a-f-]{36}"|\d\d:\d\d Uhr', "", response.content.decode()
    )


PAGES = ["", "druck/", "vorlegen/", "freigeben/", "zurueckgeben/", "zurueckziehen/"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["other officer", "stranger head", "coordinator", "auditor"])
def test_foreign_draft_is_not_found(world: World, path: str, who: str) -> None:
    write(world.statement, by=world.house.officer, key_message=CANARY)
    client = signed_in(people(world)[who])

    response = client.get(f"/stellungnahmen/{world.statement.pk}/{path}")
    missing = client.get(f"/stellungnahmen/999999/{path}")

    assert response.status_code == 404
    assert body(response) == body(missing)


@pytest.mark.parametrize("path", ["", "entwurf/", "entwurf/verwerfen/", "zurueckholen/"])
def test_foreign_draft_is_not_found_by_post(world: World, path: str) -> None:
    client = signed_in(world.other.officer)

    response = client.post(f"/stellungnahmen/{world.statement.pk}/{path}", {"_token": "x"})

    assert response.status_code in (400, 404)
    assert CANARY not in response.content.decode()


def test_manager_reads_the_draft_of_the_own_house(world: World) -> None:
    write(world.statement, by=world.house.officer, key_message=CANARY)

    page = signed_in(world.house.manager).get(f"/stellungnahmen/{world.statement.pk}/")

    assert CANARY in page.content.decode()
    assert "<textarea" not in page.content.decode()


def test_manager_may_not_write(world: World) -> None:
    response = signed_in(world.house.manager).post(
        f"/stellungnahmen/{world.statement.pk}/", {"_version": "1", "vote": "end"}
    )

    assert response.status_code == 403


def test_list_shows_own_house_alone(world: World) -> None:
    write(world.other_statement, by=world.other.officer, key_message=CANARY)
    released(world.other_statement, house=world.other)

    page = signed_in(world.house.officer).get("/stellungnahmen/")

    assert [row.pk for row in page.context["rows"]] == [world.statement.pk]
    assert CANARY not in page.content.decode()


def test_coordinator_sees_no_name_and_no_clock_time(world: World) -> None:
    released(world.statement, house=world.house)

    page = signed_in(world.coordinator).get(f"/stellungnahmen/{world.statement.pk}/")

    text = page.content.decode()
    assert "Freigegeben am 23.11.2026" in text
    assert world.house.head.name not in text
    assert world.house.officer.name not in text


def test_house_sees_who_released(world: World) -> None:
    released(world.statement, house=world.house)

    page = signed_in(world.house.officer).get(f"/stellungnahmen/{world.statement.pk}/")

    assert world.house.head.name in page.content.decode()


def test_return_note_stays_in_the_house(world: World) -> None:
    statement = released(world.statement, house=world.house)
    Statement.objects.filter(pk=statement.pk).update(return_note=CANARY)

    page = signed_in(world.coordinator).get(f"/stellungnahmen/{statement.pk}/")

    assert CANARY not in page.content.decode()


def test_reader_of_another_house_sees_no_neighbours(world: World) -> None:
    CheckRound.objects.filter(pk=world.check_round.pk).update(is_open_reading=True)
    released(world.statement, house=world.house)

    page = signed_in(world.other.officer).get(f"/stellungnahmen/{world.statement.pk}/")

    assert page.status_code == 200
    assert "1 von" not in page.content.decode()


def test_released_statement_cannot_be_written_by_a_reader(world: World) -> None:
    released(world.statement, house=world.house)

    response = signed_in(world.coordinator).post(
        f"/stellungnahmen/{world.statement.pk}/", {"_version": "3", "vote": "end"}
    )

    assert response.status_code == 403
    assert fresh(world.statement).vote == "continue"

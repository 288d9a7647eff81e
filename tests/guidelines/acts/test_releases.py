"""Release, withdrawal and Fehlanzeige: what they write, tell, and refuse."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.actions.statements import (
    release,
)
from guidelines.fact_sheets import facts_beside
from guidelines.models import GuidelineCheck, Statement
from ministries.models import Notification, Role
from partnerships.facts import as_json
from tests.factories import (
    NOW,
    make_appointment,
    make_chancellery,
    make_check,
    make_statement,
)
from tests.guidelines.acts.conftest import OUTSIDERS, person
from tests.guidelines.conftest import World, fresh, submitted
from ui.errors import Conflict

TODAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
PAPER: dict[str, Any] = {
    "function": "Abteilungsleitung 4",
    "released_on": TODAY,
    "reference": "4-0123/7",
}


@pytest.fixture
def statement(world: World) -> Statement:
    """Written and submitted by the officer; the mails so far are read."""
    statement = submitted(world.statement, by=world.house.officer)
    Notification.objects.all().delete()
    return statement


def decided(world: World) -> None:
    for state in ("evaluating", "proposed", "decided"):
        GuidelineCheck.objects.filter(pk=world.check.pk).update(state=state)


# Release


def test_release_keeps_the_facts_of_the_day(world: World, statement: Statement) -> None:
    before = statement.version

    release(statement=statement, by=world.house.head, now=NOW)

    found = fresh(statement)
    assert (found.state, found.version) == ("released", before + 1)
    assert found.fact_sheet == as_json(facts_beside(found, world.house.head, TODAY))
    assert (found.released_outside_on, found.released_outside_function) == (None, "")


def test_last_release_of_a_house_tells_the_coordination(world: World, statement: Statement) -> None:
    release(statement=statement, by=world.house.head, now=NOW)

    mail = Notification.objects.get()
    house = world.house.ministry.abbreviation
    assert (mail.to_address, mail.kind) == (make_chancellery().mailbox, "release")
    assert mail.subject == f"{world.check_round}: {house} vollständig"
    assert mail.link == f"/leitlinien-checks/{world.check_round.year}/"


def test_release_tells_nobody_while_the_house_owes_another(
    world: World, statement: Statement
) -> None:
    make_statement(ministry=world.house.ministry, check=make_check(check_round=world.check_round))

    release(statement=statement, by=world.house.head, now=NOW)

    assert not Notification.objects.exists()


def test_head_who_is_deputy_of_another_too_releases_as_head(
    world: World, statement: Statement
) -> None:
    other_house = world.other.head.appointments.get()
    make_appointment(
        user=world.house.head, role=Role.HEAD, ministry=world.other.ministry, deputy_for=other_house
    )

    release(statement=statement, by=world.house.head, now=NOW)

    assert not fresh(statement).is_released_by_deputy


def test_head_here_is_no_deputy_elsewhere(world: World, statement: Statement) -> None:
    """Deputy in this house, head in another: here the release is i. V."""
    regular = world.house.head.appointments.get()
    make_appointment(
        user=world.other.head, role=Role.HEAD, ministry=world.house.ministry, deputy_for=regular
    )

    release(statement=statement, by=world.other.head, now=NOW)

    assert fresh(statement).is_released_by_deputy


def test_release_of_a_text_changed_meanwhile_conflicts(world: World, statement: Statement) -> None:
    with pytest.raises(Conflict):
        release(
            statement=statement,
            by=world.house.head,
            now=NOW,
            expected_version=statement.version - 1,
        )

    assert fresh(statement).state == "submitted"
    assert not Notification.objects.exists()


@pytest.mark.parametrize("who", ["colleague", *OUTSIDERS])
def test_others_release_nothing(world: World, statement: Statement, who: str) -> None:
    with pytest.raises(PermissionDenied):
        release(statement=statement, by=person(world, who), now=NOW)

    assert fresh(statement).state == "submitted"

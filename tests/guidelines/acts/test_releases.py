"""Release, withdrawal and Fehlanzeige: what they write, tell, and refuse."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import CheckRound, Statement
from guidelines.statements.actions import record_release, release, withdraw
from guidelines.statements.fact_sheets import facts_beside
from ministries.models import Notification, Role
from partnerships.register.partners.facts import as_json
from tests.factories import (
    NOW,
    make_appointment,
    make_chancellery,
    make_check,
    make_statement,
)
from tests.guidelines.acts.conftest import OUTSIDERS, person
from tests.guidelines.conftest import World, closed, fresh, released, submitted
from ui.errors import Conflict, Refusal

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
    assert mail.link == f"/leitlinien-checks/{world.check_round.slug}/"


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


# Released outside


def test_recorded_release_keeps_its_words_without_blanks(
    world: World, statement: Statement
) -> None:
    record_release(
        statement=statement,
        function=" Abteilungsleitung 4 ",
        released_on=TODAY,
        reference=" 4-0123/7\n",
        by=world.house.colleague,
        now=NOW,
    )

    found = fresh(statement)
    assert (found.state, found.released_at) == ("released", NOW)
    assert found.released_by == world.house.colleague
    assert found.released_outside_function == "Abteilungsleitung 4"
    assert (found.released_outside_on, found.released_outside_reference) == (TODAY, "4-0123/7")
    assert not found.is_released_by_deputy


def test_recorded_release_tells_the_coordination(world: World, statement: Statement) -> None:
    record_release(statement=statement, by=world.house.colleague, now=NOW, **PAPER)

    assert Notification.objects.get().to_address == make_chancellery().mailbox


@pytest.mark.parametrize(
    ("released_on", "told"),
    [(TODAY + ONE_DAY, "in der Zukunft"), (TODAY - ONE_DAY, r"Eröffnung .*\(23\.11\.2026\)")],
)
def test_release_outside_on_an_impossible_day_is_refused(
    world: World, statement: Statement, released_on: date, told: str
) -> None:
    with pytest.raises(Refusal, match=told):
        record_release(
            statement=statement,
            by=world.house.colleague,
            now=NOW,
            **PAPER | {"released_on": released_on},
        )

    assert fresh(statement).state == "submitted"


def test_days_of_a_release_outside_are_those_in_saxony(world: World, statement: Statement) -> None:
    """Opened at half past midnight of the 24th, recorded at half past midnight of the 25th."""
    opened_at = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    CheckRound.objects.update(opened_at=opened_at)
    paper = PAPER | {"by": world.house.colleague, "now": opened_at + ONE_DAY}

    with pytest.raises(Refusal, match=r"Eröffnung .*\(24\.11\.2026\)"):
        record_release(statement=fresh(statement), **paper | {"released_on": TODAY})
    record_release(statement=fresh(statement), **paper | {"released_on": TODAY + 2 * ONE_DAY})

    assert fresh(statement).released_outside_on == TODAY + 2 * ONE_DAY


def test_recorded_release_of_a_text_changed_meanwhile_conflicts(
    world: World, statement: Statement
) -> None:
    old = statement.version - 1

    with pytest.raises(Conflict):
        record_release(
            statement=statement, by=world.house.colleague, now=NOW, expected_version=old, **PAPER
        )

    assert fresh(statement).state == "submitted"


@pytest.mark.parametrize("who", ["officer", *OUTSIDERS])
def test_others_record_no_release(world: World, statement: Statement, who: str) -> None:
    with pytest.raises(PermissionDenied):
        record_release(statement=statement, by=person(world, who), now=NOW, **PAPER)

    assert fresh(statement).state == "submitted"


# Withdrawal


def test_withdrawn_statement_has_lost_all_of_its_release(
    world: World, statement: Statement
) -> None:
    record_release(statement=statement, by=world.house.colleague, now=NOW, **PAPER)

    withdraw(statement=fresh(statement), by=world.house.head, now=NOW)

    found = fresh(statement)
    assert (found.state, found.released_at, found.released_by) == ("open", None, None)
    assert (found.released_outside_on, found.released_outside_function) == (None, "")
    assert (found.released_outside_reference, found.fact_sheet) == ("", None)


def test_last_day_to_withdraw_is_that_in_saxony(world: World) -> None:
    statement = released(world.statement, house=world.house)
    CheckRound.objects.update(due_on=TODAY)

    with pytest.raises(Refusal, match="Frist ist vorbei"):
        withdraw(
            statement=fresh(statement),
            by=world.house.head,
            now=datetime(2026, 11, 23, 23, 0, tzinfo=UTC),
        )
    withdraw(
        statement=fresh(statement),
        by=world.house.head,
        now=datetime(2026, 11, 23, 22, 59, tzinfo=UTC),
    )

    assert fresh(statement).state == "open"


def test_withdrawal_after_the_collection_is_refused(world: World) -> None:
    statement = released(world.statement, house=world.house)
    closed(world.check, by=world.coordinator)

    with pytest.raises(Refusal, match="ist beendet"):
        withdraw(statement=fresh(statement), by=world.house.head, now=NOW)


def test_withdrawal_of_another_version_conflicts(world: World) -> None:
    statement = released(world.statement, house=world.house)

    with pytest.raises(Conflict):
        withdraw(statement=statement, by=world.house.head, now=NOW, expected_version=1)

    assert fresh(statement).authors.exists()


@pytest.mark.parametrize("who", ["officer", *OUTSIDERS])
def test_others_withdraw_nothing(world: World, who: str) -> None:
    statement = released(world.statement, house=world.house)

    with pytest.raises(PermissionDenied):
        withdraw(statement=statement, by=person(world, who), now=NOW)

    assert fresh(statement).state == "released"

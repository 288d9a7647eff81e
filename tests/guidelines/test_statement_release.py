"""Four eyes, the frozen facts, and the way back until the deadline."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from guidelines.models import CheckRound, Statement
from guidelines.queries.actions import answer
from guidelines.statements.actions import release, save_statement, submit, take_back, withdraw
from ministries.clock import today
from ministries.models import Appointment, Role
from partnerships.models import Partnership
from tests.factories import NOW, make_agreement, make_appointment, make_user
from tests.guidelines.conftest import (
    World,
    asked,
    closed,
    fresh,
    released,
    reply_submitted,
    signed_in,
    submitted,
    write,
)
from ui.errors import Conflict, Refusal


def late(day: date, *, days: int) -> datetime:
    """In the evening, so many days after the day."""
    return datetime.combine(day + timedelta(days=days), time(21, 0), tzinfo=UTC)


def test_release_by_author_with_head_role_is_refused(world: World) -> None:
    make_appointment(user=world.house.officer, role=Role.HEAD, ministry=world.house.ministry)
    statement = submitted(world.statement, by=world.house.officer)

    with pytest.raises(PermissionDenied):
        release(statement=statement, by=world.house.officer, now=NOW)


def test_release_by_head_who_corrected_what_another_wrote(world: World) -> None:
    write(world.statement, by=world.house.officer)
    write(fresh(world.statement), by=world.house.head, vote="expand")
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    release(statement=fresh(world.statement), by=world.house.head, now=NOW)

    assert fresh(world.statement).released_by == world.house.head


def test_release_of_a_text_by_the_head_alone_is_refused(world: World) -> None:
    write(world.statement, by=world.house.head)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    with pytest.raises(PermissionDenied):
        release(statement=fresh(world.statement), by=world.house.head, now=NOW)


def test_release_of_what_another_submitted_again_unchanged(world: World) -> None:
    withdraw(statement=released(world.statement, house=world.house), by=world.house.head, now=NOW)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    release(statement=fresh(world.statement), by=world.house.head, now=NOW)

    assert fresh(world.statement).state == "released"


def test_release_by_head_who_submitted_is_refused(world: World) -> None:
    write(world.statement, by=world.house.officer)
    submit(statement=world.statement, by=world.house.head, now=NOW)

    with pytest.raises(PermissionDenied):
        release(statement=fresh(world.statement), by=world.house.head, now=NOW)


def test_release_by_submitter_is_refused_by_the_database(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(
            state="released", released_at=NOW, released_by=world.house.officer
        )


def test_release_records_who_and_when(world: World) -> None:
    statement = released(world.statement, house=world.house)

    assert (statement.released_by, statement.released_at) == (world.house.head, NOW)
    assert not statement.is_released_by_deputy


def test_release_by_deputy_is_recorded(world: World) -> None:
    regular = Appointment.objects.get(user=world.house.head)
    deputy = make_user()
    make_appointment(user=deputy, role=Role.HEAD, ministry=world.house.ministry, deputy_for=regular)
    statement = submitted(world.statement, by=world.house.officer)

    release(statement=statement, by=deputy, now=NOW)

    assert fresh(statement).is_released_by_deputy


def test_release_fixes_the_facts(world: World) -> None:
    partnership: Partnership = world.check.partnership
    make_agreement(partnership=partnership, title="Erklärung von Dresden")
    statement = released(world.statement, house=world.house)
    make_agreement(partnership=partnership, title="Spätere Erklärung")

    assert "Erklärung von Dresden" in str(fresh(statement).fact_sheet)
    assert "Spätere Erklärung" not in str(fresh(statement).fact_sheet)


def test_release_of_text_changed_meanwhile_conflicts(world: World) -> None:
    read = submitted(world.statement, by=world.house.officer)
    take_back(statement=fresh(read), by=world.house.officer, now=NOW)
    write(fresh(read), by=world.house.officer, vote="end")
    submit(statement=fresh(read), by=world.house.officer, now=NOW)

    with pytest.raises(Conflict):
        release(statement=fresh(read), by=world.house.head, now=NOW, expected_version=read.version)


def test_withdraw_clears_release_and_authors(world: World) -> None:
    statement = released(world.statement, house=world.house)

    withdraw(statement=statement, by=world.house.head, now=NOW)

    found = fresh(statement)
    assert (found.released_at, found.released_by, found.fact_sheet) == (None, None, None)
    assert not found.authors.exists()


def test_withdraw_keeps_the_text(world: World) -> None:
    statement = released(world.statement, house=world.house)

    withdraw(statement=statement, by=world.house.head, now=NOW)

    assert fresh(statement).key_message == "Die Zusammenarbeit trägt."


def test_withdraw_on_the_last_day(world: World) -> None:
    statement = released(world.statement, house=world.house)

    withdraw(statement=statement, by=world.house.head, now=late(world.check_round.due_on, days=0))

    assert fresh(statement).state == "open"


def test_withdraw_after_the_deadline_is_refused(world: World) -> None:
    statement = released(world.statement, house=world.house)

    after = late(world.check_round.due_on, days=1)

    with pytest.raises(Refusal, match="Frist ist vorbei"):
        withdraw(statement=statement, by=world.house.head, now=after)


def test_page_to_withdraw_says_that_it_is_too_late(world: World) -> None:
    released(world.statement, house=world.house)
    url = f"/stellungnahmen/{world.statement.pk}/zurueckziehen/"
    client = signed_in(world.house.head)
    assert client.get(url).status_code == 200
    CheckRound.objects.update(due_on=today() - timedelta(days=1))

    page = client.get(url, follow=True)

    assert page.redirect_chain == [(world.statement.get_absolute_url(), 302)]
    assert "Die Frist ist vorbei. Bitten Sie die Staatskanzlei" in page.content.decode()


@pytest.mark.parametrize("act", ["vorlegen", "freigeben", "zurueckgeben"])
def test_no_act_is_offered_once_the_collection_is_closed(world: World, act: str) -> None:
    write(world.statement, by=world.house.officer)
    if act != "vorlegen":
        submitted(world.statement, by=world.house.officer)
    closed(world.check, by=world.coordinator)
    who = world.house.officer if act == "vorlegen" else world.house.head

    page = signed_in(who).get(f"/stellungnahmen/{world.statement.pk}/{act}/", follow=True)

    assert page.redirect_chain == [(world.statement.get_absolute_url(), 302)]
    assert "ist beendet. Wenden Sie sich bitte" in page.content.decode()


def test_withdraw_until_an_extended_deadline(world: World) -> None:
    world.statement.due_on = world.check_round.due_on + timedelta(days=7)
    world.statement.save(update_fields=["due_on"])
    statement = released(world.statement, house=world.house)

    withdraw(statement=statement, by=world.house.head, now=late(world.check_round.due_on, days=7))

    assert fresh(statement).state == "open"


def test_authors_are_those_since_the_last_release(world: World) -> None:
    write(world.statement, by=world.house.head)
    statement = submitted(fresh(world.statement), by=world.house.officer)
    second_head = make_user(role=Role.HEAD, ministry=world.house.ministry)
    release(statement=statement, by=second_head, now=NOW)

    query = asked(fresh(statement), by=world.coordinator)
    answer(query=reply_submitted(query, by=world.house.officer), by=world.house.head, now=NOW)

    assert fresh(statement).released_by == world.house.head


def test_saving_a_released_statement_is_refused(world: World) -> None:
    statement = released(world.statement, house=world.house)

    with pytest.raises(Refusal, match="inzwischen freigegeben"):
        save_statement(
            statement=statement,
            answers={},
            reasons={},
            vote="end",
            key_message="",
            expected_version=statement.version,
            by=world.house.officer,
            now=NOW,
        )

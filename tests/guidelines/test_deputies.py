"""i. V.: shown and logged wherever a deputy releases, records, returns or is told."""

from datetime import timedelta

import pytest

from guidelines.models import Query, Statement
from guidelines.queries.actions import answer, record_answer
from guidelines.statements.actions import return_for_revision
from ministries.clock import today
from ministries.history.tracking import events_of
from ministries.models import Appointment, Notification, Role, User
from tests.factories import NOW, make_appointment, make_user
from tests.guidelines.conftest import World, fresh, reply_submitted, signed_in, submitted
from tests.guidelines.test_statement_outside_release import record
from tests.guidelines.test_statement_pages import path, post, text


def deputy_of(regular: User) -> User:
    held = Appointment.objects.get(user=regular)
    deputy = make_user(name="Dr. Vertretung")
    fields = {"role": held.role, "ministry": held.ministry}
    make_appointment(user=deputy, deputy_for=held, **fields)
    return deputy


@pytest.fixture
def deputy(world: World) -> User:
    return deputy_of(world.house.head)


def shown(world: World, user: User) -> str:
    return " ".join(text(signed_in(user), path(world)).split())


def test_release_shows_it_to_all_and_the_name_to_the_house(world: World, deputy: User) -> None:
    submitted(world.statement, by=world.house.officer)

    post(signed_in(deputy), path(world, "freigeben/"), _version="3")

    assert "Dr. Vertretung (i. V.)" in shown(world, world.house.officer)
    outside = shown(world, world.coordinator)
    assert f"durch {world.house.ministry.abbreviation} (i. V.)" in outside
    assert "Dr. Vertretung" not in outside


def test_history_keeps_it(world: World, deputy: User) -> None:
    submitted(world.statement, by=world.house.officer)

    post(signed_in(deputy), path(world, "freigeben/"), _version="3")

    event = events_of(Statement).filter(pgh_obj=world.statement.pk).latest("pgh_id")
    assert event.pgh_context["role"] == [f"head i. V. {world.house.ministry.abbreviation}"]


@pytest.mark.parametrize("role", [Role.HEAD, Role.OFFICER])
def test_recorded_from_outside(world: World, role: Role) -> None:
    regular = world.house.head if role == Role.HEAD else world.house.colleague
    recorder = deputy_of(regular)
    record(submitted(world.statement, by=world.house.officer), by=recorder)

    assert fresh(world.statement).is_released_by_deputy
    assert "durch Dr. Vertretung (i. V.)" in shown(world, world.house.officer)
    assert f"durch {world.house.ministry.abbreviation} (i. V.)" in shown(world, world.coordinator)


def test_answer_recorded_from_outside(world: World, query: Query, deputy: User) -> None:
    record_answer(
        query=reply_submitted(query, by=world.house.officer),
        function="Abteilungsleitung 4",
        released_on=NOW.date(),
        reference="4-0123/7",
        by=deputy,
        now=NOW,
    )

    assert fresh(world.statement).is_released_by_deputy


@pytest.mark.parametrize("by_deputy", [True, False])
def test_answer_to_a_query_shows_it(
    world: World, query: Query, deputy: User, by_deputy: bool
) -> None:
    head = deputy if by_deputy else world.house.head
    answer(query=reply_submitted(query, by=world.house.officer), by=head, now=NOW)

    own = text(signed_in(world.house.officer), query.get_absolute_url())
    told = f"durch {head.name} (i. V.)." if by_deputy else f"durch {head.name}."
    assert told in " ".join(own.split())
    section = shown(world, world.coordinator).partition("Rückfragen der Staatskanzlei")[2]
    assert ("(i. V.)" in section.partition("Welche Hochschule")[0]) is by_deputy


def test_regular_colleague_records_in_their_own_name(world: World) -> None:
    record(submitted(world.statement, by=world.house.officer), by=world.house.colleague)

    assert not fresh(world.statement).is_released_by_deputy


def test_mails_say_it(world: World, deputy: User) -> None:
    statement = submitted(world.statement, by=world.house.officer)
    told = Notification.objects.filter(subject__contains="zur Freigabe")
    assert "i. V." in told.get(recipient=deputy).body
    assert "i. V." not in told.get(recipient=world.house.head).body

    return_for_revision(statement=statement, note="Kürzen.", by=deputy, now=NOW)

    (mail,) = Notification.objects.filter(recipient=world.house.officer)
    assert "Dr. Vertretung (i. V.) hat Ihnen" in mail.body


def test_deputy_of_yesterday_releases_nothing(world: World, deputy: User) -> None:
    submitted(world.statement, by=world.house.officer)
    yesterday = today() - timedelta(days=1)
    Appointment.objects.filter(user=deputy).update(valid_until=yesterday)

    assert signed_in(deputy).get("/stellungnahmen/freigeben/").status_code == 403

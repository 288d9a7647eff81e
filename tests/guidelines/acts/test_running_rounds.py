"""The coordination's acts on a running round: another deadline."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import CheckRound
from guidelines.rounds.actions import extend_deadline
from ministries.models import Ministry, Notification
from tests.factories import NOW, make_check, make_partnership, make_round, make_statement
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.conftest import World, fresh, released
from ui.errors import Refusal

TODAY = date(2026, 11, 23)
DUE = date(2026, 12, 15)
LATER = date(2027, 1, 15)
ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def due(world: World) -> None:
    CheckRound.objects.update(due_on=DUE)


def extend(world: World, due_on: date = LATER, now: datetime = NOW) -> None:
    statement = fresh(world.statement)
    extend_deadline(statements=[statement], due_on=due_on, by=world.coordinator, now=now)


# Another deadline


def test_extension_of_several_is_one_letter_to_their_house(world: World) -> None:
    partnership = make_partnership(name="Latium")
    check = make_check(check_round=world.check_round, partnership=partnership)
    second = make_statement(ministry=world.house.ministry, check=check)

    extend_deadline(
        statements=[world.statement, second], due_on=LATER, by=world.coordinator, now=NOW
    )

    assert {row.due_on for row in world.house.ministry.statements.all()} == {LATER}
    assert fresh(world.other_statement).due_on is None
    mail = Notification.objects.get()
    assert (mail.to_address, mail.kind) == (world.house.ministry.mailbox, "request")
    assert mail.subject == f"{world.check_round}: neue Frist 15.01.2027"
    names = f"Latium, {world.check.partnership}"
    assert f"die Frist für {names} ist jetzt der 15.01.2027." in mail.body


def test_extension_without_mailbox_sends_nothing(world: World) -> None:
    Ministry.objects.update(mailbox="")

    extend(world)

    assert fresh(world.statement).due_on == LATER
    assert not Notification.objects.exists()


def test_extension_of_none_sends_nothing(world: World) -> None:
    extend_deadline(statements=[], due_on=LATER, by=world.coordinator, now=NOW)

    assert not Notification.objects.exists()


def test_extension_back_to_the_deadline_of_the_round(world: World) -> None:
    extend(world)

    extend(world, DUE)

    assert fresh(world.statement).due_on == DUE


def test_overdue_statement_is_extended_from_tomorrow_on(world: World) -> None:
    last = datetime(2026, 12, 20, 22, 30, tzinfo=UTC)  # 23:30 in Saxony

    with pytest.raises(Refusal, match="in der Zukunft"):
        extend(world, date(2026, 12, 20), last)
    extend(world, date(2026, 12, 21), last)

    assert fresh(world.statement).due_on == date(2026, 12, 21)


def test_extension_by_at_most_two_years(world: World) -> None:
    with pytest.raises(Refusal, match="mehr als zwei Jahre"):
        extend(world, date(2028, 11, 24))
    extend(world, date(2028, 11, 23))

    assert fresh(world.statement).due_on == date(2028, 11, 23)


def test_extension_in_preparation_is_refused(world: World) -> None:
    preparing = make_round(edition=world.check_round.edition, due_on=DUE, state="preparing")
    statement = make_statement(check=make_check(check_round=preparing))

    with pytest.raises(Refusal, match="laufenden"):
        extend_deadline(statements=[statement], due_on=LATER, by=world.coordinator, now=NOW)


def test_extension_in_a_closed_round_is_refused(world: World) -> None:
    CheckRound.objects.update(state="closed", closed_at=NOW, closed_by=world.coordinator)

    with pytest.raises(Refusal, match="laufenden"):
        extend(world)


def test_one_that_cannot_be_extended_leaves_all_as_they_are(world: World) -> None:
    released(world.other_statement, house=world.other)
    Notification.objects.all().delete()

    with pytest.raises(Refusal, match="liegt schon vor"):
        extend_deadline(
            statements=[world.statement, world.other_statement],
            due_on=LATER,
            by=world.coordinator,
            now=NOW,
        )

    assert fresh(world.statement).due_on is None
    assert not Notification.objects.exists()


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_others_extend_no_deadline(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        extend_deadline(statements=[world.statement], due_on=LATER, by=person(world, who), now=NOW)

    assert fresh(world.statement).due_on is None

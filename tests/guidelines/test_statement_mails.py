"""Who hears of a statement on its way, and how seldom."""

from ministries.models import Notification
from tests.factories import make_check, make_statement
from tests.guidelines.conftest import World, released, submitted


def test_heads_are_told_once_a_day(world: World) -> None:
    other = make_statement(
        ministry=world.house.ministry,
        check=make_check(check_round=world.check_round),
        criteria=world.criteria,
    )

    submitted(world.statement, by=world.house.officer)
    submitted(other, by=world.house.officer)

    assert Notification.objects.filter(recipient=world.house.head).count() == 1


def test_coordination_is_told_when_a_house_is_complete(world: World) -> None:
    mailbox = world.coordinator.appointments.get().ministry.mailbox

    released(world.statement, house=world.house)

    mail = Notification.objects.get(to_address=mailbox)
    assert mail.subject.endswith("vollständig")
    assert "Die Zusammenarbeit trägt." not in mail.body

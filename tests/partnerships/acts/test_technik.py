"""Letters to everybody who looks after accounts today."""

from datetime import timedelta

import pytest

from ministries.clock import today
from ministries.models import Notification, Role
from partnerships.records.shared.technik_letters import write_to_technik
from tests.factories import make_appointment, make_ministry, make_user

pytestmark = pytest.mark.django_db
LETTER = {"subject": "Funktionen umtragen", "body": "SMWK: Demo Person", "link": "/technik/"}


def test_each_of_them_gets_the_letter() -> None:
    technicians = {make_user(role=Role.ADMINISTRATOR) for _ in range(2)}

    letters = write_to_technik(**LETTER)

    assert set(Notification.objects.all()) == set(letters)
    assert {letter.recipient for letter in letters} == technicians


def test_letter_says_what_it_was_given() -> None:
    make_user(role=Role.ADMINISTRATOR, email="technik@demo.example")

    write_to_technik(**LETTER)

    letter = Notification.objects.get()
    assert (letter.kind, letter.to_address) == ("account", "technik@demo.example")
    assert {name: getattr(letter, name) for name in LETTER} == LETTER
    assert letter.state == Notification.State.QUEUED


def test_other_functions_get_none() -> None:
    for role in Role:
        if role != Role.ADMINISTRATOR:
            make_user(role=role)
    make_user()

    assert write_to_technik(**LETTER) == []
    assert not Notification.objects.exists()


def test_closed_account_gets_none() -> None:
    make_user(role=Role.ADMINISTRATOR, is_active=False)

    assert write_to_technik(**LETTER) == []


@pytest.mark.parametrize(("first", "last", "count"), [(0, 0, 1), (1, 2, 0), (-2, -1, 0)])
def test_function_holds_on_the_day_of_the_letter(first: int, last: int, count: int) -> None:
    make_appointment(
        user=make_user(),
        role=Role.ADMINISTRATOR,
        valid_from=today() + timedelta(days=first),
        valid_until=today() + timedelta(days=last),
    )

    assert len(write_to_technik(**LETTER)) == count


def test_who_holds_the_function_twice_gets_one_letter() -> None:
    technician = make_user(role=Role.ADMINISTRATOR)
    make_appointment(user=technician, role=Role.ADMINISTRATOR, ministry=make_ministry())

    assert len(write_to_technik(**LETTER)) == 1

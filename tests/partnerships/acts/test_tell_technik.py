"""The list for Technik of all who held a function in a house on the day it was cut anew."""

from datetime import date
from typing import Any

import pytest

from ministries.models import Ministry, Notification, Role
from partnerships.reorganisation.actions import tell_technik
from tests.factories import make_appointment, make_ministry, make_user

pytestmark = pytest.mark.django_db
BEFORE, DAY, AFTER = date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)


@pytest.fixture
def house() -> Ministry:
    return make_ministry(abbreviation="SMWK")


def tell(house: Ministry) -> dict[str, Any]:
    told = {"valid_from": "2026-09-01", "reason": "Erlass", "successors": "SMX, SMI"}
    return {"ministry_id": house.pk, **told}


def test_letter_names_who_holds_what(house: Ministry) -> None:
    technician = make_user(role=Role.ADMINISTRATOR)
    for name, role in (("Zoe", Role.OFFICER), ("Anna", Role.OFFICER), ("Anna", Role.HEAD)):
        address = f"{name}.{role}@demo.example".lower()
        make_user(name=name, email=address, role=role, ministry=house)

    tell_technik(**tell(house))

    letter = Notification.objects.get()
    assert letter.recipient == technician
    assert letter.subject == "Funktionen umtragen: SMWK neu geordnet"
    assert letter.link == "/technik/ministries/appointment/"
    assert letter.body == (
        "SMWK ist ab 01.09.2026 neu geordnet (Erlass): SMX, SMI. "
        "Bitte tragen Sie um, wer welchem Ressort angehört:\n\n"
        "- Anna (anna.head@demo.example): Freigabe (Ressort)\n"
        "- Anna (anna.officer@demo.example): Bearbeitung (Ressort)\n"
        "- Zoe (zoe.officer@demo.example): Bearbeitung (Ressort)"
    )


@pytest.mark.parametrize(
    ("period", "is_named"),
    [
        ({"valid_until": BEFORE}, False),
        ({"valid_until": DAY}, True),
        ({"valid_from": DAY}, True),
        ({"valid_from": AFTER}, False),
    ],
)
def test_function_of_that_day_counts(
    house: Ministry, period: dict[str, date], is_named: bool
) -> None:
    make_user(role=Role.ADMINISTRATOR)
    make_appointment(user=make_user(), role=Role.OFFICER, ministry=house, **period)

    tell_technik(**tell(house))

    assert Notification.objects.exists() is is_named


def test_house_nobody_works_in_needs_no_letter(house: Ministry) -> None:
    make_user(role=Role.ADMINISTRATOR)
    make_user(role=Role.OFFICER, ministry=make_ministry())

    tell_technik(**tell(house))

    assert not Notification.objects.exists()

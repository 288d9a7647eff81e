"""The people of the demonstration: functions, no invented persons; each house has the same three."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pghistory
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from ministries.accounts.appointments import Appointment
from ministries.accounts.roles import Role
from ministries.accounts.users import User
from ministries.houses.models import Ministry, current_chancellery

DOMAIN = "demo.example"
COORDINATOR = f"koordination@{DOMAIN}"
UNIT = "Referat Internationales"


@dataclass(frozen=True)
class DemoAccount:
    email: str
    name: str
    unit: str
    role: Role
    ministry: Ministry
    is_chief: bool = False


@transaction.atomic
def build_accounts(*, password: str, today: date) -> list[DemoAccount]:
    """Create what is missing and set the password; a second call changes nothing."""
    accounts = list(demo_accounts(today))
    encoded = _encoded(password, accounts[0].email)
    with pghistory.context(area="Demonstration"):
        for account in accounts:
            _build(account, encoded=encoded, since=date(today.year, 1, 1))
    return accounts


def _encoded(password: str, email: str) -> str:
    """One hash for all demo accounts: hashing each would take longer than all the rest."""
    known = User.objects.filter(email=email).values_list("password", flat=True).first()
    return known if known and check_password(password, known) else make_password(password)


def demo_accounts(today: date) -> Iterator[DemoAccount]:
    chancellery = current_chancellery(today)
    central = [
        ("koordination", "Koordinierung", UNIT, Role.COORDINATOR, False),
        ("leitung", "Chef der Staatskanzlei", "Leitung", Role.MANAGER, True),
        ("revision", "Revision", "Innenrevision", Role.AUDITOR, False),
        ("technik", "Technik", "Informationstechnik", Role.ADMINISTRATOR, False),
    ]
    for local, name, unit, role, is_chief in central:
        yield DemoAccount(f"{local}@{DOMAIN}", name, unit, role, chancellery, is_chief)
    for house in Ministry.objects.on(today).in_protocol_order():
        prefix, short = house.abbreviation.lower(), house.abbreviation
        yield DemoAccount(
            f"{prefix}.referat@{DOMAIN}", f"Referat {short}", UNIT, Role.OFFICER, house
        )
        yield DemoAccount(f"{prefix}.leitung@{DOMAIN}", f"Freigabe {short}", UNIT, Role.HEAD, house)
        yield DemoAccount(
            f"{prefix}.buero@{DOMAIN}", f"Leitungsbüro {short}", "Leitung", Role.MANAGER, house
        )


def _build(account: DemoAccount, *, encoded: str, since: date) -> None:
    user = User.objects.filter(email=account.email).first()
    if user is None:
        user = User(email=account.email, name=account.name, unit=account.unit)
    if user.password != encoded:
        user.password = encoded
        user.save()
    if not user.appointments.exists():
        Appointment.objects.create(
            user=user,
            role=account.role,
            ministry=account.ministry,
            is_chief=account.is_chief,
            valid_from=since,
        )

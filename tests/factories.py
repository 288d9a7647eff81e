"""Plain functions that make one record each, believable by default; every argument by name."""

from datetime import date
from itertools import count
from typing import Any

from ministries.models import Appointment, Ministry, Responsibility, Role, SubjectArea, User
from partnerships.models import (
    Agreement,
    Lead,
    PartnerAuthority,
    Participation,
    Partnership,
    Region,
    StatusPeriod,
)

PASSWORD = "ein langes Passwort"
_numbers = count(1)


# Who we are


def make_ministry(*, abbreviation: str = "", **fields: Any) -> Ministry:
    number = next(_numbers)
    abbreviation = abbreviation or f"SM{number}"
    defaults = {
        "slug": f"{abbreviation.lower()}-{number}",
        "name": f"Sächsisches Staatsministerium {abbreviation}",
        "mailbox": f"poststelle.{abbreviation.lower()}@demo.example",
        "source": "Testdaten",
    }
    return Ministry.objects.create(abbreviation=abbreviation, **(defaults | fields))


def make_chancellery() -> Ministry:
    """There is one; a second call returns it."""
    found = Ministry.objects.filter(is_chancellery=True).first()
    return found or make_ministry(
        abbreviation="SK", name="Sächsische Staatskanzlei", is_chancellery=True, sort_order=1
    )


def make_subject_area(*, ministry: Ministry | None = None, **fields: Any) -> SubjectArea:
    """With `ministry`, that house is in charge of it."""
    number = next(_numbers)
    defaults = {"slug": f"fachgebiet-{number}", "name": f"Fachgebiet {number}"}
    area = SubjectArea.objects.create(**(defaults | fields))
    if ministry is not None:
        Responsibility.objects.create(subject_area=area, ministry=ministry, source="Testdaten")
    return area


def make_user(*, role: Role | None = None, ministry: Ministry | None = None, **fields: Any) -> User:
    """With `role`, the person holds it today in `ministry` (default: the Staatskanzlei)."""
    number = next(_numbers)
    is_chief = fields.pop("is_chief", False)
    defaults = {"email": f"person{number}@demo.example", "name": f"Demo Person {number}"}
    user = User.objects.create_user(**({"password": PASSWORD} | defaults | fields))
    if role is not None:
        make_appointment(user=user, role=role, ministry=ministry, is_chief=is_chief)
    return user


def make_appointment(
    *, user: User, role: Role, ministry: Ministry | None = None, **fields: Any
) -> Appointment:
    return Appointment.objects.create(
        user=user, role=role, ministry=ministry or make_chancellery(), **fields
    )


# Whom we work with


def make_region(*, name: str = "", **fields: Any) -> Region:
    number = next(_numbers)
    defaults = {"slug": f"region-{number}", "country": "FR", "source": "Testdaten"}
    return Region.objects.create(name=name or f"Region {number}", **(defaults | fields))


def make_authority(*, region: Region, **fields: Any) -> PartnerAuthority:
    defaults = {
        "name": f"Behörde {next(_numbers)}",
        "kind": PartnerAuthority.Kind.REGIONAL_GOVERNMENT,
        "source": "Testdaten",
    }
    return PartnerAuthority.objects.create(region=region, **(defaults | fields))


def make_partnership(
    *,
    name: str = "",
    regions: list[Region] | None = None,
    status: str | None = Partnership.Status.ACTIVE,
    lead: Ministry | None = None,
    areas: list[SubjectArea] | None = None,
    **fields: Any,
) -> Partnership:
    """With its region, a status since 2020 and, if given, lead and subject areas."""
    number = next(_numbers)
    name = name or f"Partnerschaft {number}"
    defaults = {
        "slug": f"partnerschaft-{number}",
        "kind": Partnership.Kind.PARTNERSHIP,
        "source": "Testdaten",
    }
    partnership = Partnership.objects.create(name=name, **(defaults | fields))
    partnership.regions.set([make_region(name=name)] if regions is None else regions)
    if status:
        make_status_period(partnership=partnership, status=status, valid_from=date(2020, 1, 1))
    if lead is not None:
        Lead.objects.create(partnership=partnership, ministry=lead, source="Testdaten")
    for area in areas or []:
        Participation.objects.create(partnership=partnership, subject_area=area, source="Testdaten")
    return partnership


def make_status_period(*, partnership: Partnership, **fields: Any) -> StatusPeriod:
    defaults = {"status": Partnership.Status.ACTIVE, "source": "Testdaten"}
    return StatusPeriod.objects.create(partnership=partnership, **(defaults | fields))


def make_agreement(*, partnership: Partnership, **fields: Any) -> Agreement:
    defaults = {
        "slug": f"vereinbarung-{next(_numbers)}",
        "kind": Agreement.Kind.JOINT_DECLARATION,
        "title": "Gemeinsame Erklärung",
        "source": "Testdaten",
    }
    return Agreement.objects.create(partnership=partnership, **(defaults | fields))

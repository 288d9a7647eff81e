"""Plain functions that make one record each, believable by default; every argument by name."""

from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password

from guidelines.models import (
    CheckRound,
    Criterion,
    Delegation,
    Edition,
    Guideline,
    GuidelineCheck,
    ReviewNote,
    Statement,
)
from ministries.history.dated import Sourced
from ministries.models import (
    Appointment,
    Ministry,
    QuietTime,
    Responsibility,
    Role,
    SubjectArea,
    User,
)
from partnerships.models import (
    Agreement,
    Lead,
    Participation,
    PartnerAuthority,
    Partnership,
    Region,
    StatusPeriod,
)

PASSWORD = "ein langes Passwort"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
_numbers = count(1)


def next_number() -> int:
    """For names that must differ."""
    return next(_numbers)


def number_from(first: int) -> None:
    """After records that another process made."""
    global _numbers
    _numbers = count(max(first, next(_numbers)))


# Who we are


def make_ministry(*, abbreviation: str = "", **fields: Any) -> Ministry:
    number = next_number()
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
    number = next_number()
    defaults = {"slug": f"fachgebiet-{number}", "name": f"Fachgebiet {number}"}
    area = SubjectArea.objects.create(**(defaults | fields))
    if ministry is not None:
        Responsibility.objects.create(subject_area=area, ministry=ministry, source="Testdaten")
    return area


def make_quiet_time(**fields: Any) -> QuietTime:
    days = {"valid_from": date(2020, 7, 13), "valid_until": date(2020, 8, 21)}
    return QuietTime.objects.create(**({"name": "Sommerpause"} | days | fields))


@cache
def hashed_password() -> str:
    return make_password(PASSWORD)


def make_people(*functions: tuple[Role, Ministry]) -> list[User]:
    """A person for each function, as `make_user` would make them, in two queries."""
    users = User.objects.bulk_create(
        User(
            email=f"person{number}@demo.example",
            name=f"Demo Person {number}",
            password=hashed_password(),
        )
        for number in (next_number() for _ in functions)
    )
    Appointment.objects.bulk_create(
        Appointment(user=user, role=role, ministry=ministry)
        for user, (role, ministry) in zip(users, functions, strict=True)
    )
    return users


def make_user(*, role: Role | None = None, ministry: Ministry | None = None, **fields: Any) -> User:
    """With `role`, the person holds it today in `ministry` (default: the Staatskanzlei)."""
    number = next_number()
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
    number = next_number()
    defaults = {"slug": f"region-{number}", "country": "FR", "source": "Testdaten"}
    return Region.objects.create(name=name or f"Region {number}", **(defaults | fields))


def make_authority(*, region: Region, **fields: Any) -> PartnerAuthority:
    defaults = {
        "name": f"Behörde {next_number()}",
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
    number = next_number()
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
        "slug": f"vereinbarung-{next_number()}",
        "kind": Agreement.Kind.JOINT_DECLARATION,
        "title": "Gemeinsame Erklärung",
        "source": "Testdaten",
    }
    return Agreement.objects.create(partnership=partnership, **(defaults | fields))


# How we judge


def make_edition(**fields: Any) -> Edition:
    number = next_number()
    defaults = {
        "slug": f"leitlinien-{number}",
        "title": "Leitlinien der internationalen Zusammenarbeit",
        "adopted_on": date(2026, 3, 3),
        "body": "Staatsregierung",
        "source": "Testdaten",
    }
    return Edition.objects.create(**(defaults | fields))


def make_guideline(*, edition: Edition, **fields: Any) -> Guideline:
    number = edition.guidelines.count() + 1
    defaults = {
        "number": number,
        "kind": Guideline.Kind.GUIDELINE,
        "title": f"Leitlinie {number}",
        "text": "Text der Leitlinie.",
        "source": "Testdaten",
    }
    return Guideline.objects.create(edition=edition, **(defaults | fields))


def make_criterion(*, guideline: Guideline, **fields: Any) -> Criterion:
    defaults = {
        "code": f"{next_number()}.1",
        "question": "In welchem Maß wurden die Ziele erreicht?",
        "answered_by": Criterion.Addressee.ALL,
        "scale": Criterion.Scale.FOUR,
        "applies_to": Criterion.Scope.ALL,
        "source": "Testdaten",
    }
    if fields.get("scale", Criterion.Scale.FOUR) == Criterion.Scale.FOUR:
        defaults |= {
            "answer_0": "nicht",
            "answer_1": "vereinzelt",
            "answer_2": "regelmäßig",
            "answer_3": "prägend",
        }
    return Criterion.objects.create(guideline=guideline, **(defaults | fields))


def make_round(
    *, edition: Edition | None = None, by: User | None = None, **fields: Any
) -> CheckRound:
    """A running round; pass state="preparing" for one in preparation."""
    defaults: dict[str, Any] = {
        "year": 2000 + next_number() % 20_000,  # the column is small
        "edition": edition or make_edition(),
        "due_on": date(2026, 12, 15),
    }
    if fields.get("state") != CheckRound.State.PREPARING:
        defaults |= {
            "state": CheckRound.State.OPEN,
            "opened_at": NOW,
            "opened_by": by or make_user(),
        }
    return CheckRound.objects.create(**(defaults | fields))


def make_check(
    *,
    check_round: CheckRound | None = None,
    partnership: Partnership | None = None,
    **fields: Any,
) -> GuidelineCheck:
    return GuidelineCheck.objects.create(
        round=check_round or make_round(),
        partnership=partnership or make_partnership(),
        **fields,
    )


def make_statement(
    *,
    ministry: Ministry | None = None,
    check: GuidelineCheck | None = None,
    criteria: list[Criterion] | None = None,
    **fields: Any,
) -> Statement:
    """An open statement with one empty review note per criterion (default: one criterion)."""
    check = check or make_check()
    if criteria is None:
        criteria = [make_criterion(guideline=make_guideline(edition=check.round.edition))]
    statement = Statement.objects.create(
        guideline_check=check, ministry=ministry or make_ministry(), **fields
    )
    ReviewNote.objects.bulk_create(
        ReviewNote(statement=statement, criterion=criterion) for criterion in criteria
    )
    return statement


def confirm_everything() -> None:
    """So that no desk asks to confirm what the test did not mean to be about."""
    by = make_user()
    for model in apps.get_models():
        if issubclass(model, Sourced):
            rows = model._base_manager.filter(confirmed_on=None)
            rows.update(confirmed_on=NOW.date(), confirmed_by=by)


def make_delegation(*, statement: Statement, **fields: Any) -> Delegation:
    """A question to the mailbox of a Fachreferat; with `person` to somebody who signs in."""
    if "person" not in fields:
        fields = {"unit": "Referat 34", "mailbox": "referat34@demo.example"} | fields
    if "criterion" not in fields:
        guideline = make_guideline(edition=statement.guideline_check.round.edition)
        fields["criterion"] = make_criterion(guideline=guideline)
    defaults = {"due_on": TODAY, "given_at": NOW, "given_by": make_user()}
    return Delegation.objects.create(statement=statement, **(defaults | fields))

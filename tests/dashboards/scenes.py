"""Small worlds the tests of the dashboards look at."""

from datetime import date
from typing import Any

from django.utils import timezone

from guidelines.models import CheckRound, GuidelineCheck, Statement
from ministries.models import Ministry, Role, User
from partnerships.models import Partnership
from tests.factories import make_check, make_round, make_statement, make_user

TODAY = date(2026, 11, 23)  # a Monday
PAST = date(2026, 11, 10)
SOON = date(2026, 11, 27)
LATER = date(2026, 12, 15)


def coordinator() -> User:
    return make_user(role=Role.COORDINATOR)


def chief() -> User:
    return make_user(role=Role.MANAGER, is_chief=True)


def manager(house: Ministry) -> User:
    return make_user(role=Role.MANAGER, ministry=house)


def officer(house: Ministry) -> User:
    return make_user(role=Role.OFFICER, ministry=house)


def head(house: Ministry) -> User:
    return make_user(role=Role.HEAD, ministry=house)


def running_round(due_on: date = LATER, **fields: Any) -> CheckRound:
    return make_round(year=2026, due_on=due_on, **fields)


def check_of(partnership: Partnership, check_round: CheckRound) -> GuidelineCheck:
    return make_check(check_round=check_round, partnership=partnership)


def owed(check: GuidelineCheck, house: Ministry, **fields: Any) -> Statement:
    return make_statement(check=check, ministry=house, criteria=[], **fields)


def submitted(check: GuidelineCheck, house: Ministry, by: User, **fields: Any) -> Statement:
    statement = owed(
        check,
        house,
        state=Statement.State.SUBMITTED,
        submitted_at=timezone.now(),
        submitted_by=by,
        vote="continue",
        **fields,
    )
    statement.authors.add(by)
    return statement


def released(check: GuidelineCheck, house: Ministry, **fields: Any) -> Statement:
    values: dict[str, Any] = {
        "state": Statement.State.RELEASED,
        "submitted_at": timezone.now(),
        "submitted_by": officer(house),
        "released_at": timezone.now(),
        "released_by": head(house),
        "vote": "continue",
    }
    return owed(check, house, **(values | fields))

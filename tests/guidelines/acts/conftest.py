"""Who is a stranger to a statement or to the coordination's acts; a round in preparation."""

from datetime import date
from typing import Any

import pytest

from guidelines.models import CheckRound, Edition
from guidelines.rounds.actions import prepare_round
from ministries.models import Ministry, Role, SubjectArea, User
from partnerships.models import Partnership
from tests.factories import (
    NOW,
    make_chancellery,
    make_criterion,
    make_edition,
    make_guideline,
    make_ministry,
    make_partnership,
    make_subject_area,
    make_user,
)
from tests.guidelines.conftest import World

DUE = date(2026, 12, 15)
# May read, but not write the statements of `world.house`.
OUTSIDERS = ("manager", "foreign officer", "foreign head", "coordinator", "auditor")
# May not do what is the coordination's.
NOT_COORDINATING = ("officer", "head", "manager", "chief", "auditor", "administrator")


def person(world: World, name: str) -> User:
    """ "head" and "foreign head" of a house, "chief", or one of the others in the world."""
    if name == "chief":
        return make_user(role=Role.MANAGER, ministry=make_chancellery(), is_chief=True)
    if name.startswith("foreign "):
        return getattr(world.other, name.removeprefix("foreign "))
    return getattr(world, name) if hasattr(world, name) else getattr(world.house, name)


# A round in preparation


@pytest.fixture
def coordinator(db: None) -> User:
    return make_user(role=Role.COORDINATOR, ministry=make_chancellery())


@pytest.fixture
def culture(coordinator: User) -> Ministry:
    return make_ministry(abbreviation="SMWK", sort_order=6)


@pytest.fixture
def area(culture: Ministry) -> SubjectArea:
    return make_subject_area(ministry=culture, name="Kultur")


@pytest.fixture
def edition(coordinator: User) -> Edition:
    return published()


@pytest.fixture
def flanders(area: SubjectArea) -> Partnership:
    return make_partnership(name="Flandern", lead=make_chancellery(), areas=[area])


@pytest.fixture
def preparing(coordinator: User, edition: Edition, flanders: Partnership) -> CheckRound:
    """Flandern, of which the Staatskanzlei and the house of culture are asked."""
    return prepare(coordinator, edition, [flanders])


def published() -> Edition:
    edition = make_edition()
    make_criterion(guideline=make_guideline(edition=edition))
    Edition.objects.filter(pk=edition.pk).update(published_at=NOW)
    edition.refresh_from_db()
    return edition


def prepare(by: User, edition: Edition, partnerships: list[Partnership], **changes: Any) -> Any:
    values: dict[str, Any] = {"year": 2026, "due_on": DUE, "is_open_reading": False, "now": NOW}
    return prepare_round(edition=edition, partnerships=partnerships, by=by, **(values | changes))

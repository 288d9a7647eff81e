"""Who else writes for the house of `people`, and who does not."""

import pytest

from ministries.models import Role, User
from tests.factories import make_ministry, make_user
from tests.partnerships.conftest import People


@pytest.fixture
def colleague(people: People) -> User:
    """Another officer of the same house."""
    return make_user(role=Role.OFFICER, ministry=people.house)


@pytest.fixture(params=["other house", "manager", "coordinator", "auditor"])
def outsider(people: People, request: pytest.FixtureRequest) -> User:
    """Reads, but writes nothing that belongs to the house of `people`."""
    if request.param == "other house":
        return make_user(role=Role.OFFICER, ministry=make_ministry(abbreviation="SMI"))
    if request.param == "manager":
        return make_user(role=Role.MANAGER, ministry=people.house)
    found: User = getattr(people, request.param)
    return found

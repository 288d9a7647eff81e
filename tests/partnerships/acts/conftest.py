"""Who may not write what belongs to the house of `people`."""

import pytest

from ministries.models import Role, User
from tests.factories import make_user
from tests.partnerships.conftest import People


@pytest.fixture
def colleague(people: People) -> User:
    """Another officer of the same house."""
    return make_user(role=Role.OFFICER, ministry=people.house)

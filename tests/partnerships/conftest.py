"""Who visits the register."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ministries.models import Ministry, Role, User
from partnerships.models import Activity
from tests.factories import make_chancellery, make_ministry, make_user
from tests.record_factories import make_activity


@dataclass
class People:
    """A coordinator, the Chef der Staatskanzlei, an officer of a house, and Revision."""

    house: Ministry = field(init=False)
    coordinator: User = field(init=False)
    chief: User = field(init=False)
    officer: User = field(init=False)
    auditor: User = field(init=False)
    administrator: User = field(init=False)

    def __post_init__(self) -> None:
        chancellery = make_chancellery()
        self.house = make_ministry(abbreviation="SMWK")
        self.coordinator = make_user(role=Role.COORDINATOR, ministry=chancellery)
        self.chief = make_user(role=Role.MANAGER, ministry=chancellery, is_chief=True)
        self.officer = make_user(role=Role.OFFICER, ministry=self.house)
        self.auditor = make_user(role=Role.AUDITOR, ministry=chancellery)
        self.administrator = make_user(role=Role.ADMINISTRATOR, ministry=chancellery)


@pytest.fixture
def people(db: None) -> People:
    return People()


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="config.authentication.LoginBackend")
        return client

    return signed_in


SignIn = Callable[[User], Client]


# An activity of the officer's house

Send = Callable[..., Any]


@pytest.fixture
def officer(people: People, sign_in: SignIn) -> Client:
    return sign_in(people.officer)


@pytest.fixture
def activity(people: People) -> Activity:
    return make_activity(ministry=people.house, title="Gastspiel")


@pytest.fixture
def send(officer: Client, activity: Activity) -> Send:
    def sent(route: str, version: int = 1, **data: Any) -> Any:
        url = f"{activity.get_absolute_url()}{route}"
        return officer.post(url, {**data, "_version": version, "_token": uuid4()})

    return sent

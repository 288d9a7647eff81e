"""Who visits the register."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.test import Client

from ministries.models import Ministry, Role, User
from tests.factories import make_chancellery, make_ministry, make_user


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

"""Who visits the register."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ministries.models import Ministry, Role, User
from partnerships.models import Activity
from tests.factories import make_chancellery, make_ministry, make_people, make_user
from tests.record_factories import make_activity


@dataclass
class People:
    """A coordinator, the Chef der Staatskanzlei, an officer of a house, and Revision."""

    house: Ministry
    coordinator: User
    chief: User
    officer: User
    auditor: User
    administrator: User


@pytest.fixture
def people(db: None) -> People:
    chancellery = make_chancellery()
    house = make_ministry(abbreviation="SMWK")
    coordinator, officer, auditor, administrator = make_people(
        (Role.COORDINATOR, chancellery),
        (Role.OFFICER, house),
        (Role.AUDITOR, chancellery),
        (Role.ADMINISTRATOR, chancellery),
    )
    chief = make_user(role=Role.MANAGER, ministry=chancellery, is_chief=True)
    return People(house, coordinator, chief, officer, auditor, administrator)


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

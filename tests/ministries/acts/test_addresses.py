"""Another address: both hear of it, sessions end, and it counts once the person confirmed it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from ministries.accounts.address_actions import change_address, confirm_address
from ministries.accounts.new_addresses import key_for
from ministries.clock import now
from ministries.models import Notification, Role, User
from tests.factories import PASSWORD, make_ministry, make_user
from ui.errors import Refusal

pytestmark = pytest.mark.django_db
OLD, NEW = "alt@demo.example", "neu@demo.example"


@pytest.fixture
def technik() -> User:
    return make_user(role=Role.ADMINISTRATOR)


@pytest.fixture
def person() -> User:
    return make_user(role=Role.HEAD, ministry=make_ministry(), email=OLD)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def mails(address: str) -> list[str]:
    return [mail.body for mail in Notification.objects.filter(to_address=address)]


def sign_in(email: str) -> Any:
    return Client().post("/konto/login/", {"login": email, "password": PASSWORD})


def test_both_addresses_hear_of_it(person: User, technik: User) -> None:
    change_address(person, "Neu@Demo.Example", by=technik, now=now())

    assert NEW in mails(OLD)[0]
    assert "Bestätigen Sie" in mails(NEW)[0]
    assert len(mails(OLD)) == len(mails(NEW)) == 1


def test_new_address_does_not_count_before_it_is_confirmed(person: User, technik: User) -> None:
    change_address(person, NEW, by=technik, now=now())

    Client().post("/konto/passwort/vergessen/", {"email": NEW})

    assert fresh(person).email == OLD
    assert sign_in(NEW).status_code == 200
    assert sign_in(OLD).status_code == 302
    assert len(mails(NEW)) == 1


def test_open_sessions_end(person: User, technik: User) -> None:
    client = Client()
    client.force_login(person, backend="config.authentication.LoginBackend")
    assert client.get("/konto/").status_code == 200

    change_address(person, NEW, by=technik, now=now())

    assert client.get("/konto/").headers["Location"].startswith("/konto/login/")


def test_signed_in_person_confirms_it(person: User, technik: User) -> None:
    change_address(person, NEW, by=technik, now=now())

    confirm_address(key_for(person), by=person)

    assert (fresh(person).email, fresh(person).new_email) == (NEW, "")
    assert sign_in(NEW).status_code == 302
    assert sign_in(OLD).status_code == 200
    assert any(f"gilt {NEW}" in text for text in mails(OLD))


def test_key_is_worth_nothing_to_others_and_only_once(person: User, technik: User) -> None:
    change_address(person, NEW, by=technik, now=now())
    key = key_for(person)

    for by in (technik, make_user()):
        with pytest.raises(Refusal, match="gilt nicht mehr"):
            confirm_address(key, by=by)
    confirm_address(key, by=person)
    with pytest.raises(Refusal, match="gilt nicht mehr"):
        confirm_address(key, by=person)


def test_address_taken_meanwhile_is_refused(person: User, technik: User) -> None:
    change_address(person, NEW, by=technik, now=now())
    make_user(email=NEW)

    with pytest.raises(Refusal, match="schon ein Konto"):
        confirm_address(key_for(person), by=person)


def test_known_address_is_refused(person: User, technik: User) -> None:
    make_user(email=NEW)

    with pytest.raises(Refusal, match="schon ein Konto"):
        change_address(person, "NEU@demo.example", by=technik, now=now())


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.HEAD, Role.AUDITOR])
def test_others_change_no_address(person: User, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        change_address(person, NEW, by=make_user(role=role), now=now())

    assert not Notification.objects.exists()


def test_who_never_came_is_invited_anew_and_the_house_hears(technik: User) -> None:
    house = make_ministry()
    invited = make_user(role=Role.HEAD, ministry=house, email=OLD, password=None)

    change_address(invited, NEW, by=technik, now=now())

    assert fresh(invited).email == NEW
    assert all(NEW in mails(address)[0] for address in (OLD, NEW, house.mailbox))

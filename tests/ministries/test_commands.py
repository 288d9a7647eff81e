"""The first real account, and the people of the demonstration."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from ministries.clock import today
from ministries.demo import build_accounts
from ministries.models import Notification, Role, User
from tests.factories import make_chancellery, make_ministry, make_user

pytestmark = pytest.mark.django_db
EMAIL = "Erste.Person@demo.example"


def create_coordinator(email: str = EMAIL, name: str = "Erste Person") -> str:
    out = StringIO()
    call_command("create_coordinator", email, name, stdout=out)
    return out.getvalue()


def test_first_coordinator_is_invited() -> None:
    make_chancellery()

    printed = create_coordinator()

    user = User.objects.get(email="erste.person@demo.example")
    link = Notification.objects.get(recipient=user).link
    assert user.is_coordinator
    assert not user.has_usable_password()
    assert link.partition(":")[0] in printed  # the rest holds the second of its making
    assert Client().get(link).status_code == 200


def test_second_call_makes_no_second_account() -> None:
    make_chancellery()
    create_coordinator()

    create_coordinator()

    assert User.objects.get().appointments.count() == 1


def test_coordinator_with_password_needs_nothing() -> None:
    user = make_user(role=Role.COORDINATOR)

    assert "Nichts zu tun" in create_coordinator(user.email, user.name)
    assert not Notification.objects.exists()


def test_first_administrator_is_invited() -> None:
    make_chancellery()
    out = StringIO()

    call_command("create_administrator", EMAIL, "Erste Person", stdout=out)

    user = User.objects.get(email="erste.person@demo.example")
    assert [capacity.role for capacity in user.capacities] == [Role.ADMINISTRATOR]
    assert Notification.objects.get(recipient=user).link.partition(":")[0] in out.getvalue()
    with pytest.raises(CommandError, match="schon ein Konto"):
        create_coordinator()


def test_without_chancellery_nothing_is_made() -> None:
    with pytest.raises(CommandError, match="load_register"):
        create_coordinator()

    assert not User.objects.exists()


def test_other_account_is_not_promoted() -> None:
    user = make_user(role=Role.OFFICER)

    with pytest.raises(CommandError, match="schon ein Konto"):
        create_coordinator(user.email, user.name)

    assert not User.objects.get().is_coordinator


@pytest.mark.parametrize(("email", "name"), [("keine Adresse", "Name"), (EMAIL, " ")])
def test_nonsense_is_refused(email: str, name: str) -> None:
    make_chancellery()

    with pytest.raises(CommandError):
        create_coordinator(email, name)


def test_demo_is_refused_elsewhere() -> None:
    make_chancellery()

    with pytest.raises(CommandError, match="BRUECKE_DEMO"):
        call_command("load_demo")

    assert not User.objects.exists()


def test_demo_people_are_complete() -> None:
    make_chancellery()
    make_ministry(abbreviation="SMWK")

    build_accounts(password="ein Passwort für alle", today=today())

    expected = {
        "koordination",
        "leitung",
        "revision",
        "technik",
        *(f"{house}.{who}" for house in ("sk", "smwk") for who in ("referat", "leitung", "buero")),
    }
    assert set(User.objects.values_list("email", flat=True)) == {
        f"{name}@demo.example" for name in expected
    }
    assert User.objects.get(email="leitung@demo.example").is_chief
    head = User.objects.get(email="smwk.leitung@demo.example")
    assert [c.label for c in head.capacities] == ["Freigabe (Ressort), SMWK"]
    assert head.check_password("ein Passwort für alle")


def test_demo_twice_changes_nothing(django_assert_num_queries: Any) -> None:
    make_chancellery()
    build_accounts(password="ein Passwort für alle", today=today())
    before = list(User.objects.values_list("pk", "password"))

    build_accounts(password="ein Passwort für alle", today=today())

    assert list(User.objects.values_list("pk", "password")) == before
    assert User.pgh_event_model.objects.count() == len(before)

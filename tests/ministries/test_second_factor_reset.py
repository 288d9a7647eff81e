"""A lost second factor is taken away by the Technik, with a reason, and the person is told."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ministries.accounts.second_factor_actions import reset_second_factor
from ministries.models import Notification, Role, User
from tests.factories import make_user
from tests.ministries.one_time_codes import (
    make_second_factor,
)
from ui.errors import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client: Client) -> User:
    user = make_user(role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def reset_page(user: User) -> str:
    return reverse("technical:ministries_user_second_factor", args=[user.pk])


def reset(client: Client, user: User, reason: str = "Telefon verloren") -> Any:
    found = re.search(
        r'name="_token" value="([^"]+)"', client.get(reset_page(user)).content.decode()
    )
    assert found
    return client.post(reset_page(user), {"_token": found[1], "reason": reason}, follow=True)


def test_technik_resets_it_and_the_person_is_told(
    client: Client, operator: User, protected: User
) -> None:
    page = reset(client, protected).content.decode()

    assert "ist zurückgesetzt" in page
    assert not Authenticator.objects.filter(user=protected).exists()
    assert "Telefon verloren" in Notification.objects.get(recipient=protected).body


def test_reset_is_in_the_history_with_its_reason(
    client: Client, operator: User, protected: User
) -> None:
    reset(client, protected)

    url = reverse("technical:ministries_user_history", args=[protected.pk])
    page = client.get(url).content.decode()

    assert "zweiter Faktor zurückgesetzt" in page
    assert "Telefon verloren" in page


def test_reset_needs_a_reason(client: Client, operator: User, protected: User) -> None:
    assert reset(client, protected, reason="").status_code == 422
    assert protected.has_second_factor


def test_nobody_resets_their_own(operator: User) -> None:
    make_second_factor(operator)

    with pytest.raises(Refusal, match="eine andere Person"):
        reset_second_factor(operator, by=operator, reason="x", now=timezone.now())


def test_where_there_is_none_the_technik_is_told(client: Client, operator: User) -> None:
    assert "keinen zweiten Faktor" in reset(client, make_user()).content.decode()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR, Role.HEAD])
def test_nobody_else_resets_it(client: Client, protected: User, role: Role) -> None:
    client.force_login(make_user(role=role))

    assert client.post(reset_page(protected), {"reason": "x"}).status_code == 403
    assert protected.has_second_factor


def test_open_session_has_to_set_it_up_again(
    client: Client, demanded: None, coordinator: User
) -> None:
    make_second_factor(coordinator)
    client.force_login(coordinator)
    assert client.get("/konto/").status_code == 200

    reset_second_factor(coordinator, by=None, reason="x", now=timezone.now())

    assert client.get("/konto/").status_code == 302


def test_command_resets_it_where_nobody_can_sign_in(protected: User) -> None:
    call_command("reset_second_factor", protected.email, "Telefon verloren", verbosity=0)

    assert not Authenticator.objects.exists()
    with pytest.raises(CommandError, match="keinen zweiten Faktor"):
        call_command("reset_second_factor", protected.email, "Telefon verloren")

"""With a second factor the password alone opens nothing."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from ministries.models import Notification, User
from tests.factories import PASSWORD, make_user
from tests.ministries.one_time_codes import LOGIN, code, is_signed_in, make_second_factor, sign_in

pytestmark = pytest.mark.django_db
AT_SIGN_IN = "/konto/zweiter-faktor/anmelden/"
CANCEL = "/konto/zweiter-faktor/abbrechen/"


@pytest.fixture(autouse=True)
def no_earlier_attempts() -> None:
    cache.clear()


def test_password_alone_does_not_sign_in(client: Client, protected: User) -> None:
    response = sign_in(client, protected)

    assert response.headers["Location"] == AT_SIGN_IN
    assert not is_signed_in(client)
    assert client.get("/konto/").headers["Location"].startswith(LOGIN)


@pytest.mark.parametrize("seconds", [-29, 0, 30])
def test_code_signs_in(client: Client, protected: User, seconds: int) -> None:
    sign_in(client, protected)

    client.post(AT_SIGN_IN, {"code": code(seconds=seconds)})

    assert is_signed_in(client)


def test_code_may_be_typed_with_a_space(client: Client, protected: User) -> None:
    sign_in(client, protected)

    client.post(AT_SIGN_IN, {"code": f"{code()[:3]} {code()[3:]}"})

    assert is_signed_in(client)


@pytest.mark.parametrize("typed", ["", "000000", "00000000", "ab cd", "１２３４５６"])
def test_wrong_code_does_not(client: Client, protected: User, typed: str) -> None:
    sign_in(client, protected)

    response = client.post(AT_SIGN_IN, {"code": typed})

    assert response.status_code == 200
    assert not is_signed_in(client)


def test_old_code_does_not(client: Client, protected: User) -> None:
    sign_in(client, protected)

    client.post(AT_SIGN_IN, {"code": code(seconds=-90)})

    assert not is_signed_in(client)


def test_code_counts_once_even_while_the_clock_accepts_it(client: Client, protected: User) -> None:
    used = code(seconds=30)
    sign_in(client, protected)
    client.post(AT_SIGN_IN, {"code": used})
    cache.delete(f"allauth.mfa.totp.used?user={protected.pk}&code={used}")  # after half a minute
    other = Client()
    sign_in(other, protected)

    page = other.post(AT_SIGN_IN, {"code": f" {used} "}).content.decode()

    assert "gerade benutzt" in page
    assert not is_signed_in(other)


def test_recovery_code_signs_in_once(client: Client) -> None:
    user = make_user()
    spare = make_second_factor(user)[0]
    sign_in(client, user)
    client.post(AT_SIGN_IN, {"code": spare})
    assert is_signed_in(client)

    other = Client()
    sign_in(other, user)
    other.post(AT_SIGN_IN, {"code": spare})

    assert not is_signed_in(other)


def test_ten_wrong_codes_lock_the_account_from_every_address(
    client: Client, protected: User
) -> None:
    sign_in(client, protected)
    for _ in range(10):
        client.post(AT_SIGN_IN, {"code": "000000"})
    other = Client(REMOTE_ADDR="192.0.2.7")
    sign_in(other, protected)

    page = other.post(AT_SIGN_IN, {"code": code()}).content.decode()

    assert "Zu viele Fehlversuche" in page
    assert not is_signed_in(other)


def test_code_of_another_account_does_not_count(client: Client, protected: User) -> None:
    other = make_user()
    make_second_factor(other, key="MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK")
    sign_in(client, protected)

    client.post(AT_SIGN_IN, {"code": code("MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK")})

    assert not is_signed_in(client)


def test_without_the_password_there_is_nothing_to_type_a_code_into(
    client: Client, protected: User
) -> None:
    response = client.post(AT_SIGN_IN, {"code": code()})

    assert response.headers["Location"].startswith(LOGIN)
    assert not is_signed_in(client)


def test_next_leads_to_the_wanted_page_after_the_code(client: Client, protected: User) -> None:
    data = {"login": protected.email, "password": PASSWORD, "next": "/konto/?a=1"}
    client.post(LOGIN, data)

    response = client.post(AT_SIGN_IN, {"code": code()})

    assert response.headers["Location"] == "/konto/?a=1"


def test_sign_in_can_be_begun_again(client: Client, protected: User) -> None:
    sign_in(client, protected)
    assert client.get(LOGIN).headers["Location"] == AT_SIGN_IN

    client.post(CANCEL)

    assert client.get(LOGIN).status_code == 200


def test_new_password_does_not_take_the_second_factor_away(client: Client, protected: User) -> None:
    client.post("/konto/passwort/vergessen/", {"email": protected.email})
    link = Notification.objects.get(kind=Notification.Kind.PASSWORD_RESET).link
    page = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(page, {"password1": "Elbe Brücke Nebel 47", "password2": "Elbe Brücke Nebel 47"})

    response = client.post(LOGIN, {"login": protected.email, "password": "Elbe Brücke Nebel 47"})

    assert response.headers["Location"] == AT_SIGN_IN


def test_key_of_another_secret_is_explained(client: Client, protected: User, settings: Any) -> None:
    settings.SECRET_KEY = "another one, after a restore beside a lost environment"
    sign_in(client, protected)

    page = client.post(AT_SIGN_IN, {"code": code()}).content.decode()

    assert "lässt sich nicht mehr prüfen" in page
    assert not is_signed_in(client)


def test_replaced_secret_still_decrypts(client: Client, protected: User, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next one"
    sign_in(client, protected)

    client.post(AT_SIGN_IN, {"code": code()})

    assert is_signed_in(client)

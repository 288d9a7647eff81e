"""Sign-in at one place, with limits that tell nothing about accounts."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from ministries.models import Role, User
from tests.factories import PASSWORD, make_user
from tests.harness.crawl import VOLATILE

pytestmark = pytest.mark.django_db
LOGIN = "/konto/login/"


@pytest.fixture(autouse=True)
def no_earlier_attempts() -> None:
    cache.clear()


@pytest.fixture
def user() -> User:
    return make_user(role=Role.OFFICER, email="officer@demo.example")


def sign_in(client: Client, login: str, password: str, **data: str) -> int:
    return client.post(LOGIN, {"login": login, "password": password, **data}).status_code


@pytest.mark.parametrize("login", ["officer@demo.example", " OFFICER@Demo.Example "])
def test_address_is_compared_without_case(client: Client, user: User, login: str) -> None:
    assert sign_in(client, login, PASSWORD) == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_wrong_password_gets_a_german_sentence(client: Client, user: User) -> None:
    response = client.post(LOGIN, {"login": user.email, "password": "falsch"})

    assert "passen nicht zusammen" in response.content.decode()


@pytest.mark.parametrize("login", ["officer@demo.example", "nobody@demo.example"])
def test_ten_wrong_passwords_lock_known_and_unknown_alike(
    client: Client, user: User, login: str
) -> None:
    for _ in range(10):
        sign_in(client, login, "falsch")

    response = client.post(LOGIN, {"login": login, "password": PASSWORD})

    assert "Zu viele Fehlversuche" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_lock_counts_account_and_address_together(client: Client, user: User) -> None:
    for _ in range(10):
        sign_in(client, user.email, "falsch")

    assert sign_in(Client(REMOTE_ADDR="192.0.2.7"), user.email, PASSWORD) == 302


def test_forwarded_address_is_not_believed_without_a_proxy(client: Client, user: User) -> None:
    for number in range(10):
        headers = {"X-Forwarded-For": f"192.0.2.{number}"}
        client.post(LOGIN, {"login": user.email, "password": "falsch"}, headers=headers)

    assert sign_in(client, user.email, PASSWORD) == 200


def test_forwarded_address_counts_behind_a_configured_proxy(
    client: Client, user: User, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # BRUECKE_PROXIES
    for number in range(10):
        headers = {"X-Forwarded-For": f"192.0.2.{number}, 198.51.100.7"}
        client.post(LOGIN, {"login": user.email, "password": "falsch"}, headers=headers)

    wrong = {"login": user.email, "password": PASSWORD}
    same = client.post(LOGIN, wrong, headers={"X-Forwarded-For": "198.51.100.7"})
    other = client.post(LOGIN, wrong, headers={"X-Forwarded-For": "198.51.100.8"})

    assert (same.status_code, other.status_code) == (200, 302)


def test_number_of_proxies_comes_from_the_settings(settings: Any) -> None:
    assert settings.PROXIES == settings.ALLAUTH_TRUSTED_PROXY_COUNT == 0


SPOOFED = {
    "X-Remote-User": "officer@demo.example",
    "Remote-User": "officer@demo.example",
    "X-Forwarded-User": "officer@demo.example",
    "X-Forwarded-Email": "officer@demo.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Server": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "127.0.0.1",
    "X-Real-IP": "127.0.0.1",
    "Forwarded": "for=127.0.0.1;host=evil.example;proto=https",
    "X-Original-URL": "/konto/",
    "X-Rewrite-URL": "/konto/",
    "X-HTTP-Method-Override": "DELETE",
}


@pytest.mark.parametrize("header", SPOOFED)
@pytest.mark.parametrize("path", ["/konto/", LOGIN])
def test_spoofed_header_changes_nothing(client: Client, user: User, path: str, header: str) -> None:
    plain, spoofed = client.get(path), client.get(path, headers={header: SPOOFED[header]})

    assert spoofed.status_code == plain.status_code
    assert without_clock(spoofed) == without_clock(plain)
    assert without_tokens(spoofed) == without_tokens(plain)


def test_account_named_by_the_web_server_does_not_sign_in(client: Client, user: User) -> None:
    assert client.get("/konto/", REMOTE_USER=user.email).status_code == 302


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil"])
@pytest.mark.parametrize("path", ["/konto/", LOGIN, "/konto/passwort/vergessen/"])
def test_foreign_host_is_refused(client: Client, path: str, host: str) -> None:
    assert client.get(path, headers={"Host": host}).status_code == 400


def without_clock(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name != "Expires"}


def without_tokens(response: Any) -> bytes:
    return VOLATILE.sub(b"", response.content)


@pytest.mark.parametrize("login", ["officer@demo.example", "nobody@demo.example"])
def test_too_many_sign_ins_from_one_address_get_a_german_429(
    client: Client, user: User, settings: Any, login: str
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "5/m/ip"}
    for _ in range(5):
        assert sign_in(client, login, "falsch") == 200

    response = client.post(LOGIN, {"login": login, "password": PASSWORD})

    assert response.status_code == 429
    assert "Das ging zu schnell" in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7"), user.email, PASSWORD) == 302


def test_limit_of_an_address_leaves_room_for_a_house_behind_one(settings: Any) -> None:
    assert settings.ACCOUNT_RATE_LIMITS["login"] == "120/m/ip"


def test_successes_do_not_use_up_the_limit(client: Client, user: User) -> None:
    for _ in range(12):
        assert sign_in(Client(), user.email, PASSWORD) == 302


def test_disabled_account_cannot_sign_in(client: Client) -> None:
    user = make_user(role=Role.OFFICER, is_active=False)

    response = client.post(LOGIN, {"login": user.email, "password": PASSWORD}, follow=True)

    assert "nicht aktiv" in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "https://evil.example/",
        "https://testserver@evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "/%09/evil.example",
        "https://testserver/konto/",
    ],
)
def test_next_never_leads_away(client: Client, user: User, target: str) -> None:
    response = client.post(LOGIN, {"login": user.email, "password": PASSWORD, "next": target})

    location = response.headers["Location"]
    assert location == "/" or (location == target and location.startswith("/%"))


def test_next_leads_to_the_wanted_page(client: Client, user: User) -> None:
    response = client.post(
        LOGIN, {"login": user.email, "password": PASSWORD, "next": "/konto/?a=1"}
    )

    assert response.headers["Location"] == "/konto/?a=1"


def test_sign_out_needs_a_post_and_clears_the_browser(client: Client, user: User) -> None:
    client.force_login(user)

    assert client.get("/konto/abmelden/").status_code == 200
    assert "_auth_user_id" in client.session

    response = client.post("/konto/abmelden/")

    assert "storage" in response.headers["Clear-Site-Data"]
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "registrieren/", "3rdparty/", "bestaetigen/"]
)
def test_no_other_account_pages(client: Client, path: str) -> None:
    client.force_login(make_user())

    assert client.get(f"/konto/{path}").status_code == 404


def test_revoked_function_is_gone_at_the_next_request(client: Client) -> None:
    coordinator = make_user(role=Role.COORDINATOR)
    client.force_login(coordinator)
    assert client.get("/verwaltung/").status_code == 200

    coordinator.appointments.update(valid_until="2020-01-01")

    assert client.get("/verwaltung/").status_code == 403

"""A forgotten password by mail, a changed one with the old one; both leave a notice."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from ministries.models import Notification, Role, User
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
RESET, CHANGE = "/konto/passwort/vergessen/", "/konto/passwort/"
NEW = "Elbe Brücke Nebel 47"


@pytest.fixture(autouse=True)
def no_earlier_attempts() -> None:
    cache.clear()


@pytest.fixture
def user() -> User:
    return make_user(role=Role.OFFICER, email="officer@demo.example")


def reset_link(client: Client, user: User, **headers: str) -> str:
    client.post(RESET, {"email": user.email.upper()}, headers=headers)
    return Notification.objects.get(kind=Notification.Kind.PASSWORD_RESET).link


def set_password(client: Client, link: str, password: str = NEW) -> str:
    form = client.get(link, follow=True)
    url = form.redirect_chain[-1][0] if form.redirect_chain else link
    response = client.post(url, {"password1": password, "password2": password}, follow=True)
    return response.content.decode()


def test_reset_mail_waits_in_the_outbox(client: Client, user: User) -> None:
    link = reset_link(client, user)

    assert re.fullmatch(r"/konto/passwort/neu/[0-9a-z]+-[0-9a-z-]+/", link)


def test_reset_sets_the_password_and_tells_the_owner(client: Client, user: User) -> None:
    page = set_password(client, reset_link(client, user))

    user.refresh_from_db()
    assert "Ihr neues Passwort gilt" in page
    assert user.check_password(NEW)
    assert Notification.objects.filter(kind=Notification.Kind.ACCOUNT, recipient=user).exists()


def test_reset_link_works_once(client: Client, user: User) -> None:
    link = reset_link(client, user)
    set_password(client, link)

    assert "gilt nicht mehr" in Client().get(link).content.decode()


def test_unknown_address_gets_the_same_page_and_no_mail(client: Client, user: User) -> None:
    known = client.post(RESET, {"email": user.email}, follow=True)
    unknown = client.post(RESET, {"email": "nobody@demo.example"}, follow=True)

    assert known.content == unknown.content
    assert Notification.objects.count() == 1


def test_disabled_account_gets_no_link(client: Client) -> None:
    user = make_user(is_active=False)

    client.post(RESET, {"email": user.email})

    assert not Notification.objects.exists()


def test_host_header_does_not_reach_the_mail(client: Client, user: User, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]  # type: ignore[attr-defined]

    link = reset_link(client, user, host="evil.example")

    assert link.startswith("/konto/")


def test_change_needs_the_old_password(client: Client, user: User) -> None:
    client.force_login(user)
    data = {"oldpassword": "falsch", "password1": NEW, "password2": NEW}

    page = client.post(CHANGE, data).content.decode()

    user.refresh_from_db()
    assert "Das bisherige Passwort stimmt nicht" in page
    assert user.check_password(PASSWORD)


def test_change_keeps_this_session_and_ends_the_others(client: Client, user: User) -> None:
    other = Client()
    client.force_login(user)
    other.force_login(user)

    response = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert response.headers["Location"] == "/konto/"
    assert client.get("/konto/").status_code == 200
    assert other.get("/konto/").status_code == 302


@pytest.mark.parametrize("weak", ["kurz", "qwerty123456", "officer@demo.example"])
def test_weak_password_is_refused(client: Client, user: User, weak: str) -> None:
    client.force_login(user)

    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": weak, "password2": weak})

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(("length", "is_taken"), [(11, False), (12, True)])
def test_password_has_twelve_characters(
    client: Client, user: User, length: int, is_taken: bool
) -> None:
    client.force_login(user)
    password = "Elbe Brücke Nebel 47"[:length]

    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": password, "password2": password})

    user.refresh_from_db()
    assert user.check_password(password) is is_taken


@pytest.mark.parametrize("known", ["1q2w3e4r5t6y", "administrator", "123456789101112"])
def test_password_of_the_common_list_is_refused_by_a_reset_too(
    client: Client, user: User, known: str
) -> None:
    set_password(client, reset_link(client, user), known)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)

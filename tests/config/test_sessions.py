"""A session ends after 60 idle minutes or 12 hours, and is written rarely."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from ministries.models import Role
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/konto/passwort/"


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(make_user(role=Role.OFFICER))
    client.get(PAGE)
    return client


def shift(client: Client, **seconds: int) -> None:
    session = client.session
    for name, age in seconds.items():
        session[name] = int(time.time()) - age
    session.save()


def test_page_needs_sign_in(client: Client) -> None:
    response = client.get(PAGE)

    assert response.headers["Location"] == f"/konto/login/?next={PAGE}"


def test_fragment_sends_whole_page_to_sign_in(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/partnerschaften/?q=x"}
    response = client.get(PAGE, headers=headers)

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/konto/login/?next=%2Fpartnerschaften%2F"


def test_session_lasts_sixty_idle_minutes(signed_in: Client) -> None:
    left = Session.objects.get().expire_date - timezone.now()

    assert timedelta(minutes=59) < left <= timedelta(minutes=60)


def test_session_is_not_written_on_every_request(signed_in: Client) -> None:
    before = Session.objects.get().expire_date
    signed_in.get(PAGE)

    assert Session.objects.get().expire_date == before


def test_session_is_renewed_when_older_than_five_minutes(signed_in: Client) -> None:
    shift(signed_in, refreshed=301)
    before = Session.objects.get().expire_date
    signed_in.get(PAGE)

    assert Session.objects.get().expire_date > before


def test_session_ends_after_twelve_hours(signed_in: Client) -> None:
    shift(signed_in, started=12 * 3600 + 1)

    response = signed_in.get(PAGE)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/konto/login/")
    assert not Session.objects.exists()


def test_idle_session_is_over(signed_in: Client) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert signed_in.get(PAGE).status_code == 302


def test_disabled_account_is_out_at_the_next_request(signed_in: Client) -> None:
    user = make_user()
    signed_in.force_login(user)
    user.is_active = False
    user.save()

    assert signed_in.get(PAGE).status_code == 302


def test_cookies_are_closed_to_scripts(signed_in: Client) -> None:
    cookie = signed_in.cookies["bruecke_session"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""

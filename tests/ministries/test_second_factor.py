"""A second factor: whom it is demanded of, how it is set up and changed."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ministries.models import Notification, Role, User
from tests.factories import PASSWORD, make_user
from tests.ministries.one_time_codes import (
    KEY,
    code,
    make_second_factor,
    sign_in,
    stored,
)
from tests.templates import folded

pytestmark = pytest.mark.django_db
STATUS = "/konto/zweiter-faktor/"
SET_UP = "/konto/zweiter-faktor/einrichten/"
REMOVE = "/konto/zweiter-faktor/aufheben/"
CODES = "/konto/zweiter-faktor/codes/"
CONFIRM = "/konto/zweiter-faktor/bestaetigen/"
BY_PASSWORD = "/konto/zweiter-faktor/passwort/"
HX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def no_earlier_attempts() -> None:
    cache.clear()


def set_up(client: Client) -> Any:
    page = client.get(SET_UP).content.decode()
    found = re.search(r'<code class="secret-key">(\w+)</code>', page)
    assert found, page
    return client.post(SET_UP, {"code": code(found[1])})


# Whom it is demanded of


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.HEAD])
@pytest.mark.parametrize("path", ["/konto/", "/zu-erledigen/", "/partnerschaften/?format=csv"])
def test_these_roles_are_sent_to_set_it_up(
    client: Client, demanded: None, role: Role, path: str
) -> None:
    sign_in(client, make_user(role=role))

    assert client.get(path).headers["Location"] == SET_UP


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER, None])
def test_other_roles_are_not(client: Client, demanded: None, role: Role | None) -> None:
    sign_in(client, make_user(role=role))

    assert client.get("/konto/").status_code == 200


def test_house_may_leave_it_to_its_heads(client: Client, demanded: None, settings: Any) -> None:
    settings.SECOND_FACTOR_FOR_HEADS = False
    sign_in(client, make_user(role=Role.HEAD))

    assert client.get("/konto/").status_code == 200


def test_it_is_not_demanded_in_the_demonstration(client: Client, coordinator: User) -> None:
    sign_in(client, coordinator)

    assert client.get("/konto/").status_code == 200


def test_without_it_nothing_is_written(client: Client, demanded: None, coordinator: User) -> None:
    sign_in(client, coordinator)

    response = client.post("/konto/passwort/", {"oldpassword": PASSWORD})

    assert response.headers["Location"] == SET_UP


def test_fragment_makes_the_whole_page_go_there(
    client: Client, demanded: None, coordinator: User
) -> None:
    sign_in(client, coordinator)

    response = client.get("/partnerschaften/", headers=HX)

    assert (response.status_code, response.headers["HX-Redirect"]) == (401, SET_UP)


@pytest.mark.parametrize("path", [SET_UP, "/konto/abmelden/", "/impressum/"])
def test_what_setting_up_needs_stays_open(
    client: Client, demanded: None, coordinator: User, path: str
) -> None:
    sign_in(client, coordinator)

    assert client.get(path).status_code == 200


def test_role_given_in_mid_session_demands_it_at_once(client: Client, demanded: None) -> None:
    user = make_user(role=Role.OFFICER)
    sign_in(client, user)
    assert client.get("/konto/").status_code == 200

    user.appointments.update(role=Role.AUDITOR)

    assert client.get("/konto/").headers["Location"] == SET_UP


def test_asking_for_it_costs_no_query(
    client: Client, coordinator: User, settings: Any, django_assert_num_queries: Any
) -> None:
    make_second_factor(coordinator)
    client.force_login(coordinator)
    client.get("/konto/")
    with CaptureQueriesContext(connection) as undemanded:
        client.get("/konto/")
    settings.SECOND_FACTOR_REQUIRED = True

    with django_assert_num_queries(len(undemanded)):
        assert client.get("/konto/").status_code == 200


# Setting up


def test_page_shows_picture_and_key(client: Client, coordinator: User) -> None:
    sign_in(client, coordinator)

    page = client.get(SET_UP).content.decode()

    assert 'src="data:image/svg+xml;base64,' in page
    assert re.search(r'<code class="secret-key">[A-Z2-7]{32}</code>', page)


def test_right_code_sets_it_up_and_shows_the_recovery_codes_once(
    client: Client, demanded: None, coordinator: User
) -> None:
    sign_in(client, coordinator)

    response = set_up(client)

    assert response.headers["Location"] == CODES
    assert len(re.findall(r"<code>\d{8}</code>", client.get(CODES).content.decode())) == 10
    assert not re.search(r"<code>\d{8}</code>", client.get(CODES).content.decode())
    assert client.get("/konto/").status_code == 200


def test_wrong_code_sets_up_nothing(client: Client, coordinator: User) -> None:
    sign_in(client, coordinator)
    client.get(SET_UP)

    response = client.post(SET_UP, {"code": "000000"})

    assert "Dieser Code gilt nicht" in response.content.decode()
    assert not coordinator.has_second_factor


def test_owner_is_told_that_it_was_set_up(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    user = make_user()
    sign_in(client, user)

    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)

    mail = Notification.objects.get(recipient=user)
    assert mail.subject == "Zweiter Faktor für Brücke eingerichtet"


def test_long_after_signing_in_the_password_is_asked_for(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)

    response = client.get(SET_UP)

    assert response.headers["Location"].startswith(BY_PASSWORD)
    response = client.post(f"{BY_PASSWORD}?next={SET_UP}", {"password": PASSWORD})
    assert response.headers["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200


def test_wrong_password_confirms_nothing(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)

    page = client.post(f"{BY_PASSWORD}?next={SET_UP}", {"password": "falsch"}).content.decode()

    assert "Das Passwort stimmt nicht" in page


def test_keys_are_encrypted_at_rest(client: Client, protected: User) -> None:
    text = stored(protected)

    assert KEY not in text
    assert text.count("gAAAA") == 2  # app and recovery codes, as Fernet writes them


# Changing


def test_removing_asks_for_a_code_first(client: Client, protected: User) -> None:
    client.force_login(protected)

    response = client.post(REMOVE)

    assert response.headers["Location"].startswith(CONFIRM)
    assert protected.has_second_factor


def test_password_does_not_replace_the_code(client: Client, protected: User) -> None:
    client.force_login(protected)

    client.post(f"{BY_PASSWORD}?next={REMOVE}", {"password": PASSWORD})

    assert client.get(REMOVE).headers["Location"].startswith(CONFIRM)


def test_confirmed_it_is_removed_with_its_recovery_codes(client: Client, protected: User) -> None:
    client.force_login(protected)
    client.post(f"{CONFIRM}?next={REMOVE}", {"code": code()})

    client.post(REMOVE)

    assert not Authenticator.objects.exists()
    assert Notification.objects.get().subject == "Zweiter Faktor für Brücke aufgehoben"


def test_new_recovery_codes_replace_the_old(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    user = make_user()
    old = make_second_factor(user)
    client.force_login(user)
    client.post(f"{CONFIRM}?next={STATUS}", {"code": code()})

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{CODES}neu/")

    page = client.get(CODES).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
    assert old[0] not in page
    assert Notification.objects.get().subject == "Neue Wiederherstellungscodes für Brücke"


def test_status_page_counts_the_codes_left(client: Client, protected: User) -> None:
    client.force_login(protected)

    assert "Es gelten noch 10 von 10" in folded(client.get(STATUS).text)


@pytest.mark.parametrize(
    "path", ["codes/laden/", "codes/download/", "trust/", "webauthn/", "webauthn/add/"]
)
def test_no_other_pages_of_it(client: Client, protected: User, path: str) -> None:
    client.force_login(protected)

    assert client.get(STATUS + path).status_code == 404

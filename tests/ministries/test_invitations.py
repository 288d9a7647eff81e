"""Accounts begin with an invitation; the invited person alone sets the password."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from ministries.accounts.invitations import SALT, invited_user, key_for
from ministries.clock import today
from ministries.models import Appointment, Notification, Role, User
from tests.factories import PASSWORD, make_chancellery, make_ministry, make_user
from ui.receipts import new_token

pytestmark = pytest.mark.django_db
INVITE = "/konto/einladen/"
NEW = "Elbe Brücke Nebel 47"


def form_data(**changes: Any) -> dict[str, Any]:
    defaults = {
        "_token": new_token(),
        "email": "Neu@Demo.Example",
        "name": "Demo Person",
        "unit": "Referat 12",
        "role": Role.OFFICER,
        "valid_from": today().isoformat(),
        "valid_until": "",
        "order_reference": "1-0141/7",
    }
    return defaults | changes


def invite(client: Client, inviter: Role = Role.COORDINATOR, **changes: Any) -> Any:
    client.force_login(make_user(role=inviter))
    return client.post(INVITE, form_data(**changes))


def invitation_mail() -> Notification:
    return Notification.objects.get(kind="invitation")


def accept(link: str, password: str = NEW, client: Client | None = None) -> Any:
    data = {"_token": new_token(), "password1": password, "password2": password}
    return (client or Client()).post(link, data)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_invitation_makes_account_function_and_mail(client: Client, role: Role) -> None:
    house = make_chancellery()

    invite(client, role, ministry=house.pk)

    user = User.objects.get(email="neu@demo.example")
    assert not user.has_usable_password()
    assert user.has_role(Role.OFFICER, ministry_id=house.pk)
    assert user.notifications.get().kind == Notification.Kind.INVITATION


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.MANAGER, Role.AUDITOR])
def test_others_do_not_invite(client: Client, role: Role) -> None:
    assert invite(client, role, ministry=make_chancellery().pk).status_code == 403


def test_known_address_is_refused(client: Client) -> None:
    make_user(email="neu@demo.example")

    response = invite(client, ministry=make_chancellery().pk)

    assert response.status_code == 422
    assert "schon ein Konto" in response.content.decode()


def test_coordination_outside_the_chancellery_is_refused(client: Client) -> None:
    client.force_login(make_user(role=Role.COORDINATOR))

    response = client.post(INVITE, form_data(role=Role.COORDINATOR, ministry=make_ministry().pk))

    assert response.status_code == 422
    assert not User.objects.filter(email="neu@demo.example").exists()


@pytest.mark.parametrize("role", [Role.HEAD, Role.AUDITOR, Role.ADMINISTRATOR, Role.MANAGER])
def test_coordination_is_refused_other_functions(client: Client, role: Role) -> None:
    response = invite(client, role=role, ministry=make_chancellery().pk)

    assert response.status_code == 422
    assert not User.objects.filter(email="neu@demo.example").exists()


def test_coordination_is_offered_its_own_house_only(client: Client) -> None:
    make_ministry(abbreviation="SMWK")
    client.force_login(make_user(role=Role.COORDINATOR))

    text = client.get(INVITE).content.decode()

    assert "SMWK" not in text
    assert "Freigabe (Ressort)" not in text


def test_technik_is_asked_for_the_order(client: Client) -> None:
    house = make_ministry()

    response = invite(
        client, Role.ADMINISTRATOR, role=Role.HEAD, ministry=house.pk, order_reference=""
    )

    assert response.status_code == 422
    assert "Nennen Sie das Aktenzeichen" in response.content.decode()


def test_head_confirms_on_a_page(client: Client) -> None:
    house = make_ministry(abbreviation="SMWK")
    head = make_user(role=Role.HEAD, ministry=house)
    told = invite(client, Role.ADMINISTRATOR, ministry=house.pk, order_reference="")
    row = Appointment.objects.get(user__email="neu@demo.example")
    assert told.status_code == 302
    client.force_login(head)

    assert "Demo Person" in client.get("/konto/funktionen/").content.decode()
    client.post(f"/konto/funktionen/{row.pk}/bestaetigen/", {"_token": new_token()})

    assert not client.get("/konto/funktionen/").context["waiting"]
    assert row.user.has_role(Role.OFFICER, ministry_id=house.pk)


def test_head_elsewhere_does_not_see_who_waits(client: Client) -> None:
    house = make_ministry()
    make_user(role=Role.HEAD, ministry=house)
    invite(client, Role.ADMINISTRATOR, ministry=house.pk)
    row = Appointment.objects.get(user__email="neu@demo.example")
    client.force_login(make_user(role=Role.HEAD, ministry=make_ministry()))

    assert not client.get("/konto/funktionen/").context["waiting"]
    assert client.get(f"/konto/funktionen/{row.pk}/bestaetigen/").status_code == 404


def test_repeated_post_invites_once(client: Client) -> None:
    client.force_login(make_user(role=Role.COORDINATOR))
    data = form_data(ministry=make_chancellery().pk)

    client.post(INVITE, data)
    client.post(INVITE, data)

    assert Notification.objects.filter(kind="invitation").count() == 1


def test_invited_person_sets_the_password_and_is_signed_in(client: Client) -> None:
    invite(client, ministry=make_chancellery().pk)
    guest = Client()

    response = accept(invitation_mail().link, client=guest)

    user = User.objects.get(email="neu@demo.example")
    assert response.headers["Location"] == "/"
    assert user.check_password(NEW)
    assert guest.session["_auth_user_id"] == str(user.pk)


def test_weak_first_password_is_refused(client: Client) -> None:
    invite(client, ministry=make_chancellery().pk)

    assert accept(invitation_mail().link, "kurz").status_code == 422


def test_link_works_once(client: Client) -> None:
    invite(client, ministry=make_chancellery().pk)
    link = invitation_mail().link
    accept(link)

    assert Client().get(link).status_code == 410


def test_link_ends_after_seven_days(monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user(password=None)
    week_ago = (timezone.now() - timedelta(days=7, seconds=5)).timestamp()
    with monkeypatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: week_ago)
        key = key_for(user)

    assert Client().get(f"/konto/einladung/{key}/").status_code == 410


FORGED = {"short": "x", "parts": "a:b:c", "other salt": signing.dumps([1, "0" * 16], salt="other")}


@pytest.mark.parametrize("key", FORGED.values(), ids=FORGED)
def test_forged_key_is_refused(key: str) -> None:
    assert Client().get(f"/konto/einladung/{key}/").status_code == 410


def test_key_of_somebody_with_a_password_is_refused() -> None:
    user = make_user()
    key = signing.dumps([user.pk, "0" * 16], salt=SALT)

    assert Client().get(f"/konto/einladung/{key}/").status_code == 410


def test_key_of_a_disabled_account_is_refused() -> None:
    invited = make_user()
    invited.set_unusable_password()
    invited.save()
    key = key_for(invited)
    assert invited_user(key) == invited

    User.objects.filter(pk=invited.pk).update(is_active=False)

    assert invited_user(key) is None


def test_second_invitation_replaces_the_first(client: Client) -> None:
    invite(client, ministry=make_chancellery().pk)
    first = invitation_mail()
    user = User.objects.get(email="neu@demo.example")

    client.post(f"/konto/einladen/{user.pk}/erneut/", {"_token": new_token()})

    second = Notification.objects.filter(kind="invitation").exclude(pk=first.pk).get()
    assert Client().get(first.link).status_code == 410
    assert Client().get(second.link).status_code == 200


def test_open_invitations_stand_below_the_form(client: Client) -> None:
    make_user(password=None, name="Demo Eingeladen")
    make_user(name="Demo Angekommen")
    client.force_login(make_user(role=Role.COORDINATOR))

    text = client.get(INVITE).content.decode()

    assert "Demo Eingeladen" in text
    assert "Demo Angekommen" not in text


def test_no_second_invitation_for_somebody_with_a_password(client: Client) -> None:
    user = make_user()
    client.force_login(make_user(role=Role.ADMINISTRATOR))

    client.post(f"/konto/einladen/{user.pk}/erneut/", {"_token": new_token()})

    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert not Notification.objects.exists()

"""Account, function and mail of somebody invited; the Technik and the coordination invite, nobody else."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from ministries.actions.invitations import (
    Invitation,
    invitation_path,
    invite,
    invite_again,
    post_invitation,
)
from ministries.invitations import invited_user
from ministries.models import Appointment, Ministry, Notification, Role, User
from tests.factories import PASSWORD, make_ministry, make_user
from ui.errors import Refusal

pytestmark = pytest.mark.django_db
STRANGERS = (Role.OFFICER, Role.HEAD, Role.MANAGER, Role.AUDITOR)


@pytest.fixture
def coordinator() -> User:
    return make_user(role=Role.COORDINATOR, name="Demo Koordination")


@pytest.fixture
def house() -> Ministry:
    return make_ministry(abbreviation="SMWK")


@pytest.fixture
def invitation(house: Ministry) -> Invitation:
    return Invitation(
        email="neu@demo.example",
        name="Neue Person",
        unit="Referat 12",
        role=Role.HEAD,
        ministry=house,
        valid_from=date(2026, 12, 1),
        valid_until=date(2027, 11, 30),
    )


def key_in(mail: Notification) -> str:
    return mail.link.rstrip("/").rpartition("/")[2]


# The first invitation


def test_invited_person_has_an_account_without_password(
    invitation: Invitation, coordinator: User
) -> None:
    made = invite(invitation, by=coordinator)

    found = User.objects.get(email="neu@demo.example")
    assert made == found
    assert (found.name, found.unit, found.is_active) == ("Neue Person", "Referat 12", True)
    assert not found.has_usable_password()


def test_invited_person_has_the_function_for_its_time(
    invitation: Invitation, coordinator: User, house: Ministry
) -> None:
    user = invite(invitation, by=coordinator)

    held = Appointment.objects.get(user=user)
    assert (held.role, held.ministry) == (Role.HEAD, house)
    assert (held.valid_from, held.valid_until) == (date(2026, 12, 1), date(2027, 11, 30))
    assert (held.is_chief, held.deputy_for) == (False, None)


def test_invitation_says_by_whom_and_how_long(invitation: Invitation, coordinator: User) -> None:
    user = invite(invitation, by=coordinator)

    mail = Notification.objects.get()
    assert (mail.recipient, mail.to_address) == (user, "neu@demo.example")
    assert (mail.kind, mail.subject) == ("invitation", "Einladung zu Brücke")
    assert mail.body.startswith("Guten Tag Neue Person,\n\nDemo Koordination hat Sie zu Brücke")
    assert "Er gilt 7 Tage." in mail.body
    assert invited_user(key_in(mail)) == user


def test_invitation_of_the_command_line_names_nobody(invitation: Invitation) -> None:
    invite(invitation, by=None)

    assert "\n\nSie sind zu Brücke eingeladen" in Notification.objects.get().body


def test_known_address_in_other_letters_is_refused(
    invitation: Invitation, coordinator: User
) -> None:
    make_user(email="neu@demo.example")

    with pytest.raises(Refusal, match=r"Für NEU@demo\.example gibt es schon ein Konto"):
        invite(replace(invitation, email="NEU@demo.example"), by=coordinator)

    assert not Notification.objects.exists()


def test_coordination_outside_the_staatskanzlei_leaves_no_account(
    invitation: Invitation, coordinator: User
) -> None:
    with pytest.raises(ValidationError, match="Koordinierung liegt bei der Staatskanzlei"):
        invite(replace(invitation, role=Role.COORDINATOR), by=coordinator)

    assert not User.objects.filter(email="neu@demo.example").exists()
    assert not Notification.objects.exists()


def test_function_that_ends_before_it_begins_leaves_no_account(
    invitation: Invitation, coordinator: User
) -> None:
    with pytest.raises(ValidationError, match="Das Ende liegt vor dem Beginn"):
        invite(replace(invitation, valid_until=date(2026, 11, 30)), by=coordinator)

    assert not User.objects.filter(email="neu@demo.example").exists()


def test_function_of_a_single_day(invitation: Invitation, coordinator: User) -> None:
    user = invite(replace(invitation, valid_until=invitation.valid_from), by=coordinator)

    assert user.appointments.get().valid_until == invitation.valid_from


@pytest.mark.parametrize("role", STRANGERS)
def test_others_invite_nobody(invitation: Invitation, house: Ministry, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        invite(invitation, by=make_user(role=role, ministry=house))

    assert not User.objects.filter(email="neu@demo.example").exists()
    assert not Notification.objects.exists()


def test_technik_invites(invitation: Invitation) -> None:
    assert invite(invitation, by=make_user(role=Role.ADMINISTRATOR)).pk


# Once more


def test_second_invitation_makes_the_first_worthless(
    invitation: Invitation, coordinator: User
) -> None:
    user = invite(invitation, by=coordinator)
    first = Notification.objects.get()

    invite_again(user, by=coordinator)

    second = Notification.objects.exclude(pk=first.pk).get()
    assert invited_user(key_in(first)) is None
    assert invited_user(key_in(second)) == user
    assert second.body.startswith("Guten Tag Neue Person,\n\nDemo Koordination hat Sie")
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_somebody_with_a_password_is_not_invited_again(coordinator: User) -> None:
    user = make_user(name="Demo Angekommen")

    with pytest.raises(Refusal, match="Demo Angekommen hat schon ein Passwort"):
        invite_again(user, by=coordinator)

    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert not Notification.objects.exists()


def test_closed_account_is_not_invited_again(coordinator: User) -> None:
    user = make_user(password=None, is_active=False, name="Demo Gegangen")

    with pytest.raises(Refusal, match="Das Konto von Demo Gegangen ist nicht aktiv"):
        invite_again(user, by=coordinator)

    assert not Notification.objects.exists()


@pytest.mark.parametrize("role", STRANGERS)
def test_others_invite_nobody_again(house: Ministry, role: Role) -> None:
    user = make_user(password=None)
    before = user.password

    with pytest.raises(PermissionDenied):
        invite_again(user, by=make_user(role=role, ministry=house))

    assert User.objects.get(pk=user.pk).password == before
    assert not Notification.objects.exists()


# The mail alone


def test_posted_invitation_leaves_earlier_links_alone(coordinator: User) -> None:
    user = make_user(password=None)
    earlier = invitation_path(user)

    mail = post_invitation(user, by=coordinator)

    assert mail == Notification.objects.get()
    assert Client().get(earlier).status_code == 200
    assert Client().get(mail.link).status_code == 200


def test_path_of_an_invitation_leads_to_the_first_password() -> None:
    user = make_user(password=None)

    path = invitation_path(user)

    assert path.startswith("/konto/einladung/")
    assert invited_user(path.rstrip("/").rpartition("/")[2]) == user

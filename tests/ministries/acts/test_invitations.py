"""Account, function and mail of somebody invited; who invites into which function is one table."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from ministries.accounts.invitation_actions import Invitation, invite, invite_again
from ministries.accounts.invitations import invited_user
from ministries.accounts.letter_actions import invitation_path, post_invitation
from ministries.models import Appointment, Ministry, Notification, Role, User
from tests.factories import PASSWORD, make_chancellery, make_ministry, make_user
from ui.errors import Refusal

pytestmark = pytest.mark.django_db
STRANGERS = (Role.OFFICER, Role.HEAD, Role.MANAGER, Role.AUDITOR)


@pytest.fixture
def technik() -> User:
    return make_user(role=Role.ADMINISTRATOR, name="Demo Technik")


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
        order_reference="1-0141/7",
    )


def mail_to_person() -> Notification:
    return Notification.objects.get(kind="invitation")


def key_in(mail: Notification) -> str:
    return mail.link.rstrip("/").rpartition("/")[2]


# The first invitation


def test_invited_person_has_an_account_without_password(
    invitation: Invitation, technik: User
) -> None:
    made = invite(invitation, by=technik)

    found = User.objects.get(email="neu@demo.example")
    assert made == found
    assert (found.name, found.unit, found.is_active) == ("Neue Person", "Referat 12", True)
    assert not found.has_usable_password()


def test_invited_person_has_the_function_for_its_time(
    invitation: Invitation, technik: User, house: Ministry
) -> None:
    user = invite(invitation, by=technik)

    held = Appointment.objects.get(user=user)
    assert (held.role, held.ministry) == (Role.HEAD, house)
    assert (held.valid_from, held.valid_until) == (date(2026, 12, 1), date(2027, 11, 30))
    assert (held.is_chief, held.deputy_for) == (False, None)


def test_invitation_says_by_whom_and_how_long(invitation: Invitation, technik: User) -> None:
    user = invite(invitation, by=technik)

    mail = mail_to_person()
    assert (mail.recipient, mail.to_address) == (user, "neu@demo.example")
    assert (mail.kind, mail.subject) == ("invitation", "Einladung zu Brücke")
    assert mail.body.startswith("Guten Tag Neue Person,\n\nDemo Technik hat Sie zu Brücke")
    assert "Er gilt 7 Tage." in mail.body
    assert invited_user(key_in(mail)) == user


def test_invitation_of_the_command_line_names_nobody(invitation: Invitation) -> None:
    invite(invitation, by=None)

    assert "\n\nSie sind zu Brücke eingeladen" in mail_to_person().body


def test_known_address_in_other_letters_is_refused(invitation: Invitation, technik: User) -> None:
    make_user(email="neu@demo.example")

    with pytest.raises(Refusal, match=r"Für NEU@demo\.example gibt es schon ein Konto"):
        invite(replace(invitation, email="NEU@demo.example"), by=technik)

    assert not Notification.objects.exists()


def test_coordination_outside_the_staatskanzlei_leaves_no_account(
    invitation: Invitation, technik: User
) -> None:
    with pytest.raises(ValidationError, match="Koordinierung liegt bei der Staatskanzlei"):
        invite(replace(invitation, role=Role.COORDINATOR), by=technik)

    assert not User.objects.filter(email="neu@demo.example").exists()
    assert not Notification.objects.exists()


def test_function_that_ends_before_it_begins_leaves_no_account(
    invitation: Invitation, technik: User
) -> None:
    with pytest.raises(ValidationError, match="Das Ende liegt vor dem Beginn"):
        invite(replace(invitation, valid_until=date(2026, 11, 30)), by=technik)

    assert not User.objects.filter(email="neu@demo.example").exists()


def test_function_of_a_single_day(invitation: Invitation, technik: User) -> None:
    user = invite(replace(invitation, valid_until=invitation.valid_from), by=technik)

    assert user.appointments.get().valid_until == invitation.valid_from


@pytest.mark.parametrize("role", STRANGERS)
def test_others_invite_nobody(invitation: Invitation, house: Ministry, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        invite(invitation, by=make_user(role=role, ministry=house))

    assert not User.objects.filter(email="neu@demo.example").exists()
    assert not Notification.objects.exists()


@pytest.mark.parametrize("role", [Role.HEAD, Role.AUDITOR, Role.ADMINISTRATOR, Role.MANAGER])
@pytest.mark.parametrize("is_own", [True, False], ids=["Staatskanzlei", "other house"])
def test_coordination_invites_none_of_these(
    invitation: Invitation, house: Ministry, role: Role, is_own: bool
) -> None:
    coordinator = make_user(role=Role.COORDINATOR)
    ministry = make_chancellery() if is_own else house

    with pytest.raises(PermissionDenied):
        invite(replace(invitation, role=role, ministry=ministry), by=coordinator)

    assert not User.objects.filter(email="neu@demo.example").exists()
    assert not Notification.objects.exists()


def test_coordination_invites_nobody_into_another_house(invitation: Invitation) -> None:
    with pytest.raises(PermissionDenied):
        invite(replace(invitation, role=Role.OFFICER), by=make_user(role=Role.COORDINATOR))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR])
def test_coordination_invites_officers_and_coordinators_of_its_house(
    invitation: Invitation, role: Role
) -> None:
    make_user(role=Role.HEAD)
    there = replace(invitation, role=role, ministry=make_chancellery(), order_reference="")

    user = invite(there, by=make_user(role=Role.COORDINATOR))

    assert user.appointments.on(invitation.valid_from).get().role == role
    assert {mail.to_address for mail in Notification.objects.all()} == {
        "neu@demo.example",
        make_chancellery().mailbox,
    }


@pytest.mark.parametrize(
    "role", [Role.HEAD, Role.AUDITOR, Role.ADMINISTRATOR, Role.OFFICER, Role.MANAGER]
)
def test_technik_invites_on_a_written_order_only(
    invitation: Invitation, technik: User, role: Role
) -> None:
    with pytest.raises(Refusal, match="Aktenzeichen"):
        invite(replace(invitation, role=role, order_reference=" "), by=technik)

    assert not User.objects.filter(email="neu@demo.example").exists()
    assert invite(replace(invitation, role=role), by=technik).pk


def test_house_hears_who_came_by_which_order(
    invitation: Invitation, technik: User, house: Ministry
) -> None:
    invite(invitation, by=technik)

    mail = Notification.objects.get(to_address=house.mailbox)
    for words in ("Freigabe (Ressort), SMWK", "Neue Person", "neu@demo.example", "1-0141/7"):
        assert words in mail.body


def test_house_without_mailbox_is_not_invited_into(
    invitation: Invitation, technik: User, house: Ministry
) -> None:
    house.mailbox = ""
    house.save()

    with pytest.raises(Refusal, match="kein Funktionspostfach"):
        invite(invitation, by=technik)

    assert not User.objects.filter(email="neu@demo.example").exists()


def test_further_account_waits_for_a_head(
    invitation: Invitation, technik: User, house: Ministry
) -> None:
    make_user(role=Role.HEAD, ministry=house)

    user = invite(replace(invitation, role=Role.OFFICER, order_reference=""), by=technik)

    assert user.appointments.get().is_pending
    assert [mail.to_address for mail in Notification.objects.all()] == [house.mailbox]


# Once more


def test_second_invitation_makes_the_first_worthless(invitation: Invitation, technik: User) -> None:
    user = invite(invitation, by=technik)
    first = mail_to_person()

    invite_again(user, by=technik)

    second = Notification.objects.filter(kind="invitation").exclude(pk=first.pk).get()
    assert invited_user(key_in(first)) is None
    assert invited_user(key_in(second)) == user
    assert second.body.startswith("Guten Tag Neue Person,\n\nDemo Technik hat Sie")
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_somebody_with_a_password_is_not_invited_again(technik: User) -> None:
    user = make_user(name="Demo Angekommen")

    with pytest.raises(Refusal, match="Demo Angekommen hat schon ein Passwort"):
        invite_again(user, by=technik)

    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert not Notification.objects.exists()


def test_closed_account_is_not_invited_again(technik: User) -> None:
    user = make_user(password=None, is_active=False, name="Demo Gegangen")

    with pytest.raises(Refusal, match="Das Konto von Demo Gegangen ist nicht aktiv"):
        invite_again(user, by=technik)

    assert not Notification.objects.exists()


@pytest.mark.parametrize("role", STRANGERS)
def test_others_invite_nobody_again(house: Ministry, role: Role) -> None:
    user = make_user(password=None)
    before = user.password

    with pytest.raises(PermissionDenied):
        invite_again(user, by=make_user(role=role, ministry=house))

    assert User.objects.get(pk=user.pk).password == before
    assert not Notification.objects.exists()


def test_who_waits_for_a_head_is_not_invited_again(
    invitation: Invitation, technik: User, house: Ministry
) -> None:
    make_user(role=Role.HEAD, ministry=house)
    user = invite(replace(invitation, role=Role.OFFICER), by=technik)

    with pytest.raises(Refusal, match="noch nicht bestätigt"):
        invite_again(user, by=technik)


def test_coordination_does_not_send_the_link_of_a_head_again(
    invitation: Invitation, technik: User
) -> None:
    user = invite(invitation, by=technik)

    with pytest.raises(PermissionDenied):
        invite_again(user, by=make_user(role=Role.COORDINATOR))


# The mail alone


def test_posted_invitation_leaves_earlier_links_alone(technik: User) -> None:
    user = make_user(password=None)
    earlier = invitation_path(user)

    mail = post_invitation(user, by=technik)

    assert mail == Notification.objects.get()
    assert Client().get(earlier).status_code == 200
    assert Client().get(mail.link).status_code == 200


def test_path_of_an_invitation_leads_to_the_first_password() -> None:
    user = make_user(password=None)

    path = invitation_path(user)

    assert path.startswith("/konto/einladung/")
    assert invited_user(path.rstrip("/").rpartition("/")[2]) == user

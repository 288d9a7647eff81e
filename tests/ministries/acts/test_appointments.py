"""A function that waits holds nothing, until a head of the house confirms it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ministries.accounts.appointment_actions import appoint, ask_again, confirm_appointment
from ministries.clock import today
from ministries.models import Appointment, Ministry, Notification, Role, User
from tests.factories import make_appointment, make_ministry, make_user
from ui.errors import Refusal

pytestmark = pytest.mark.django_db
LAST = timedelta(days=14)


@pytest.fixture
def house() -> Ministry:
    return make_ministry(abbreviation="SMWK")


@pytest.fixture
def head(house: Ministry) -> User:
    return make_user(role=Role.HEAD, ministry=house, name="Demo Leitung")


@pytest.fixture
def technik() -> User:
    return make_user(role=Role.ADMINISTRATOR)


def waiting(house: Ministry, role: Role = Role.OFFICER, user: User | None = None) -> Appointment:
    return make_appointment(
        user=user or make_user(),
        role=role,
        ministry=house,
        state=Appointment.State.PENDING,
        requested_on=today(),
    )


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


# Given


def test_first_account_of_a_house_comes_by_order(house: Ministry, technik: User) -> None:
    row = Appointment(
        user=make_user(), role=Role.OFFICER, ministry=house, order_reference="1-0141/7"
    )

    appoint(row, by=technik, today=today())

    assert fresh(row.user).has_role(Role.OFFICER, ministry_id=house.pk)


def test_without_order_nothing_is_given(house: Ministry, technik: User) -> None:
    row = Appointment(user=make_user(), role=Role.HEAD, ministry=house)

    with pytest.raises(Refusal, match="Aktenzeichen"):
        appoint(row, by=technik, today=today())

    assert not Appointment.objects.filter(ministry=house).exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.AUDITOR, Role.COORDINATOR])
def test_others_give_nothing(house: Ministry, role: Role) -> None:
    row = Appointment(user=make_user(), role=Role.HEAD, ministry=house, order_reference="1")

    with pytest.raises(PermissionDenied):
        appoint(row, by=make_user(role=role), today=today())


def test_house_is_told_who_entered_it_in_which_function(house: Ministry, technik: User) -> None:
    row = Appointment(user=make_user(), role=Role.HEAD, ministry=house, order_reference="1-0141/7")

    appoint(row, by=technik, today=today())

    assert (
        "Eingetragen durch: Technik, SK" in Notification.objects.get(to_address=house.mailbox).body
    )


def test_nobody_gives_to_themselves(house: Ministry, technik: User) -> None:
    row = Appointment(user=technik, role=Role.HEAD, ministry=house, order_reference="1")

    with pytest.raises(PermissionDenied):
        appoint(row, by=technik, today=today())


# Waiting


@pytest.mark.parametrize("role", Role)
def test_waiting_function_gives_no_right(role: Role) -> None:
    user = make_user()
    held = make_appointment(
        user=user, role=role, state=Appointment.State.PENDING, requested_on=today()
    )

    assert fresh(user).capacities == ()
    assert User.objects.with_capacities().get(pk=user.pk).capacities == ()
    assert not fresh(user).reads_content
    assert not Appointment.objects.on(today()).filter(pk=held.pk).exists()


def test_waiting_head_confirms_nobody(house: Ministry) -> None:
    first, second = waiting(house, Role.HEAD), waiting(house, Role.HEAD)

    with pytest.raises(PermissionDenied):
        confirm_appointment(second, by=first.user, today=today())


# Confirmed


def test_confirmed_function_holds_and_the_person_hears(house: Ministry, head: User) -> None:
    row = waiting(house)

    confirm_appointment(row, by=head, today=today())

    assert fresh(row.user).has_role(Role.OFFICER, ministry_id=house.pk)
    assert "Demo Leitung hat" in Notification.objects.get(recipient=row.user).body


def test_new_account_is_invited_when_confirmed(house: Ministry, head: User) -> None:
    row = waiting(house, user=make_user(password=None))

    confirm_appointment(row, by=head, today=today())

    assert Notification.objects.get(recipient=row.user).kind == "invitation"


def test_it_ends_after_fourteen_days(house: Ministry, head: User) -> None:
    row = waiting(house)

    with pytest.raises(Refusal, match="wartet nicht mehr"):
        confirm_appointment(row, by=head, today=today() + LAST + timedelta(days=1))

    assert not fresh(row.user).capacities
    confirm_appointment(row, by=head, today=today() + LAST)
    assert fresh(row.user).capacities


def test_nothing_is_confirmed_twice(house: Ministry, head: User) -> None:
    row = waiting(house)
    confirm_appointment(row, by=head, today=today())

    with pytest.raises(Refusal, match="wartet nicht mehr"):
        confirm_appointment(row, by=head, today=today())

    assert Notification.objects.count() == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER, Role.COORDINATOR])
def test_others_of_the_house_confirm_nothing(house: Ministry, role: Role) -> None:
    at = None if role == Role.COORDINATOR else house

    with pytest.raises(PermissionDenied):
        confirm_appointment(waiting(house), by=make_user(role=role, ministry=at), today=today())


def test_head_of_another_house_confirms_nothing(house: Ministry, technik: User) -> None:
    stranger = make_user(role=Role.HEAD, ministry=make_ministry())

    for by in (stranger, technik):
        with pytest.raises(PermissionDenied):
            confirm_appointment(waiting(house), by=by, today=today())


def test_head_does_not_confirm_an_own_function(house: Ministry, head: User) -> None:
    with pytest.raises(PermissionDenied):
        confirm_appointment(waiting(house, Role.MANAGER, head), by=head, today=today())


# Once more


def test_asked_again_it_waits_anew(house: Ministry, technik: User) -> None:
    row = waiting(house)
    later = date(2027, 1, 15)

    ask_again(row, by=technik, today=later)

    assert Appointment.objects.pending(later).get() == row
    assert Notification.objects.get().to_address == house.mailbox


def test_function_in_force_is_not_asked_for(house: Ministry, technik: User) -> None:
    row = make_appointment(user=make_user(), role=Role.OFFICER, ministry=house)

    with pytest.raises(Refusal, match="gilt schon"):
        ask_again(row, by=technik, today=today())


def test_others_do_not_ask_again(house: Ministry, head: User) -> None:
    with pytest.raises(PermissionDenied):
        ask_again(waiting(house), by=head, today=today())

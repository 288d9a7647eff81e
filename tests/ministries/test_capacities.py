"""What somebody may do follows from today's appointments, read once per request."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ministries.clock import today
from ministries.models import Appointment, Role, User
from tests.factories import make_appointment, make_chancellery, make_ministry, make_user
from tests.harness import walk

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    """As the next request sees the person."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("begins", "ends", "counts"),
    [(-5, 5, True), (0, 0, True), (None, None, True), (-5, -1, False), (1, None, False)],
)
def test_only_todays_appointments_count(begins: int | None, ends: int | None, counts: bool) -> None:
    user = make_user()
    day = [None if n is None else today() + timedelta(days=n) for n in (begins, ends)]
    make_appointment(user=user, role=Role.OFFICER, valid_from=day[0], valid_until=day[1])

    assert fresh(user).has_role(Role.OFFICER) is counts


def test_several_appointments_are_read_as_their_union() -> None:
    house, other = make_ministry(), make_ministry()
    user = make_user(role=Role.OFFICER, ministry=house)
    make_appointment(user=user, role=Role.HEAD, ministry=other)

    assert user.ministry_ids() == {house.pk, other.pk}
    assert user.ministry_ids(Role.HEAD) == {other.pk}
    assert user.has_role(Role.OFFICER, ministry_id=house.pk)
    assert not user.has_role(Role.OFFICER, ministry_id=other.pk)


def test_capacities_are_read_in_one_query(django_assert_num_queries: Any) -> None:
    user = make_user(role=Role.COORDINATOR)

    with django_assert_num_queries(1):
        assert user.is_coordinator
        assert user.reads_content
        assert not user.is_chief


def test_deputy_acts_in_place_of_somebody() -> None:
    house = make_ministry(abbreviation="SMX")
    head = make_user(role=Role.HEAD, ministry=house)
    deputy = make_user()
    make_appointment(
        user=deputy, role=Role.HEAD, ministry=house, deputy_for=head.appointments.get()
    )

    assert deputy.capacities[0].label == "Freigabe (Ressort), SMX (i. V.)"


def test_who_releases_bears_one_name_everywhere() -> None:
    handbook = (walk.ROOT / "docs").rglob("*.md")
    shown = [*walk.source_files(), *walk.templates(), *handbook]

    assert [walk.short(path) for path in shown if "Referatsleitung" in path.read_text()] == []


def test_same_function_cannot_overlap() -> None:
    user = make_user(role=Role.OFFICER)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_appointment(user=user, role=Role.OFFICER, ministry=make_chancellery())


def test_chief_is_a_manager() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_appointment(user=make_user(), role=Role.HEAD, is_chief=True)


@pytest.mark.parametrize("fields", [{"role": Role.COORDINATOR}, {"is_chief": True}])
def test_coordination_and_chief_belong_to_the_chancellery(fields: dict[str, Any]) -> None:
    appointment = Appointment(
        user=make_user(), ministry=make_ministry(), **({"role": Role.MANAGER} | fields)
    )

    with pytest.raises(ValidationError):
        appointment.full_clean()


def test_disabled_account_may_nothing() -> None:
    user = make_user(role=Role.COORDINATOR, is_active=False)

    assert not user.has_perm("partnerships.maintain_register")
    assert not user.has_module_perms("partnerships")


def test_people_see_accounts_of_their_own_house_only() -> None:
    house = make_ministry()
    officer = make_user(role=Role.OFFICER, ministry=house)
    colleague = make_user(role=Role.HEAD, ministry=house)
    make_user(role=Role.HEAD, ministry=make_ministry())

    assert set(User.objects.visible_to(officer)) == {officer, colleague}

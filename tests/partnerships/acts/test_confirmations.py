"""The coordination says that what the register holds is right, or takes that back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from partnerships.models import Region
from partnerships.register.confirmations.actions import (
    confirm,
    withdraw_confirmation,
    write_confirmation,
)
from tests.factories import TODAY, make_partnership, make_region, make_user
from tests.partnerships.conftest import People

EARLIER = TODAY - timedelta(days=1)
OTHERS = ["officer", "chief", "auditor", "administrator"]


def confirmation(row: Any) -> tuple[Any, ...]:
    row.refresh_from_db()
    return row.confirmed_on, row.confirmed_by, row.version


def test_confirmed_whatever_their_kinds(people: People) -> None:
    region, other = make_region(), make_region()
    partnership = make_partnership(regions=[region])

    number = confirm(facts=[region, partnership], by=people.coordinator, today=TODAY)

    assert number == 2
    assert confirmation(region) == (TODAY, people.coordinator, 1)
    assert confirmation(partnership) == (TODAY, people.coordinator, 1)
    assert confirmation(other) == (None, None, 1)


def test_earlier_confirmation_keeps_day_and_person(people: People) -> None:
    earlier = make_user()
    known = make_region(confirmed_on=EARLIER, confirmed_by=earlier)

    number = confirm(facts=[known, make_region()], by=people.coordinator, today=TODAY)

    assert number == 1
    assert confirmation(known) == (EARLIER, earlier, 1)


@pytest.mark.parametrize("who", OTHERS)
def test_confirming_is_for_the_coordination(people: People, who: str) -> None:
    region = make_region()

    with pytest.raises(PermissionDenied):
        confirm(facts=[region], by=getattr(people, who), today=TODAY)

    assert confirmation(region) == (None, None, 1)


def test_withdrawn_from_those_that_were_confirmed(people: People) -> None:
    known, left = (make_region(confirmed_on=EARLIER, confirmed_by=make_user()) for _ in range(2))

    number = withdraw_confirmation(facts=[known, make_region()], by=people.coordinator)

    assert number == 1
    assert confirmation(known) == (None, None, 1)
    assert confirmation(left)[0] == EARLIER


@pytest.mark.parametrize("who", OTHERS)
def test_withdrawing_is_for_the_coordination(people: People, who: str) -> None:
    region = make_region(confirmed_on=EARLIER, confirmed_by=people.coordinator)

    with pytest.raises(PermissionDenied):
        withdraw_confirmation(facts=[region], by=getattr(people, who))

    assert confirmation(region) == (EARLIER, people.coordinator, 1)


def test_nothing_to_write_is_none(people: People) -> None:
    written = write_confirmation(
        [], was_confirmed=False, confirmed_on=TODAY, confirmed_by=people.coordinator
    )

    assert written == 0


def test_text_that_somebody_is_writing_is_left_alone(people: People) -> None:
    region = make_region(name="Flandern")
    Region.objects.update(name="Wallonien", version=2)

    confirm(facts=[region], by=people.coordinator, today=TODAY)

    region.refresh_from_db()
    assert (region.name, region.version, region.confirmed_on) == ("Wallonien", 2, TODAY)

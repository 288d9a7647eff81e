"""A kept wording asks anew every time, and never with the eyes of somebody else."""

from datetime import date
from typing import Any

import pytest
from django.db.models import QuerySet

from ministries.clock import today
from ministries.kept import ANY, counts, instance_of, kept
from ministries.models import Ministry, Role, User
from tests.factories import make_ministry, make_user

pytestmark = pytest.mark.django_db
composed: list[int] = []


@kept
def known_houses(user: User, day: date) -> QuerySet[Any]:
    composed.append(user.pk)
    return Ministry.objects.visible_to(user).on(day).order_by("abbreviation")


@pytest.fixture
def officer() -> User:
    return make_user(role=Role.OFFICER, ministry=make_ministry(abbreviation="SMWK"))


def test_wording_is_composed_once(officer: User) -> None:
    before = len(composed)

    assert known_houses(officer, today()) is known_houses(officer, today())
    assert len(composed) == before + 1


def test_answer_is_new(officer: User) -> None:
    (before,) = counts(known_houses(officer, today()))
    make_ministry(abbreviation="SMS")

    assert counts(known_houses(officer, today())) == [before + 1]


def test_another_function_is_another_wording(officer: User) -> None:
    nobody = make_user()

    assert counts(known_houses(nobody, today()), known_houses(officer, today())) == [0, 1]
    assert known_houses(nobody, today()).rows() == []
    assert known_houses(nobody, today()).first() is None


def test_condition_goes_around(officer: User) -> None:
    make_ministry(abbreviation="SMS")

    row = known_houses(officer, today()).where("kept.abbreviation = %s", "SMS").first()

    assert row is not None
    assert instance_of(Ministry, row) == Ministry.objects.get(abbreviation="SMS")


def test_more_than_asked_for_is_not_counted(officer: User) -> None:
    for number in range(4):
        make_ministry(abbreviation=f"SM{number}")

    assert counts(known_houses(officer, today()), most=3) == [3]


@kept
def one_house(user: User, day: date) -> QuerySet[Any]:
    return Ministry.objects.visible_to(user).filter(pk=ANY)


def test_the_record_is_put_in_afterwards(officer: User) -> None:
    house = make_ministry(abbreviation="SMS")

    assert one_house(officer, today()).rows() == []
    row = one_house(officer, today()).about(house.pk).first()

    assert row is not None
    assert row["abbreviation"] == "SMS"

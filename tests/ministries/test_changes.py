"""Who changed what, told to each reader as far as it concerns them."""

import pghistory
import pytest

from ministries.history.changes import changes_of
from ministries.models import Ministry, Role, User
from tests.factories import make_ministry, make_partnership, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Ministry:
    return make_ministry(abbreviation="SMX")


@pytest.fixture
def author(house: Ministry) -> User:
    return make_user(role=Role.OFFICER, ministry=house, name="Demo Autorin")


def change(obj: Ministry, author: User, **fields: str) -> None:
    with pghistory.context(user=author.pk, role=["officer SMX"], reason="Grund"):
        Ministry.objects.filter(pk=obj.pk).update(**fields)


def test_own_house_reads_name_and_time(house: Ministry, author: User) -> None:
    change(house, author, name="Neu")

    newest = changes_of(house, viewer=author)[0]

    assert newest.actor == "Demo Autorin (Bearbeitung (Ressort), SMX)"
    assert newest.shows_time
    assert newest.reason == "Grund"
    assert [(f.label, f.after) for f in newest.fields] == [("Name", "Neu")]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MANAGER])
def test_others_read_function_and_day(house: Ministry, author: User, role: Role) -> None:
    change(house, author, name="Neu")

    newest = changes_of(house, viewer=make_user(role=role))[0]

    assert newest.actor == "Bearbeitung (Ressort), SMX"
    assert not newest.shows_time


def test_auditor_reads_name_and_time(house: Ministry, author: User) -> None:
    change(house, author, name="Neu")

    assert "Demo Autorin" in changes_of(house, viewer=make_user(role=Role.AUDITOR))[0].actor


def test_change_without_anybody_signed_in_is_ours(house: Ministry) -> None:
    newest = changes_of(house, viewer=make_user(role=Role.COORDINATOR))[0]

    assert newest.actor == "Brücke (ohne Anmeldung)"
    assert newest.is_new


def test_emptied_field_reads_as_nothing(house: Ministry, author: User) -> None:
    change(house, author, mailbox="")

    assert changes_of(house, viewer=author)[0].fields[0].after == "nichts erfasst"


def test_number_of_queries_does_not_grow(
    house: Ministry, author: User, django_assert_num_queries: object
) -> None:
    for number in range(30):
        change(house, author, name=f"Name {number}")
    reader = User.objects.get(pk=author.pk)
    assert reader.capacities

    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(changes_of(house, viewer=reader)) == 31


def test_only_changes_after_a_version(author: User) -> None:
    partnership = make_partnership(name="Flandern")
    for version, name in enumerate(["Eins", "Zwei"], start=1):
        partnership.name = name
        partnership.save_versioned(expected=version, fields=["name"])

    since = changes_of(partnership, viewer=author, since_version=2)

    assert [field.after for change in since for field in change.fields] == ["Zwei"]


def test_who_confirmed_is_named_to_colleagues_alone(house: Ministry, author: User) -> None:
    Ministry.objects.filter(pk=house.pk).update(confirmed_on="2026-11-20", confirmed_by=author)

    def told(viewer: User) -> str:
        return " ".join(field.after for field in changes_of(house, viewer=viewer)[0].fields)

    assert "Demo Autorin" in told(author)
    assert "Demo Autorin" in told(make_user(role=Role.AUDITOR))
    assert "Demo Autorin" not in told(make_user(role=Role.COORDINATOR))

"""A person is erased on order: nothing that names them is left where a machine can know it, and the rest is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from config.occurrences import occurrences
from ministries.models import Disclosure, Notification, Role, User
from partnerships.models import Contact
from tests import database, factories, record_factories
from tests.config.places import Place, place, used

pytestmark = pytest.mark.long

NAME, ADDRESS = "Kanarienvogel Gelb", "kanarienvogel@demo.example"
ORDER = "Antrag vom 3. April, Az. 12"


@pytest.fixture
def here(
    tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Place]:
    """One person with an account, as a partner's contact, in a mail and in somebody's note."""
    with django_db_blocker.unblock():
        connection.close()
    with (
        place("erasure", tmp_path, template=database.NAME) as here,
        django_db_blocker.unblock(),
        used(here.name),
    ):
        user = factories.make_user(email=ADDRESS, name=NAME, role=Role.OFFICER)
        User.objects.filter(pk=user.pk).update(unit="Referat 1", phone="0351 1")
        house, partnership = factories.make_ministry(), factories.make_partnership()
        about = {"ministry": house, "partnership": partnership}
        record_factories.make_contact(**about, name=NAME, email=ADDRESS, function="Referat Europa")
        record_factories.make_note(**about, text=f"Gespräch mit {NAME}")
        Notification.objects.create(
            kind="account", recipient=user, to_address=ADDRESS, subject=NAME, body=NAME, message_id="1@demo.example"
        )  # fmt: skip
        yield here


def close_account() -> None:
    User.objects.filter(email=ADDRESS).update(is_active=False)


def test_open_account_is_not_erased(here: Place) -> None:
    done = here.manage("erase_person", ADDRESS, ORDER)

    assert done.returncode == 1
    assert "noch aktiv" in done.stderr
    assert User.objects.get(email=ADDRESS).name == NAME
    assert Contact.objects.get().name == NAME


def test_only_free_text_is_left_and_named(here: Place) -> None:
    close_account()
    dry = here.manage("erase_person", ADDRESS, ORDER, "--dry-run")
    before = occurrences({NAME, ADDRESS})
    done = here.manage("erase_person", ADDRESS, ORDER)

    assert (dry.returncode, done.returncode) == (0, 0), dry.stderr + done.stderr
    assert dry.stdout.replace("Es würden gelöscht:", "Gelöscht:") == done.stdout
    assert len(before) > 4
    left = occurrences({NAME, ADDRESS})
    assert {line.split(", Feld")[0] for line in left} <= {"Vermerk", "Änderungsverlauf: Vermerk"}
    assert all(line in done.stdout for line in left)
    assert Contact.objects.get().function == "Referat Europa"
    assert [row.purpose for row in Disclosure.objects.all()] == [ORDER, ORDER]


def test_unknown_person_and_missing_order_are_refused(here: Place) -> None:
    assert "weder ein Konto" in here.manage("erase_person", "niemand@demo.example", ORDER).stderr
    assert "Anordnung" in here.manage("erase_person", ADDRESS, " ").stderr


def test_contact_without_address_goes_by_number(here: Place) -> None:
    number = Contact.objects.get().pk
    Contact.objects.update(email="")
    done = here.manage("erase_person", str(number), ORDER)

    assert done.returncode == 0, done.stderr
    assert Contact.objects.get().name == ""
    assert User.objects.get(email=ADDRESS).name == NAME

"""Which contacts lose their personal data, from which day on, and what stays of them."""

from datetime import timedelta
from typing import Any

import pytest

from partnerships.models import Contact
from partnerships.records.contacts.models import PERSONAL
from partnerships.records.contacts.retention import (
    GONE,
    clear_expired_contacts,
    clear_personal_fields,
    expired_contacts,
)
from tests.factories import TODAY, make_ministry, make_partnership
from tests.partnerships.acts.reasons import last_reason
from tests.record_factories import make_contact

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
PERSON = {
    "name": "Vorname Nachname",
    "salutation": "Sehr geehrte Frau Nachname",
    "email": "wer@demo.example",
    "phone": "0351 1",
    "remarks": "Spricht Deutsch",
}


def contact(**fields: Any) -> Contact:
    values = {"delete_after_on": YESTERDAY, "language": "Polnisch", **fields}
    made = make_contact(ministry=make_ministry(), partnership=make_partnership())
    Contact.objects.filter(pk=made.pk).update(**values)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize(
    ("day", "is_expired"), [(YESTERDAY, True), (TODAY, False), (TOMORROW, False), (None, False)]
)
def test_contact_expires_the_day_after(day: Any, is_expired: bool) -> None:
    contact(**PERSON, delete_after_on=day)

    assert expired_contacts(TODAY).exists() is is_expired


@pytest.mark.parametrize("name", PERSONAL)
def test_every_personal_field_alone_expires(name: str) -> None:
    contact(**{name: PERSON[name]})

    assert expired_contacts(TODAY).count() == 1


def test_contact_without_a_person_does_not_expire() -> None:
    contact(function="Referat Europa")

    assert not expired_contacts(TODAY).exists()


def test_expired_contacts_are_cleared_and_others_are_not() -> None:
    expired, kept = contact(**PERSON), contact(**PERSON, delete_after_on=TODAY)

    assert clear_expired_contacts(TODAY) == 1

    expired.refresh_from_db()
    kept.refresh_from_db()
    assert (expired.name, kept.name) == ("", "Vorname Nachname")
    assert last_reason(expired) == "Aufbewahrungsfrist abgelaufen"


def test_cleared_contact_keeps_what_is_not_personal() -> None:
    cleared = contact(**PERSON, function="Referat Europa")

    assert clear_personal_fields(Contact.objects.all(), reason="Löschung: Antrag") == 1

    cleared.refresh_from_db()
    assert [getattr(cleared, name) for name in PERSONAL] == [""] * len(PERSONAL)
    assert (cleared.function, cleared.language) == ("Referat Europa", "Polnisch")
    assert (cleared.delete_after_on, cleared.version) == (None, 2)
    assert last_reason(cleared) == "Löschung: Antrag"


def test_contact_that_was_only_a_person_says_so() -> None:
    cleared = contact(**PERSON, function="")

    clear_personal_fields(Contact.objects.all(), reason="Löschung")

    cleared.refresh_from_db()
    assert cleared.function == GONE


def test_only_the_named_contacts_are_cleared() -> None:
    named, other = contact(**PERSON), contact(**PERSON)

    assert clear_personal_fields(Contact.objects.filter(pk=named.pk), reason="Löschung") == 1

    other.refresh_from_db()
    assert (other.name, other.version) == ("Vorname Nachname", 1)

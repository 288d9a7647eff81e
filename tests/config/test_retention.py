"""What is kept longer than the settings say goes, by night and by command; a dry run changes nothing."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from ministries.clock import now, today
from ministries.mail.retention_actions import delete_expired_notifications
from ministries.models import Notification
from partnerships.models import Contact
from partnerships.records.contacts.retention import GONE, clear_expired_contacts
from tests.factories import make_ministry, make_partnership
from tests.record_factories import make_contact

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


def notification(days: int, number: int) -> Notification:
    sent = now() - timedelta(days=days)
    return Notification.objects.create(
        kind="request",
        to_address="post@demo.example",
        subject="Frist",
        body="Text",
        message_id=f"{number}@demo.example",
        state="sent",
        sent_at=sent,
    )


def contact(**fields: object) -> Contact:
    about = {"ministry": make_ministry(), "partnership": make_partnership()}
    made = make_contact(**about, **fields)
    Contact.objects.filter(pk=made.pk).update(delete_after_on=today() - YESTERDAY)
    return made


def test_old_mails_go_and_recent_ones_stay() -> None:
    notification(800, 1)
    recent = notification(30, 2)

    assert delete_expired_notifications(now()) == 1
    assert list(Notification.objects.all()) == [recent]


def test_contact_loses_the_person_and_keeps_the_function() -> None:
    named = contact(function="", name="Vorname Nachname", email="wer@demo.example")
    office = contact(function="Referat Europa", phone="0351 1")

    assert clear_expired_contacts(today()) == 2

    named.refresh_from_db()
    office.refresh_from_db()
    assert (named.function, named.name, named.email) == (GONE, "", "")
    assert (office.function, office.phone) == ("Referat Europa", "")
    assert clear_expired_contacts(today()) == 0


def test_dry_run_counts_and_changes_nothing() -> None:
    notification(800, 1)
    contact(name="Vorname Nachname")
    out = StringIO()

    call_command("apply_retention", "--dry-run", stdout=out)

    assert "Versandte Nachrichten: 1" in out.getvalue()
    assert Notification.objects.count() == 1
    assert Contact.objects.get().name == "Vorname Nachname"

"""Each house is asked by one letter; that it went out is told by the mail, or written down."""

from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from guidelines.models import CheckRound, RequestLetter
from guidelines.request_letters.actions import note_delivery
from guidelines.rounds.joining_actions import add_house_later
from ministries.models import Ministry, Notification
from ministries.tasks import NotDelivered, deliver
from tests.factories import NOW
from tests.guidelines.conftest import World


def asked_later(world: World, mailbox: str = "postfach@demo.example") -> RequestLetter:
    house = world.stranger.ministry
    Ministry.objects.filter(pk=house.pk).update(mailbox=mailbox)
    house.refresh_from_db()
    add_house_later(checks=[world.check], ministry=house, by=world.coordinator, now=NOW)
    return RequestLetter.objects.get(ministry=house)


def test_house_that_is_asked_gets_a_letter_with_its_list(world: World) -> None:
    letter = asked_later(world)

    mail = Notification.objects.get(to_address="postfach@demo.example")
    assert [row.ministry_id for row in letter.statements.all()] == [letter.ministry_id]
    assert (letter.due_on, letter.message_id) == (world.check_round.due_on, mail.message_id)
    assert not letter.is_sent


def test_delivered_mail_is_written_down(world: World) -> None:
    letter = asked_later(world)
    mail = Notification.objects.get(message_id=letter.message_id)

    deliver(notification_id=mail.pk)
    mail.refresh_from_db()
    Notification.objects.filter(pk=mail.pk).update(sent_at=NOW)
    note_delivery(Notification.objects.get(pk=mail.pk))

    letter.refresh_from_db()
    assert letter.mailed_at == mail.sent_at is not None
    assert letter.is_sent


def test_mail_that_fails_leaves_it_unsent(world: World, settings: Any) -> None:
    letter = asked_later(world)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # nobody answers

    with pytest.raises(NotDelivered):
        deliver(notification_id=Notification.objects.get(message_id=letter.message_id).pk)

    letter.refresh_from_db()
    assert not letter.is_sent


def test_mail_delivered_after_the_end_of_the_round_is_no_second_one(world: World) -> None:
    letter = asked_later(world)
    CheckRound.objects.update(
        state="broken_off",
        broken_off_at=NOW,
        broken_off_by=world.coordinator,
        broken_off_reason="x",
    )

    deliver(notification_id=Notification.objects.get(message_id=letter.message_id).pk)

    letter.refresh_from_db()
    assert letter.is_sent


def test_rounds_of_before_have_their_letters(world: World) -> None:
    world.check_round.refresh_from_db()
    Notification.objects.create(
        kind="request",
        state="sent",
        to_address=world.house.ministry.mailbox,
        subject="Anforderung",
        body="Text",
        message_id="<1@demo.example>",
        created_at=world.check_round.opened_at,
        sent_at=NOW,
    )
    filled = import_module("guidelines.migrations.0022_request_letters_filled")

    with connection.cursor() as cursor:
        cursor.execute(filled.LETTERS)
        cursor.execute(filled.ASKED)

    letters = {letter.ministry: letter for letter in RequestLetter.objects.all()}
    own, other = letters[world.house.ministry], letters[world.other.ministry]
    assert (len(letters), own.mailed_at, other.mailed_at) == (2, NOW, None)
    assert list(own.statements.all()) == [world.statement]

"""A letter that went out on another way: written down, corrected, struck, by the coordination."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import CheckRound, GuidelineCheck, RequestLetter
from guidelines.request_letters.actions import record_sending, record_sendings, strike_sending
from guidelines.request_letters.desk import desk_items, desk_rows
from guidelines.rounds.request_text import request_text
from ministries.history.tracking import events_of
from ministries.models import Ministry, Notification
from ministries.tasks import deliver
from tests.factories import NOW
from tests.guidelines.acts.test_request_letters import asked_later
from tests.guidelines.conftest import World
from ui.errors import Conflict, Refusal

DAY = date(2026, 11, 20)


def record(letter: RequestLetter, world: World, **changes: Any) -> None:
    values: dict[str, Any] = {
        "sent_on": DAY,
        "sent_way": "e_file",
        "sent_through": "Referat 33",
        "expected_version": letter.version,
        "by": world.coordinator,
        "now": NOW,
    }
    record_sending(letter=letter, **(values | changes))


def mails() -> Iterator[str]:
    return iter(Notification.objects.values_list("message_id", flat=True))


def test_house_without_a_mailbox_is_unsent_until_it_is_written_down(world: World) -> None:
    letter = asked_later(world, mailbox="")
    assert (letter.message_id, letter.is_sent) == ("", False)
    before = list(mails())

    record(letter, world)

    letter.refresh_from_db()
    assert letter.is_sent
    assert (letter.sent_on, letter.recorded_by) == (DAY, world.coordinator)
    assert list(mails()) == before


def on_the_desk(world: World) -> list[str]:
    items = desk_items(world.coordinator, DAY)
    assert len(items) == sum(rows.count() for rows in desk_rows(world.coordinator, DAY))
    assert desk_items(world.house.head, DAY) == desk_rows(world.house.head, DAY) == []
    return [item.object_label for item in items]


def test_unsent_letter_is_on_the_desk_until_it_is_written_down(world: World) -> None:
    letter = asked_later(world, mailbox="")
    assert on_the_desk(world) == [f"{world.check_round}: {letter.ministry.abbreviation}"]

    record(letter, world)

    assert on_the_desk(world) == []


def test_mail_is_on_the_desk_once_it_failed(world: World) -> None:
    letter = asked_later(world)
    assert on_the_desk(world) == []

    Notification.objects.filter(message_id=letter.message_id).update(state="failed")

    assert on_the_desk(world) == [f"{world.check_round}: {letter.ministry.abbreviation}"]


def test_letter_that_asks_for_nothing_more_is_not_on_the_desk(world: World) -> None:
    letter = asked_later(world, mailbox="")
    GuidelineCheck.objects.filter(pk=world.check.pk).update(
        taken_out_on=DAY, taken_out_by=world.coordinator, taken_out_because="Ruht."
    )

    assert not letter.is_sent
    assert on_the_desk(world) == []


def test_wrong_entry_is_corrected_and_struck_and_stays_in_the_history(world: World) -> None:
    letter = asked_later(world, mailbox="")
    record(letter, world)
    record(letter, world, sent_way="post", sent_through="Poststelle")
    by: dict[str, Any] = {"by": world.coordinator, "now": NOW}

    strike_sending(letter=letter, expected_version=letter.version, **by)

    letter.refresh_from_db()
    assert (letter.is_sent, letter.sent_way, letter.sent_through) == (False, "", "")
    kept = events_of(RequestLetter).filter(pgh_obj=letter.pk).order_by("pgh_id")
    assert [event.sent_way for event in kept] == ["", "e_file", "post", ""]
    with pytest.raises(Refusal, match="kein Versand eingetragen"):
        strike_sending(letter=letter, expected_version=letter.version, **by)


def test_second_of_two_entries_is_told(world: World) -> None:
    letter = asked_later(world, mailbox="")
    record(RequestLetter.objects.get(pk=letter.pk), world)

    with pytest.raises(Conflict):
        record(letter, world, sent_way="post")


def test_nothing_is_sent_in_the_future_or_after_the_end(world: World) -> None:
    letter = asked_later(world)
    with pytest.raises(Refusal, match="in der Zukunft"):
        record(letter, world, sent_on=NOW.date() + timedelta(days=1))
    letter.round.state = CheckRound.State.CLOSED
    with pytest.raises(Refusal, match="beendet"):
        record(letter, world)


@pytest.mark.parametrize("who", ["officer", "head", "manager"])
def test_only_the_coordination_writes_it_down(world: World, who: str) -> None:
    letter = asked_later(world)
    by = getattr(world.stranger, who)

    with pytest.raises(PermissionDenied):
        record(letter, world, by=by)
    with pytest.raises(PermissionDenied):
        strike_sending(letter=letter, expected_version=letter.version, by=by, now=NOW)
    assert not RequestLetter.objects.exclude(sent_on=None).exists()


def test_several_are_written_down_at_once_and_none_twice(world: World) -> None:
    letter = asked_later(world, mailbox="")
    how: dict[str, Any] = {"sent_on": DAY, "sent_way": "e_file", "sent_through": "Referat 33"}

    with pytest.raises(PermissionDenied):
        record_sendings(letters=[letter], **how, by=world.house.head, now=NOW)
    record_sendings(letters=[letter], **how, by=world.coordinator, now=NOW)

    letter.refresh_from_db()
    assert (letter.sent_on, letter.sent_through) == (DAY, "Referat 33")
    with pytest.raises(Refusal, match="inzwischen ein Versand eingetragen"):
        record_sendings(letters=[letter], **how, by=world.coordinator, now=NOW)


def renamed(letter: RequestLetter) -> None:
    """Afterwards the house has another mailbox, and another name."""
    changed = {"mailbox": "neu@demo.example", "name": "Ministerium für Neues"}
    Ministry.objects.filter(pk=letter.ministry_id).update(**changed)


def head(letter: RequestLetter) -> str:
    found = RequestLetter.objects.select_related("ministry", "round__edition").get(pk=letter.pk)
    return " ".join(request_text(found, [], None).recipient)


def test_letter_says_what_it_said_when_it_was_sent(world: World) -> None:
    letter = asked_later(world, mailbox="")
    name = letter.ministry.name
    record(letter, world)
    renamed(letter)
    assert head(letter) == name

    letter.refresh_from_db()
    record(letter, world, sent_way="post")
    assert head(letter) == name

    strike_sending(letter=letter, expected_version=letter.version, by=world.coordinator, now=NOW)
    assert head(letter) == "Ministerium für Neues neu@demo.example"


def test_mail_fixes_the_mailbox_it_went_to(world: World) -> None:
    letter = asked_later(world)
    name = letter.ministry.name
    mail = Notification.objects.get(message_id=letter.message_id)
    Ministry.objects.filter(pk=letter.ministry_id).update(mailbox="neu@demo.example")

    deliver(notification_id=mail.pk)
    renamed(letter)

    assert head(letter) == f"{name} postfach@demo.example"


def test_several_keep_what_they_said(world: World) -> None:
    letter = asked_later(world, mailbox="")
    name = letter.ministry.name
    how = {"sent_on": DAY, "sent_way": "post", "sent_through": "Poststelle"}
    record_sendings(letters=[letter], **how, by=world.coordinator, now=NOW)

    renamed(letter)

    assert head(letter) == name

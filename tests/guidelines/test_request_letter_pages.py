"""The pages of the letters: who still has to be written to, and what was sent how."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from guidelines.models import RequestLetter
from guidelines.rounds.joining_actions import add_house_later
from ministries.models import Ministry, Notification
from ministries.tasks import deliver
from tests.factories import NOW, make_check
from tests.guidelines.conftest import World, signed_in
from tests.templates import folded


@pytest.fixture
def letter(world: World) -> RequestLetter:
    house = world.stranger.ministry
    Ministry.objects.filter(pk=house.pk).update(mailbox="")
    house.refresh_from_db()
    add_house_later(checks=[world.check], ministry=house, by=world.coordinator, now=NOW)
    return RequestLetter.objects.get()


def all_url(world: World) -> str:
    return reverse("guidelines:request-letters", args=[world.check_round.slug])


def page(user: Any, url: str) -> str:
    return folded(signed_in(user).get(url).text)


def record(user: Any, letter: RequestLetter, **typed: str) -> Any:
    letter.refresh_from_db()
    url = reverse("guidelines:request-letter-sending", args=[letter.round.slug, letter.pk])
    data = {"_token": str(uuid.uuid4()), "_version": letter.version, "sent_on": "20.11.2026"}
    how = {"sent_way": "e_file", "sent_through": "Referat 33"}
    return signed_in(user).post(url, data | how | typed, follow=True)


def test_round_says_who_is_not_written_to_yet(world: World, letter: RequestLetter) -> None:
    unsent = f"noch nicht versandt an {letter.ministry.abbreviation}."
    assert unsent in page(world.coordinator, world.check_round.get_absolute_url())
    assert "Kein Funktionspostfach erfasst" in page(world.coordinator, all_url(world))

    record(world.coordinator, letter)

    assert "alle versandt." in page(world.coordinator, world.check_round.get_absolute_url())
    listed = page(world.coordinator, all_url(world))
    assert "durch Referat 33" in listed
    assert "Das Anschreiben ist versandt." in listed


def test_delivered_mail_shows_with_its_day(world: World) -> None:
    add_house_later(
        checks=[world.check], ministry=world.stranger.ministry, by=world.coordinator, now=NOW
    )
    letter = RequestLetter.objects.get()
    mail = Notification.objects.get(message_id=letter.message_id)
    assert "ist unterwegs" in page(world.coordinator, all_url(world))

    Notification.objects.filter(pk=mail.pk).update(state="failed")
    assert "ließ sich nicht zustellen" in page(world.coordinator, all_url(world))

    Notification.objects.filter(pk=mail.pk).update(state="queued")
    deliver(notification_id=mail.pk)
    assert "Mail von Brücke am" in page(world.coordinator, all_url(world))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"sent_way": ""}, "Wählen Sie, auf welchem Weg"),
        ({"sent_on": ""}, "an welchem Tag das Schreiben hinausging"),
        ({"sent_through": " "}, "wer das Schreiben auf den Weg gebracht hat"),
        ({"sent_on": "01.01.2090"}, "in der Zukunft"),
        ({"sent_way": "none"}, "gültige Auswahl"),
    ],
)
def test_what_is_missing_is_said(
    world: World, letter: RequestLetter, typed: dict[str, str], told: str
) -> None:
    response = record(world.coordinator, letter, **typed)

    assert response.status_code == 422
    assert told in response.text
    assert not RequestLetter.objects.exclude(sent_on=None).exists()


def test_entry_is_corrected_or_struck(world: World, letter: RequestLetter) -> None:
    record(world.coordinator, letter)

    assert "Post) durch" in record(world.coordinator, letter, sent_way="post").text
    struck = folded(record(world.coordinator, letter, sent_way="none").text)

    assert "ist gestrichen" in struck
    assert "noch nicht versandt" in struck
    assert "Referat 33" in struck.partition("Verlauf")[2]


def test_second_saver_meets_the_first(world: World, letter: RequestLetter) -> None:
    record(world.coordinator, letter)

    response = record(world.coordinator, letter, _version="1", sent_way="post")

    assert response.status_code == 409
    assert RequestLetter.objects.get().sent_way == "e_file"


def test_house_reads_its_own_letter_and_not_how_it_was_sent(
    world: World, letter: RequestLetter
) -> None:
    record(world.coordinator, letter)
    house = world.stranger

    read = page(house.officer, letter.get_absolute_url())
    listed = page(house.head, all_url(world))

    assert "Anschreiben an Ihr Haus" in page(house.head, world.check_round.get_absolute_url())
    assert "um eine Stellungnahme bis zum" in read
    for text in (read, listed):
        assert "Referat 33" not in text
        assert "versand/" not in text
    assert record(house.head, letter).status_code == 403


def test_others_read_no_letter(world: World, letter: RequestLetter) -> None:
    assert signed_in(world.house.officer).get(letter.get_absolute_url()).status_code == 404
    assert "kein Anschreiben erhalten" in page(world.house.officer, all_url(world))
    here = page(world.house.officer, world.check_round.get_absolute_url())
    assert "Anschreiben" not in here


def test_several_are_entered_on_one_page(world: World, letter: RequestLetter) -> None:
    add_house_later(
        checks=[make_check(check_round=world.check_round)],
        ministry=world.house.ministry,
        by=world.coordinator,
        now=NOW,
    )
    url = reverse("guidelines:request-letters-sending", args=[world.check_round.slug])
    client = signed_in(world.coordinator)
    keys = list(RequestLetter.objects.values_list("pk", flat=True))
    typed = {"sent_on": "20.11.2026", "sent_way": "e_file", "sent_through": "Referat 33"}

    assert f'value="{letter.pk}"' in client.get(url).text
    data = {"_token": str(uuid.uuid4()), "letters": keys, **typed}
    response = client.post(url, data, follow=True)

    assert "eingetragen für" in response.text
    assert RequestLetter.objects.filter(sent_through="Referat 33").count() == len(keys) == 2
    assert signed_in(world.stranger.head).get(url).status_code == 403

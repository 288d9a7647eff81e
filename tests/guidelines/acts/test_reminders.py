"""Houses are reminded of what they owe: by the coordination, and by the clock."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from guidelines.chasing.actions import remind
from guidelines.rounds.ending_actions import break_off_round
from ministries.models import Ministry, Notification
from tests.factories import NOW, make_check, make_ministry, make_partnership, make_statement
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.conftest import World, released, signed_in
from ui.errors import Refusal

EARLY = time(8, 13)


def reminded(world: World, *houses: Ministry, **changes: Any) -> list[Ministry]:
    values: dict[str, Any] = {
        "check_round": world.check_round,
        "houses": houses or [world.house.ministry, world.other.ministry],
        "text": "",
        "by": world.coordinator,
        "now": NOW,
    }
    return remind(**(values | changes))


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, EARLY))


def broken_off(world: World) -> None:
    break_off_round(check_round=world.check_round, reason="Neuwahl", by=world.coordinator, now=NOW)


# By the coordination


def test_each_house_gets_one_mail_with_all_it_owes(world: World) -> None:
    secret = make_partnership(name="Streng geheim", is_confidential=True)
    for partnership in (secret, make_partnership(name="Latium")):
        check = make_check(check_round=world.check_round, partnership=partnership)
        make_statement(ministry=world.house.ministry, check=check)

    reminded(world, text="Der Kabinettstermin steht fest.")

    mails = {mail.to_address: mail for mail in Notification.objects.all()}
    assert set(mails) == {world.house.ministry.mailbox, world.other.ministry.mailbox}
    mail = mails[world.house.ministry.mailbox]
    assert (mail.kind, "3 Stellungnahmen" in mail.subject) == ("reminder", True)
    assert "- Latium, bis " in mail.body
    assert "eine vertrauliche Partnerschaft" in mail.body
    assert "geheim" not in mail.body
    assert "Kabinettstermin" in mail.body


def test_who_has_given_all_is_not_reminded(world: World) -> None:
    released(world.statement, house=world.house)
    Notification.objects.all().delete()

    with pytest.raises(Refusal, match="inzwischen alles"):
        reminded(world)
    assert not Notification.objects.exists()


def test_nobody_is_reminded_twice_a_day(world: World) -> None:
    now = timezone.now()
    reminded(world, world.house.ministry, now=now)

    with pytest.raises(Refusal, match="Heute schon erinnert"):
        reminded(world, now=now)
    assert Notification.objects.count() == 1


def test_without_a_mailbox_the_page_says_so(world: World) -> None:
    Ministry.objects.filter(pk=world.house.ministry.pk).update(mailbox="")

    with pytest.raises(Refusal, match="Ohne Funktionspostfach"):
        reminded(world)


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_others_remind_nobody(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        reminded(world, by=person(world, who))


def test_ended_round_reminds_nobody(world: World) -> None:
    broken_off(world)

    with pytest.raises(Refusal, match="läuft nicht"):
        reminded(world)


def test_eight_houses_in_two_loads(world: World) -> None:
    for _ in range(6):
        make_statement(ministry=make_ministry(), check=world.check)
    client, url = signed_in(world.coordinator), f"{world.check_round.get_absolute_url()}erinnern/"

    page = client.get(url).text
    token = page.split('name="_token" value="')[1].split('"')[0]
    houses = list(Ministry.objects.filter(statements__isnull=False).values_list("slug", flat=True))
    assert page.count("checked") == len(houses) == 8
    answer = client.post(url, {"_token": token, "houses": houses, "text": ""})

    assert answer.status_code == 302
    assert Notification.objects.filter(kind="reminder").count() == 8
    assert "Heute schon erinnert" in client.get(url).text


def test_link_of_a_cell_ticks_one_house(world: World) -> None:
    client, url = signed_in(world.coordinator), f"{world.check_round.get_absolute_url()}erinnern/"

    page = client.get(f"{url}?ressort={world.house.ministry.slug}").text

    assert page.count("checked") == 1

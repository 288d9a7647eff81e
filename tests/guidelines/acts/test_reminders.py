"""Houses are reminded of what they owe: by the coordination, and by the clock."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from guidelines.chasing.actions import remind, remind_of_deadlines
from guidelines.models import CheckRound, Statement
from guidelines.rounds.ending_actions import break_off_round
from ministries.clock import today
from ministries.models import Ministry, Notification
from ministries.working_days import add_working_days
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
    assert "Heute ist schon an alle geschrieben" in client.get(url, follow=True).text


def test_page_names_who_was_reminded_today(world: World) -> None:
    reminded(world, world.house.ministry, now=timezone.now())
    client, url = signed_in(world.coordinator), f"{world.check_round.get_absolute_url()}erinnern/"

    page = client.get(url).text

    assert "Heute schon erinnert" in page
    assert page.count("checked") == 1


def test_link_of_a_cell_ticks_one_house(world: World) -> None:
    client, url = signed_in(world.coordinator), f"{world.check_round.get_absolute_url()}erinnern/"

    page = client.get(f"{url}?ressort={world.house.ministry.slug}").text

    assert page.count("checked") == 1


# By the clock


@pytest.mark.parametrize(("days", "number"), [(-6, 0), (-5, 2), (-4, 0), (0, 0), (1, 2), (2, 0)])
def test_five_working_days_before_and_one_after(world: World, days: int, number: int) -> None:
    day = add_working_days(world.check_round.due_on, days) if days else world.check_round.due_on

    assert remind_of_deadlines(at(day)) == number


def test_a_later_deadline_has_its_own_day(world: World) -> None:
    later = add_working_days(world.check_round.due_on, 10)
    Statement.objects.filter(pk=world.statement.pk).update(due_on=later)

    assert remind_of_deadlines(at(add_working_days(world.check_round.due_on, -5))) == 1
    assert remind_of_deadlines(at(add_working_days(later, -5))) == 1


def test_clock_reminds_once_a_day_and_not_after_a_person(world: World) -> None:
    day = add_working_days(today(), 5)
    CheckRound.objects.update(due_on=day)
    reminded(world, world.house.ministry, now=timezone.now())

    assert remind_of_deadlines(timezone.now()) == 1
    assert remind_of_deadlines(timezone.now()) == 0


def test_what_is_taken_out_or_ended_is_not_chased(world: World) -> None:
    day = at(add_working_days(world.check_round.due_on, -5))
    Statement.objects.filter(pk=world.statement.pk).update(
        taken_out_on=today(), taken_out_because="x"
    )
    assert remind_of_deadlines(day) == 1

    broken_off(world)

    assert remind_of_deadlines(day) == 0

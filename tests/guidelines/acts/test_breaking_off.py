"""A running round is broken off: why, by whom, under which name, and who is told."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import CheckRound, Edition
from guidelines.rounds.ending_actions import break_off_round
from ministries.models import Ministry, Notification
from tests.factories import NOW, make_round
from tests.guidelines.acts.conftest import NOT_COORDINATING, person, prepare
from tests.guidelines.conftest import World
from ui.errors import Refusal

REASON = "Die Leitlinien werden neu gefasst."


def break_off(world: World, **changes: Any) -> CheckRound:
    values: dict[str, Any] = {"reason": REASON, "by": world.coordinator, "now": NOW}
    return break_off_round(check_round=world.check_round, **(values | changes))


def test_broken_off_round_says_why_and_leaves_its_name(world: World) -> None:
    former = world.check_round.slug

    broken = break_off(world)

    assert (broken.state, broken.broken_off_reason) == ("broken_off", REASON)
    assert (broken.broken_off_at, broken.broken_off_by) == (NOW, world.coordinator)
    assert broken.slug == f"{former}-abgebrochen"
    assert str(broken) == f"Leitlinien-Check {former} (abgebrochen)"
    edition, partnerships = world.check_round.edition, [world.check.partnership]
    Edition.objects.filter(pk=edition.pk).update(published_at=NOW)
    edition.refresh_from_db()
    again = prepare(world.coordinator, edition, partnerships, year=int(former))
    assert again.slug == former


def test_second_round_broken_off_under_the_same_name(world: World) -> None:
    first = break_off(world)
    world.check_round = make_round(edition=first.edition, year=first.year)

    second = break_off(world)

    assert second.slug == f"{first.slug}-2"
    assert str(second) == f"{first}".replace("abgebrochen", "abgebrochen 2")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_round_is_not_broken_off_without_a_reason(world: World, reason: str) -> None:
    with pytest.raises(Refusal, match="warum"):
        break_off(world, reason=reason)


def test_round_in_preparation_is_not_broken_off(preparing: CheckRound, world: World) -> None:
    world.check_round = preparing

    with pytest.raises(Refusal, match="nicht möglich"):
        break_off(world)


@pytest.mark.parametrize("name", NOT_COORDINATING)
def test_others_break_off_no_round(world: World, name: str) -> None:
    with pytest.raises(PermissionDenied):
        break_off(world, by=person(world, name))


def test_every_asked_house_is_told_at_its_mailbox(world: World) -> None:
    Ministry.objects.filter(pk=world.other.ministry.pk).update(mailbox="")
    known_as = str(world.check_round)

    broken = break_off(world)

    mail = Notification.objects.get()
    assert (mail.to_address, mail.subject) == (
        world.house.ministry.mailbox,
        f"{known_as} abgebrochen",
    )
    assert REASON in mail.body
    assert mail.link == broken.get_absolute_url()

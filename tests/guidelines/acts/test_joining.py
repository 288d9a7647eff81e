"""Houses and partnerships that come to a running round later."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import CheckRound, Criterion, GuidelineCheck, Statement
from guidelines.rounds.joining_actions import add_house_later, add_partnerships, join_round
from ministries.models import Ministry, Notification, Role
from partnerships.models import Partnership
from tests.factories import (
    NOW,
    make_appointment,
    make_chancellery,
    make_partnership,
    make_subject_area,
)
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.conftest import World, closed, signed_in
from tests.guidelines.test_round_pages import post
from ui.errors import Refusal


def add(world: World, **changes: Any) -> list[Statement]:
    values: dict[str, Any] = {"checks": [world.check], "ministry": world.stranger.ministry}
    return add_house_later(**({"by": world.coordinator, "now": NOW} | values | changes))


def join(world: World, **changes: Any) -> list[Statement]:
    values: dict[str, Any] = {"checks": [world.check], "ministry": world.stranger.ministry}
    return join_round(**({"by": world.stranger.officer, "now": NOW} | values | changes))


def told(ministry: Ministry) -> Notification:
    return Notification.objects.get(to_address=ministry.mailbox)


# A house, asked by the coordination


def test_house_added_later_is_asked_and_written_to(world: World) -> None:
    (made,) = add(world)

    assert (made.asked_because, made.due_on) == (
        "von der Koordinierung nachträglich beteiligt",
        None,
    )
    notes = made.review_notes.values_list("criterion", flat=True)
    assert set(notes) == {criterion.pk for criterion in world.criteria}
    mail = told(world.stranger.ministry)
    assert str(world.check_round) in mail.subject
    assert world.check.partnership.name in mail.body
    assert Notification.objects.count() == 1


def test_house_added_later_may_have_more_time(world: World) -> None:
    due_on = world.check_round.due_on + timedelta(days=7)

    (made,) = add(world, due_on=due_on)

    assert made.deadline == due_on
    assert f"{due_on:%d.%m.%Y}" in told(world.stranger.ministry).subject


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "Früher kann sie nicht enden"), (800, "mehr als zwei Jahre voraus")]
)
def test_deadline_of_a_house_added_later_fits(world: World, days: int, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        add(world, due_on=world.check_round.due_on + timedelta(days=days))


def test_house_added_after_the_deadline_needs_one_of_its_own(world: World) -> None:
    CheckRound.objects.update(due_on=NOW.date() - timedelta(days=1))

    with pytest.raises(Refusal, match="in der Zukunft"):
        add(world)
    (made,) = add(world, due_on=NOW.date() + timedelta(days=7))
    assert made.pk


def test_house_asked_already_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="noch fehlt"):
        add(world, ministry=world.house.ministry)


def test_house_is_not_added_where_the_collection_is_closed(world: World) -> None:
    closed(world.check, by=world.coordinator)

    with pytest.raises(Refusal, match="geschlossen"):
        add(world)


def test_house_is_not_added_to_a_proposal(world: World) -> None:
    for state in ("evaluating", "proposed"):
        GuidelineCheck.objects.filter(pk=world.check.pk).update(state=state)

    with pytest.raises(Refusal, match="Nehmen Sie ihn zuerst"):
        add(world)


@pytest.mark.parametrize("name", NOT_COORDINATING)
def test_others_add_no_house(world: World, name: str) -> None:
    with pytest.raises(PermissionDenied):
        add(world, by=person(world, name))


# A house by its own wish


def test_house_takes_part_by_its_own_wish(world: World) -> None:
    chancellery = make_chancellery()

    (made,) = join(world)

    assert made.asked_because == "auf eigenen Wunsch"
    assert made.review_notes.count() == len(world.criteria)
    assert "bittet das" in told(world.stranger.ministry).body
    mail = told(chancellery)
    assert mail.subject.endswith(f"{world.stranger.ministry} beteiligt sich")
    assert world.check.partnership.name in mail.body


def test_house_joins_on_the_last_day(world: World) -> None:
    CheckRound.objects.update(due_on=NOW.date())

    (made,) = join(world)

    assert made.deadline == NOW.date()


def test_house_that_has_ended_is_still_asked_by_name(world: World) -> None:
    """Its people keep their functions until Technik moves them."""
    Ministry.objects.filter(pk=world.stranger.ministry.pk).update(
        valid_until=NOW.date() - timedelta(days=1)
    )

    (made,) = join(world)

    assert made.review_notes.exists()


def test_second_house_of_a_person_may_join(world: World) -> None:
    make_appointment(user=world.stranger.officer, role=Role.OFFICER, ministry=world.house.ministry)

    page = signed_in(world.stranger.officer).get(
        f"{world.check_round.get_absolute_url()}beteiligen/"
    )

    assert world.check.partnership.name in page.content.decode()


@pytest.mark.parametrize("is_late", [True, False])
def test_house_joins_nothing_that_is_over(world: World, is_late: bool) -> None:
    """By its own deadline or by the collection: never by a decision that is not visible yet."""
    if is_late:
        CheckRound.objects.update(due_on=NOW.date() - timedelta(days=1))
    else:
        closed(world.check, by=world.coordinator)
        Notification.objects.all().delete()

    with pytest.raises(Refusal, match="ist beendet"):
        join(world)
    assert not Notification.objects.exists()


@pytest.mark.parametrize("name", ["manager", "coordinator", "auditor", "foreign officer"])
def test_others_do_not_let_a_house_join(world: World, name: str) -> None:
    with pytest.raises(PermissionDenied):
        join(world, by=person(world, name))


# More partnerships


def test_partnership_added_later_asks_the_proposed_houses(world: World) -> None:
    lead = world.stranger.ministry
    latium = make_partnership(name="Latium", lead=lead)

    (check,) = add_partnerships(
        check_round=world.check_round, partnerships=[latium], by=world.coordinator, now=NOW
    )

    asked = Statement.objects.filter(guideline_check=check)
    assert {row.ministry for row in asked} == {lead, make_chancellery()}
    assert all(row.review_notes.exists() for row in asked)
    assert "Latium" in told(lead).body
    assert Notification.objects.count() == 2


def test_partnership_already_in_the_round_is_not_added_again(world: World) -> None:
    with pytest.raises(Refusal, match="noch nicht dabei"):
        add_partnerships(
            check_round=world.check_round,
            partnerships=Partnership.objects.all(),
            by=world.coordinator,
            now=NOW,
        )
    assert GuidelineCheck.objects.count() == 1


def test_partnership_with_a_question_for_nobody_is_not_added(world: World) -> None:
    Criterion.objects.filter(pk=world.criteria[0].pk).update(
        answered_by="area", subject_area=make_subject_area()
    )

    with pytest.raises(Refusal, match="Latium: Für Frage"):
        add_partnerships(
            check_round=world.check_round,
            partnerships=[make_partnership(name="Latium")],
            by=world.coordinator,
            now=NOW,
        )
    assert GuidelineCheck.objects.count() == 1


@pytest.mark.parametrize("name", NOT_COORDINATING)
def test_others_add_no_partnership(world: World, name: str) -> None:
    with pytest.raises(PermissionDenied):
        add_partnerships(
            check_round=world.check_round,
            partnerships=[make_partnership()],
            by=person(world, name),
            now=NOW,
        )


# Their pages


def test_coordination_adds_a_house_on_its_page(world: World) -> None:
    name, client = world.check_round.slug, signed_in(world.coordinator)
    assert (
        f"/leitlinien-checks/{name}/ressort-beteiligen/"
        in client.get(f"/leitlinien-checks/{name}/").text
    )

    answer = post(
        client,
        f"{name}/ressort-beteiligen/",
        ministry=str(world.stranger.ministry.pk),
        checks=[str(world.check.pk)],
    )

    assert answer.headers["Location"] == (
        f"/leitlinien-checks/{name}/?ministry={world.stranger.ministry.slug}"
    )
    assert Statement.objects.filter(ministry=world.stranger.ministry).exists()


def test_coordination_adds_a_partnership_on_its_page(world: World) -> None:
    latium, client = make_partnership(name="Latium"), signed_in(world.coordinator)
    name = world.check_round.slug

    answer = post(client, f"{name}/partnerschaften-nachtragen/", partnerships=[str(latium.pk)])

    assert answer.status_code == 302
    assert "Aufgenommen: Latium." in client.get(answer.headers["Location"]).text


def test_house_joins_on_its_page(world: World) -> None:
    name, client = world.check_round.slug, signed_in(world.stranger.head)
    url = f"/leitlinien-checks/{name}/"
    assert 'beteiligen/">Ihr Haus beteiligen</a>' in client.get(url).text
    more = "Ihr Haus an weiteren Partnerschaften beteiligen</a>"
    assert more in signed_in(world.house.head).get(url).text

    answer = post(
        client,
        f"{name}/beteiligen/",
        ministry=str(world.stranger.ministry.pk),
        checks=[str(world.check.pk)],
    )

    assert answer.status_code == 302
    shown = client.get(answer.headers["Location"]).text
    assert f"{world.stranger.ministry} ist jetzt beteiligt" in shown


def test_house_joins_for_no_other_house(world: World) -> None:
    answer = post(
        signed_in(world.stranger.head),
        f"{world.check_round.slug}/beteiligen/",
        ministry=str(world.other.ministry.pk),
        checks=[str(world.check.pk)],
    )

    assert answer.status_code == 422


def test_house_is_offered_only_what_is_open_and_not_its_own(world: World) -> None:
    url = f"/leitlinien-checks/{world.check_round.slug}/beteiligen/"
    partnership = world.check.partnership.name

    assert partnership in signed_in(world.stranger.officer).get(url).text
    assert partnership not in signed_in(world.house.officer).get(url).text
    closed(world.check, by=world.coordinator)
    assert partnership not in signed_in(world.stranger.officer).get(url).text

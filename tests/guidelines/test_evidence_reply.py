"""Nachweise in the answer to a Rückfrage: ticked there, fixed and read once it is released."""

from typing import Any

import pytest

from guidelines.models import Evidence, Query
from guidelines.queries.actions import answer, submit_reply, withdraw_query
from ministries.models import User
from partnerships.models import Activity
from tests.factories import NOW
from tests.guidelines.conftest import World, asked, fresh, released, reply_submitted, signed_in
from tests.guidelines.test_corrections import ACT, sent
from tests.guidelines.test_evidence import activity_of, cite, key_of
from tests.guidelines.test_query_pages import seen_by, typed
from tests.guidelines.test_releasing_several import listed
from tests.guidelines.test_statement_pages import path, text
from ui.errors import Refusal


@pytest.fixture
def query(world: World) -> Query:
    """About a statement that rests on an activity, renamed since."""
    activity = activity_of(world.house, world, title="Chorreise")
    cite(world, activity)
    released(fresh(world.statement), house=world.house)
    Activity.objects.filter(pk=activity.pk).update(title="Umbenannt")
    return asked(fresh(world.statement), by=world.coordinator)


@pytest.fixture
def new(world: World) -> Activity:
    return activity_of(world.house, world, title="Gastspiel", visibility="house")


def ticking(world: World, query: Query, *records: Any, **changes: str) -> dict[str, Any]:
    """As the form sends it: the text as it is, at the first question exactly these records."""
    name = f"evidence_{world.criteria[0].pk}"
    query = Query.objects.get(pk=query.pk)
    return typed(query, **changes) | {name: [key_of(record) for record in records]}


def replied(world: World, query: Query, *records: Any, by: User | None = None) -> Query:
    by = by or world.house.officer
    response = sent(by, query.get_absolute_url(), ticking(world, query, *records))
    assert response.status_code == 200
    return Query.objects.get(pk=query.pk)


def handed_over(world: World, query: Query) -> None:
    """Submitted by the officer, released by the head."""
    submit_reply(query=query, by=world.house.officer, now=NOW)
    answer(query=Query.objects.get(pk=query.pk), by=world.house.head, now=NOW)


@pytest.mark.parametrize("act", ["", "vorlegen/"])
def test_evidence_stands_beside_the_answer(world: World, query: Query, act: str) -> None:
    page = text(signed_in(world.house.officer), query.get_absolute_url() + act)

    assert ("Umbenannt" if not act else "Chorreise") in page
    assert ("Auch die Nachweise gehen mit" in page) is not bool(act)


def test_evidence_goes_along_as_it_was_released(world: World, query: Query) -> None:
    submitted = reply_submitted(query, by=world.house.officer)

    answer(query=submitted, by=world.house.head, now=NOW)

    assert "Chorreise" in Evidence.objects.get().wording
    assert "Chorreise" in text(signed_in(world.coordinator), path(world))


def test_the_house_reads_what_its_answer_changes(world: World, query: Query, new: Activity) -> None:
    reply = replied(world, query, new)
    assert list(reply.values) == [f"evidence_{world.criteria[0].pk}"]

    for address in ("", "vorlegen/"):
        assert "Gastspiel" in text(
            signed_in(world.house.officer), reply.get_absolute_url() + address
        )
    submit_reply(query=reply, by=world.house.officer, now=NOW)

    for page in (
        text(signed_in(world.house.head), reply.get_absolute_url()),
        listed(world.house.head),
    ):
        assert "Nachweise zu Frage" in page
        assert "Chorreise" in page
        assert "Gastspiel" in page
        assert "Staatskanzlei und andere Ressorts sehen das nicht" in page
    assert Evidence.objects.get().wording.startswith("Veranstaltung: Chorreise")


@pytest.mark.parametrize("who", ["coordinator", "other", "stranger"])
def test_ticks_in_the_house_change_no_byte_outside(
    world: World, query: Query, new: Activity, who: str
) -> None:
    world.check_round.is_open_reading = True
    world.check_round.save()
    user = world.coordinator if who == "coordinator" else getattr(world, who).officer
    before = seen_by(world, user)

    reply = replied(world, query, new)
    submit_reply(query=reply, by=world.house.officer, now=NOW)

    assert seen_by(world, user) == before


@pytest.mark.django_db(transaction=True)
def test_the_release_of_the_answer_settles_them(world: World, query: Query) -> None:
    new = activity_of(world.house, world, title="Gastspiel")
    handed_over(world, replied(world, query, new))
    Activity.objects.filter(pk=new.pk).update(title="Ganz anders")

    row = Evidence.objects.get()
    assert (row.activity, row.added_by) == (new, world.house.officer)
    page = text(signed_in(world.coordinator), path(world))
    assert "Veranstaltung: Gastspiel" in page
    assert "Chorreise" not in page
    told = text(signed_in(world.house.officer), query.get_absolute_url())
    assert "Was sich geändert hat (1)" in told
    assert "Chorreise" in told
    assert "Gastspiel" in told


def test_nothing_changed_is_no_new_version(world: World, query: Query) -> None:
    old = Activity.objects.get()

    assert replied(world, query, old).values == {}


@pytest.mark.django_db(transaction=True)
def test_a_colleague_keeps_what_they_may_not_see(world: World, query: Query) -> None:
    old = Activity.objects.get()
    secret = activity_of(world.house, world, title="Im Kreis", is_confidential=True)
    secret.circle.add(world.house.officer)
    replied(world, query, old, secret)

    page = text(signed_in(world.house.colleague), query.get_absolute_url())
    assert key_of(secret) not in page
    reply = replied(world, query, by=world.house.colleague)
    assert reply.values == {f"evidence_{world.criteria[0].pk}": key_of(secret)}
    handed_over(world, reply)

    assert "Im Kreis" in Evidence.objects.get().wording
    assert "Im Kreis" in text(signed_in(world.house.officer), query.get_absolute_url())
    assert "Im Kreis" not in text(signed_in(world.house.head), query.get_absolute_url())


@pytest.mark.django_db(transaction=True)
def test_a_head_corrects_ticks_with_the_answer(world: World, query: Query, new: Activity) -> None:
    old = Activity.objects.exclude(pk=new.pk).get()
    reply = replied(world, query, new)
    submit_reply(query=reply, by=world.house.officer, now=NOW)

    sent(world.house.head, reply.get_absolute_url() + ACT, ticking(world, query, old, new))

    assert sorted(row.key for row in Evidence.objects.all()) == [key_of(old), key_of(new)]
    page = text(signed_in(world.house.officer), reply.get_absolute_url())
    assert "Bei der Freigabe geändert" in page
    assert "Umbenannt" in page


def test_what_is_gone_meanwhile_is_said_at_the_release(
    world: World, query: Query, new: Activity
) -> None:
    reply = replied(world, query, new)
    submit_reply(query=reply, by=world.house.officer, now=NOW)
    new.delete()

    with pytest.raises(Refusal, match="steht nicht mehr zur Wahl"):
        answer(query=Query.objects.get(pk=query.pk), by=world.house.head, now=NOW)


def test_a_record_of_another_partnership_is_refused(world: World, query: Query) -> None:
    foreign = activity_of(world.house, world)
    foreign.partnerships.clear()
    data = ticking(world, query, foreign)

    response = sent(world.house.officer, query.get_absolute_url(), data)

    assert response.status_code == 422
    assert "steht nicht mehr zur Wahl" in response.content.decode()


def test_second_of_two_writers_sees_both_choices(world: World, query: Query, new: Activity) -> None:
    old = Activity.objects.exclude(pk=new.pk).get()
    stale = ticking(world, query, old, new)
    replied(world, query, by=world.house.colleague)

    response = sent(world.house.officer, query.get_absolute_url(), stale)

    assert response.status_code == 409
    assert "Gastspiel" in response.content.decode()


def test_ticks_are_kept_as_typed(world: World, query: Query, new: Activity) -> None:
    data = ticking(world, query, new)
    client = signed_in(world.house.officer)
    assert client.post(query.get_absolute_url() + "entwurf/", data).status_code == 200

    page = text(client, query.get_absolute_url())

    assert "Wiederhergestellt" in page
    assert f'value="{key_of(new)}" id="id_evidence_{world.criteria[0].pk}_0" checked' in page
    assert Query.objects.get(pk=query.pk).values == {}


def test_what_was_ticked_ends_with_the_query(world: World, query: Query, new: Activity) -> None:
    reply = replied(world, query, new)

    withdraw_query(query=reply, by=world.coordinator, now=NOW)

    assert "Chorreise" in Evidence.objects.get().wording
    assert "Gastspiel" not in text(signed_in(world.house.officer), query.get_absolute_url())

"""Nachweise once released: fixed, and read by whoever may see the record."""

import re
from typing import Any

import pytest

from guidelines.models import Evidence
from guidelines.statements.actions import release, submit, take_back, withdraw
from partnerships.models import Activity
from tests.factories import NOW
from tests.guidelines.conftest import World, fresh, released, signed_in, submitted
from tests.guidelines.test_corrections import ACT, sent
from tests.guidelines.test_evidence import activity_of, cite, ticks
from tests.guidelines.test_releasing_several import listed
from tests.guidelines.test_statement_conflict import form_data
from tests.guidelines.test_statement_pages import path, text


def test_the_wording_is_fixed_at_release(world: World) -> None:
    activity = activity_of(world.house, world, title="Chorreise", file_reference="4-01")
    cite(world, activity)
    released(fresh(world.statement), house=world.house)

    Activity.objects.filter(pk=activity.pk).update(title="Umbenannt")

    page = text(signed_in(world.coordinator), path(world))
    assert "Veranstaltung: Chorreise, 12.05.2026, Az. 4-01" in page
    assert "Umbenannt" not in page


def test_before_release_it_reads_as_today(world: World) -> None:
    activity = activity_of(world.house, world, title="Chorreise")
    cite(world, activity)
    submitted(fresh(world.statement), by=world.house.officer)

    Activity.objects.filter(pk=activity.pk).update(title="Umbenannt")

    assert "Umbenannt" in text(signed_in(world.house.head), path(world))


def test_what_the_head_may_not_see_is_fixed_too(world: World) -> None:
    secret = activity_of(world.house, world, title="Im Kreis", is_confidential=True)
    secret.circle.add(world.house.officer)
    cite(world, secret)

    released(fresh(world.statement), house=world.house)

    assert "Im Kreis" in Evidence.objects.get().wording
    assert "Im Kreis" in text(signed_in(world.house.officer), path(world))
    assert "Im Kreis" not in text(signed_in(world.house.head), path(world))


def test_what_was_hidden_at_release_is_not_told_later(world: World) -> None:
    """The record is opened under another title; the wording is that of the release."""
    secret = activity_of(world.house, world, title="Geheimgespräch", visibility="house")
    cite(world, secret)
    released(fresh(world.statement), house=world.house)

    Activity.objects.filter(pk=secret.pk).update(title="Gespräch", visibility="government")

    for who in (world.coordinator, world.other.officer):
        assert not Evidence.objects.of_seen(who).exists()
    assert "Geheimgespräch" not in text(signed_in(world.coordinator), path(world))
    assert "Geheimgespräch" in text(signed_in(world.house.officer), path(world))


def test_the_list_of_a_head_shows_it(world: World) -> None:
    cite(world, activity_of(world.house, world, title="Chorreise", visibility="house"))
    submitted(fresh(world.statement), by=world.house.officer)

    page = listed(world.house.head)

    assert "Veranstaltung: Chorreise" in page
    assert "Staatskanzlei und andere Ressorts sehen das nicht" in page


def test_a_head_corrects_ticks_with_the_release(world: World) -> None:
    wrong, right = (activity_of(world.house, world, title=name) for name in ("Falsche", "Rechte"))
    cite(world, wrong)
    submitted(fresh(world.statement), by=world.house.officer)
    form = text(signed_in(world.house.head), path(world, ACT))
    version = fresh(world.statement).version

    sent(
        world.house.head, path(world, ACT), form_data(world, version=version) | ticks(world, right)
    )

    assert "Falsche" in form
    assert "Aktivität nachtragen" not in form
    assert fresh(world.statement).state == "released"
    assert Evidence.objects.get().wording.startswith("Veranstaltung: Rechte")


@pytest.mark.django_db(transaction=True)
def test_the_head_sees_which_evidence_changed(world: World) -> None:
    kept, gone, new = (
        activity_of(world.house, world, title=name) for name in ("Erste", "Zweite", "Dritte")
    )
    cite(world, kept, gone)
    statement = released(fresh(world.statement), house=world.house)
    withdraw(statement=statement, by=world.house.head, now=NOW)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)
    assert "Nachweise zu Frage" not in changes(world)
    take_back(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    cite(world, kept, new)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    told = changes(world)
    assert "Nachweise zu Frage" in told
    assert "Zweite" in told
    assert "Dritte" in told


def changes(world: World) -> str:
    return listed(world.house.head).partition('class="change"')[2]


def test_withdrawn_it_is_open_with_its_evidence(world: World) -> None:
    activity = activity_of(world.house, world, title="Chorreise")
    cite(world, activity)
    statement = released(fresh(world.statement), house=world.house)

    withdraw(statement=statement, by=world.house.head, now=NOW)
    Activity.objects.filter(pk=activity.pk).update(title="Umbenannt")

    assert "Umbenannt" in text(signed_in(world.house.officer), path(world))
    statement = submitted(fresh(world.statement), by=world.house.officer)
    release(statement=statement, by=world.house.head, now=NOW)
    assert "Umbenannt" in Evidence.objects.get().wording


def test_what_another_house_took_over_keeps_its_wording(world: World) -> None:
    activity = activity_of(world.house, world, title="Chorreise", visibility="house")
    cite(world, activity)
    released(fresh(world.statement), house=world.house)
    kept = Evidence.objects.get().wording

    Activity.objects.filter(pk=activity.pk).update(
        ministry=world.stranger.ministry, title="Umbenannt"
    )

    assert Evidence.objects.get().wording == kept
    assert "Chorreise" not in text(signed_in(world.house.officer), path(world))
    Activity.objects.filter(pk=activity.pk).update(visibility="government")
    assert "Chorreise" in text(signed_in(world.house.officer), path(world))


def test_a_house_renamed_keeps_its_evidence(world: World) -> None:
    cite(world, activity_of(world.house, world, title="Chorreise"))
    before = text(signed_in(world.house.officer), path(world))
    world.house.ministry.name = "Staatsministerium für Neues"
    world.house.ministry.save()

    released(fresh(world.statement), house=world.house)

    assert "Chorreise" in before
    assert "Chorreise" in text(signed_in(world.coordinator), path(world))


# Who may not see the record


HIDDEN = (
    {"visibility": "house"},
    {"visibility": "outline"},
    {"is_confidential": True, "visibility": "house"},
)


def without_token(page: str) -> str:
    return re.sub(r'"[A-Za-z0-9]{64}"', "", page)


@pytest.mark.parametrize("fields", HIDDEN, ids=str)
@pytest.mark.parametrize("act", ["", "druck/"])
def test_whoever_may_not_see_the_record_reads_nothing_of_it(
    world: World, fields: dict[str, Any], act: str
) -> None:
    activity = activity_of(world.house, world, title="Geheimreise", **fields)
    activity.circle.add(world.house.officer)
    cite(world, activity)
    released(fresh(world.statement), house=world.house)
    with_it = text(signed_in(world.house.officer), path(world, act))
    told = without_token(text(signed_in(world.coordinator), path(world, act)))

    Evidence.objects.all().delete()

    assert "Geheimreise" in with_it
    assert "Geheimreise" not in told
    assert without_token(text(signed_in(world.coordinator), path(world, act))) == told


def test_the_author_is_warned(world: World) -> None:
    inside = activity_of(world.house, world, title="Hausinterne", visibility="house")
    circle = activity_of(world.house, world, title="Vertrauliche", is_confidential=True)
    circle.circle.add(world.house.officer)
    activity_of(world.house, world, title="Offene")

    page = text(signed_in(world.house.officer), path(world))

    assert "Hausinterne, 12.05.2026 (Staatskanzlei und andere Ressorts sehen das nicht)" in page
    assert "Vertrauliche, 12.05.2026 (andere Ressorts sehen das nicht)" in page
    assert "Offene, 12.05.2026<" in page
    cite(world, inside, circle)
    checked = text(signed_in(world.house.officer), path(world, "vorlegen/"))
    assert "Staatskanzlei und andere Ressorts sehen das nicht" in checked

"""Nachweise: records cited at an answer, fixed at release, read by whoever may see them."""

from typing import Any

import pytest

from guidelines.models import Evidence, Statement
from ministries.models import User
from partnerships.models import Activity
from tests.factories import make_agreement
from tests.guidelines.conftest import (
    House,
    World,
    fresh,
    signed_in,
    write,
)
from tests.guidelines.test_statement_conflict import form_data
from tests.guidelines.test_statement_pages import path, text
from tests.record_factories import make_activity, make_commitment, make_document
from ui.errors import Conflict, Refusal


def activity_of(house: House, world: World, **fields: Any) -> Activity:
    return make_activity(ministry=house.ministry, partnerships=[world.check.partnership], **fields)


def cite(world: World, *records: Any, by: User | None = None, **changes: Any) -> Statement:
    """Ticked at the first question, and saved."""
    statement, first = fresh(world.statement), world.criteria[0].pk
    chosen = {first: [key_of(record) for record in records]}
    return write(statement, by=by or world.house.officer, evidence=chosen, **changes)


def key_of(record: Any) -> str:
    return f"{record._meta.model_name}-{record.pk}"


def cited(world: World) -> list[str]:
    return sorted(row.key for row in Evidence.objects.of_statement(world.statement.pk))


def ticks(world: World, *records: Any) -> dict[str, Any]:
    return {f"evidence_{world.criteria[0].pk}": [key_of(record) for record in records]}


def saved(world: World, data: dict[str, Any], by: User | None = None) -> Any:
    return signed_in(by or world.house.officer).post(path(world), data, follow=True)


# Ticking


def test_a_tick_cites_the_record(world: World) -> None:
    activity = activity_of(world.house, world, title="Chorreise")
    agreement = make_agreement(partnership=world.check.partnership)

    saved(world, form_data(world, version=1) | ticks(world, activity, agreement))

    assert cited(world) == [key_of(activity), key_of(agreement)]
    row = Evidence.objects.first()
    assert row is not None
    assert row.added_by == world.house.officer
    assert row.review_note.criterion == world.criteria[0]
    assert fresh(world.statement).version == 2


def test_a_tick_alone_is_a_version(world: World) -> None:
    write(world.statement, by=world.house.officer)
    activity = activity_of(world.house, world)

    cite(world, activity)

    assert fresh(world.statement).version == 3
    with pytest.raises(Conflict):
        cite(world, expected_version=2)
    assert cited(world) == [key_of(activity)]


def test_a_tick_taken_away_is_gone(world: World) -> None:
    cite(world, activity_of(world.house, world))

    cite(world)

    assert cited(world) == []


def test_saving_without_ticks_leaves_them(world: World) -> None:
    cite(world, activity_of(world.house, world))

    write(fresh(world.statement), by=world.house.officer, key_message="Anders.")

    assert len(cited(world)) == 1


def test_every_kind_is_offered_the_own_house_first(world: World) -> None:
    partnership, own = world.check.partnership, world.house.ministry
    activity_of(world.other, world, title="Fremde Reise")
    activity_of(world.house, world, title="Eigene Reise", file_reference="4-01")
    make_agreement(partnership=partnership, title="Memorandum 2020")
    make_commitment(ministry=own, partnership=partnership, title="Gegenbesuch")
    uploaded = {"uploaded_by": world.house.officer, "title": "Programmheft"}
    make_document(ministry=own, partnership=partnership, **uploaded)

    page = text(signed_in(world.house.officer), path(world))

    told = ["Eigene Reise", "Gegenbesuch", "Programmheft", "Fremde Reise", "Memorandum 2020"]
    places = [page.index(word, page.index("Nachweise nennen")) for word in told]
    assert places == sorted(places)
    assert "Veranstaltung: Eigene Reise, 12.05.2026, Az. 4-01" in page
    assert "Zusage: Gegenbesuch, fällig am 30.06.2027" in page


def test_what_is_chosen_stands_below_the_answer(world: World) -> None:
    cite(world, activity_of(world.house, world, title="Chorreise"))

    page = text(signed_in(world.house.officer), path(world))

    assert page.index("Chorreise") < page.index("Nachweise ändern")


def test_only_records_of_the_partnership_can_be_cited(world: World) -> None:
    elsewhere = make_activity(ministry=world.house.ministry)

    with pytest.raises(Refusal, match="steht nicht mehr zur Wahl"):
        cite(world, elsewhere)

    response = saved(world, form_data(world, version=1) | ticks(world, elsewhere))
    assert response.status_code == 422
    assert "steht nicht mehr zur Wahl" in response.content.decode()

"""Nachweise: records cited at an answer, fixed at release, read by whoever may see them."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from guidelines.models import Evidence, ReviewNote, Statement, StatementDraft
from guidelines.statements.actions import file_nil_return
from ministries.models import User
from partnerships.models import Activity
from tests.factories import NOW, make_agreement
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


def test_what_one_may_not_see_cannot_be_cited(world: World) -> None:
    hidden = activity_of(world.other, world, visibility="house", title="Im Haus")

    assert "Im Haus" not in text(signed_in(world.house.officer), path(world))
    with pytest.raises(Refusal):
        cite(world, hidden)


def test_what_a_colleague_may_not_see_stays(world: World) -> None:
    secret = activity_of(world.house, world, is_confidential=True)
    secret.circle.add(world.house.officer)
    cite(world, secret)

    cite(world, by=world.house.colleague)

    assert cited(world) == [key_of(secret)]


def test_what_is_archived_stays_cited(world: World) -> None:
    activity = activity_of(world.house, world)
    cite(world, activity)
    who = {"archived_by": world.house.officer, "archive_reason": "Doppelt"}
    Activity.objects.filter(pk=activity.pk).update(archived_on=NOW.date(), **who)

    cite(world, activity)

    assert cited(world) == [key_of(activity)]


def test_a_nil_return_cites_nothing(world: World) -> None:
    cite(world, activity_of(world.house, world))

    file_nil_return(statements=[fresh(world.statement)], by=world.house.officer, now=NOW)

    assert cited(world) == []


def test_evidence_is_exactly_one_record(world: World) -> None:
    note = ReviewNote.objects.filter(statement=world.statement).first()
    activity = activity_of(world.house, world)
    agreement = make_agreement(partnership=world.check.partnership)
    common = {"review_note": note, "added_at": NOW, "added_by": world.house.officer}

    for records in ({}, {"activity": activity, "agreement": agreement}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.create(**common, **records)
    Evidence.objects.create(**common, activity=activity)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(**common, activity=activity)


def test_save_with_ticks_costs_at_most_25_queries(world: World) -> None:
    gone, new = (activity_of(world.house, world) for _ in range(2))
    cite(world, gone)
    client = signed_in(world.house.officer)
    data = form_data(world, version=2, key_message="Neu") | ticks(world, new)
    text(client, path(world))

    with CaptureQueriesContext(connection) as captured:
        assert client.post(path(world), data).status_code == 302

    assert cited(world) == [key_of(new)]
    queries = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(queries) <= 25


# More than one would tick through


@pytest.fixture
def many(world: World) -> None:
    for number in range(31):
        activity_of(world.house, world, title=f"Reise {number:02}")


def further(world: World, text: str) -> dict[str, Any]:
    return form_data(world, version=1) | {f"further_{world.criteria[0].pk}": text}


def test_many_records_are_searched(world: World, many: None) -> None:
    page = text(signed_in(world.house.officer), path(world))

    assert page.count("Veranstaltung: Reise 07") == 1
    assert f'name="further_{world.criteria[0].pk}"' in page
    assert f'name="evidence_{world.criteria[0].pk}"' not in page


@pytest.mark.parametrize("typed", ["Veranstaltung: Reise 07, 12.05.2026", "reise 07"])
def test_what_is_found_is_cited_beside_the_others(world: World, many: None, typed: str) -> None:
    first = Activity.objects.get(title="Reise 01")

    page = saved(world, further(world, typed) | ticks(world, first)).content.decode()

    assert cited(world) == sorted([key_of(first), key_of(Activity.objects.get(title="Reise 07"))])
    assert page.count(" checked") >= 2


@pytest.mark.parametrize(
    ("typed", "problem"), [("Reise", "passt mehrere"), ("Flug", "passt kein Eintrag")]
)
def test_what_is_not_found_is_said(world: World, many: None, typed: str, problem: str) -> None:
    response = saved(world, further(world, typed))

    assert response.status_code == 422
    assert f"Zu „{typed}“ {problem}" in response.content.decode()


def test_words_of_one_more_are_kept_as_typed(world: World, many: None) -> None:
    name = f"further_{world.criteria[0].pk}"
    client = signed_in(world.house.officer)

    client.post(f"{path(world)}entwurf/", {name: "Reise 0", "_version": "1"})

    assert StatementDraft.objects.get().data[name] == "Reise 0"


def test_two_that_read_the_same_are_told_apart(world: World, many: None) -> None:
    alike = [activity_of(world.house, world, title="Reise 07") for _ in range(2)]
    page = text(signed_in(world.house.officer), path(world))

    words = f"Veranstaltung: Reise 07, 12.05.2026, Nr. {alike[0].pk}"
    assert words in page
    saved(world, further(world, words))
    assert cited(world) == [key_of(alike[0])]

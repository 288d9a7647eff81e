"""Where no head can be the second person: who is told, and the release recorded from paper or E-Akte."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from guidelines.models import Statement
from guidelines.queries.actions import answer
from guidelines.statements.actions import record_release, submit
from guidelines.statements.desk import desk_items, desk_rows
from ministries.clock import today
from ministries.models import Role, User
from tests.factories import NOW, make_user
from tests.guidelines.conftest import (
    World,
    asked,
    fresh,
    released,
    reply_submitted,
    signed_in,
    write,
)
from ui.errors import Refusal
from ui.receipts import new_token

DAY = NOW.date()
PAPER: dict[str, Any] = {
    "function": "Abteilungsleitung 4",
    "released_on": DAY,
    "reference": "4-0123/7",
}


def written_by_the_head(world: World) -> Statement:
    """By the only head of the house alone; the officer submits."""
    write(world.statement, by=world.house.head, vote="expand")
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)
    return fresh(world.statement)


def record(statement: Statement, by: User, **changes: Any) -> None:
    record_release(statement=statement, by=by, now=NOW, **(PAPER | changes))


def verbs(user: User) -> list[str]:
    items = desk_items(user, today())
    assert len(items) == sum(rows.count() for rows in desk_rows(user, today()))
    return [item.verb for item in items if item.verb.startswith("Freigabe")]


def page(world: World, user: User, act: str = "") -> str:
    response = signed_in(user).get(f"/stellungnahmen/{world.statement.pk}/{act}")
    assert response.status_code == 200
    return response.content.decode()


def test_second_person_records_a_release_from_outside(world: World) -> None:
    statement = written_by_the_head(world)

    record(statement, by=world.house.colleague)

    found = fresh(statement)
    assert found.state == "released"
    assert found.released_by == world.house.colleague
    assert found.released_outside_function == "Abteilungsleitung 4"
    assert (found.released_outside_on, found.released_outside_reference) == (DAY, "4-0123/7")
    assert found.fact_sheet is not None


@pytest.mark.parametrize("who", ["officer", "head", "manager"])
def test_author_or_manager_records_no_release(world: World, who: str) -> None:
    statement = written_by_the_head(world)

    with pytest.raises(PermissionDenied):
        record(statement, by=getattr(world.house, who))


def test_foreign_house_records_no_release(world: World) -> None:
    statement = written_by_the_head(world)

    with pytest.raises(PermissionDenied):
        record(statement, by=world.other.head)


@pytest.mark.parametrize("field", ["function", "reference"])
def test_release_from_outside_needs_all_its_facts(world: World, field: str) -> None:
    statement = written_by_the_head(world)

    with pytest.raises(Refusal, match="Nennen Sie"):
        record(statement, by=world.house.colleague, **{field: " "})


@pytest.mark.parametrize(
    ("day", "told"),
    [(DAY + timedelta(days=1), "in der Zukunft"), (date(2020, 1, 1), "vor der Eröffnung")],
)
def test_release_from_outside_on_an_impossible_day(world: World, day: date, told: str) -> None:
    statement = written_by_the_head(world)

    with pytest.raises(Refusal, match=told):
        record(statement, by=world.house.colleague, released_on=day)


def test_half_a_release_from_outside_is_refused_by_the_database(world: World) -> None:
    statement = released(world.statement, house=world.house)

    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(released_outside_on=DAY)


def test_answer_clears_the_release_from_outside(world: World) -> None:
    statement = written_by_the_head(world)
    record(statement, by=world.house.colleague)
    query = asked(fresh(statement), by=world.coordinator)

    answer(query=reply_submitted(query, by=world.house.officer), by=world.house.head, now=NOW)

    assert fresh(statement).released_outside_on is None


def test_desk_of_the_head_who_wrote_alone(world: World) -> None:
    written_by_the_head(world)

    assert verbs(world.house.head) == ["Freigabe klären"]


def test_desk_of_the_colleague_who_can_record(world: World) -> None:
    written_by_the_head(world)

    assert verbs(world.house.colleague) == ["Freigabe eintragen oder klären"]


def test_desk_says_nothing_where_another_head_can_release(world: World) -> None:
    second = make_user(role=Role.HEAD, ministry=world.house.ministry)
    written_by_the_head(world)

    assert verbs(world.house.head) == []
    assert [item.verb for item in desk_items(second, today())] == ["Stellungnahme freigeben"]


def test_inactive_head_counts_for_nobody(world: World) -> None:
    make_user(role=Role.HEAD, ministry=world.house.ministry, is_active=False)
    written_by_the_head(world)

    assert verbs(world.house.head) == ["Freigabe klären"]


def test_head_is_warned_before_writing_alone(world: World) -> None:
    body = page(world, world.house.head)

    assert "Wenn nur Sie schreiben, muss jemand anderes freigeben" in body
    assert "In Ihrem Haus kann das sonst niemand in Brücke" in body


def test_head_is_told_who_else_releases(world: World) -> None:
    make_user(role=Role.HEAD, ministry=world.house.ministry, name="Dr. Beispiel")

    assert "Freigeben kann dann: Dr. Beispiel." in page(world, world.house.head)


def test_head_is_not_warned_where_another_has_written(world: World) -> None:
    write(world.statement, by=world.house.officer)

    assert "muss jemand anderes freigeben" not in page(world, world.house.head)


def test_officer_is_not_warned(world: World) -> None:
    assert "muss jemand anderes freigeben" not in page(world, world.house.officer)


def test_page_names_the_ways_out(world: World) -> None:
    written_by_the_head(world)

    body = page(world, world.house.head)

    assert "Niemand in Ihrem Haus kann diese Stellungnahme in Brücke freigeben" in body
    assert f"Eintragen kann sie dann: {world.house.colleague.name}." in body
    assert "zurueckgeben/" in body
    assert "freigabe-eintragen/" not in body


def test_page_offers_to_record_to_the_second_person(world: World) -> None:
    written_by_the_head(world)

    assert "freigabe-eintragen/" in page(world, world.house.colleague)


def test_submit_says_that_nobody_can_release(world: World) -> None:
    write(world.statement, by=world.house.head)
    client = signed_in(world.house.officer)

    address = f"/stellungnahmen/{world.statement.pk}/vorlegen/"
    response = client.post(address, {"_token": new_token(), "_version": "2"}, follow=True)

    assert "niemand in Brücke freigeben" in response.content.decode()


def test_release_is_recorded_from_the_page_and_shown(world: World) -> None:
    statement = written_by_the_head(world)
    typed = {
        "_token": new_token(),
        "_version": str(statement.version),
        "function": "Abteilungsleitung 4",
        "released_on": f"{today():%d.%m.%Y}",
        "reference": "4-0123/7",
    }

    response = signed_in(world.house.colleague).post(
        f"/stellungnahmen/{statement.pk}/freigabe-eintragen/", typed
    )

    assert response.status_code == 302
    assert "Freigegeben außerhalb von Brücke durch Abteilungsleitung 4" in page(
        world, world.coordinator
    )
    assert world.house.colleague.name not in page(world, world.coordinator)


def test_text_changed_meanwhile_keeps_what_was_typed(world: World) -> None:
    statement = written_by_the_head(world)
    typed = {
        "_token": new_token(),
        "_version": str(statement.version - 1),
        "function": "Abteilungsleitung 4",
        "released_on": f"{today():%d.%m.%Y}",
        "reference": "4-0123/7",
    }

    response = signed_in(world.house.colleague).post(
        f"/stellungnahmen/{statement.pk}/freigabe-eintragen/", typed
    )

    assert response.status_code == 409
    assert 'value="4-0123/7"' in response.content.decode()
    assert f'name="_version" value="{statement.version}"' in response.content.decode()


def test_head_alone_submits_and_is_on_his_own_desk(world: World) -> None:
    write(world.statement, by=world.house.head)
    submit(statement=fresh(world.statement), by=world.house.head, now=NOW)

    assert verbs(world.house.head) == ["Freigabe klären"]


def test_desk_and_page_say_who_submitted_and_what_helps(world: World) -> None:
    write(world.statement, by=world.house.head)
    submit(statement=fresh(world.statement), by=world.house.head, now=NOW)

    (item,) = desk_items(world.house.colleague, today())
    page = signed_in(world.house.colleague).get(item.url).content.decode()

    assert item.asked_by == f"{world.house.head.name}, {world.house.ministry}"
    help_ = page.index("Eine andere Person holt sie mit")
    assert help_ < page.index("Faktenblatt")
    named = page[help_:].split("</li>")[0]
    assert world.house.colleague.name in named
    assert world.house.head.name not in named

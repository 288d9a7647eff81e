"""„Aktivität nachtragen“: from a question to a new activity that is cited there."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import StatementDraft
from guidelines.statements.actions import cite, submit
from ministries.clock import today
from ministries.models import User
from partnerships.models import Activity
from tests.factories import NOW
from tests.guidelines.conftest import World, fresh, signed_in, submitted, write
from tests.guidelines.test_evidence import activity_of, cited, key_of, saved
from tests.guidelines.test_statement_conflict import form_data, race
from tests.guidelines.test_statement_pages import path
from ui.receipts import new_token


def address(world: World) -> str:
    return f"{path(world)}fragen/{world.criteria[0].pk}/aktivitaet/"


def activity_data(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "_token": new_token(),
        "title": "Chorreise",
        "period": "3.–5.4.2026",
        "kind": "event",
        "ministry": str(world.house.ministry.pk),
        "partnerships": [str(world.check.partnership.pk)],
        "visibility": "government",
    } | changes


def test_the_button_saves_and_leads_to_a_new_activity(world: World) -> None:
    data = form_data(world, version=1) | {"_next": f"nachtragen-{world.criteria[0].pk}"}

    response = saved(world, data)

    assert response.redirect_chain == [(address(world), 302)]
    assert fresh(world.statement).key_message == "Mein Text."
    page = response.content.decode()
    chosen = rf'name="partnerships"\s+value="{world.check.partnership.pk}"[^>]*checked'
    assert re.search(chosen, page)
    assert f'href="{path(world)}#nachweise-{world.criteria[0].pk}"' in page


def test_what_cannot_be_saved_is_kept(world: World) -> None:
    write(world.statement, by=world.house.colleague)
    data = form_data(world, version=1, key_message="Getippt")

    response = saved(world, data | {"_next": f"nachtragen-{world.criteria[0].pk}"})

    assert response.status_code == 409
    assert StatementDraft.objects.get().data["key_message"] == "Getippt"


@pytest.mark.parametrize("who", ["manager", "other officer", "coordinator"])
def test_nobody_else_cites(world: World, who: str) -> None:
    strangers = {
        "manager": world.house.manager,
        "other officer": world.other.officer,
        "coordinator": world.coordinator,
    }
    activity = activity_of(world.house, world)
    note = world.statement.review_notes.select_related("statement", "criterion")[0]

    with pytest.raises(PermissionDenied):
        cite(note=note, key=key_of(activity), by=strangers[who], now=NOW)


def test_the_new_activity_is_cited_in_one_act(world: World) -> None:
    write(world.statement, by=world.house.colleague)

    response = signed_in(world.house.officer).post(
        address(world), activity_data(world), follow=True
    )

    activity = Activity.objects.get()
    assert cited(world) == [key_of(activity)]
    assert activity.ministry == world.house.ministry
    assert fresh(world.statement).version == 3
    assert world.house.officer in world.statement.authors.all()
    assert response.redirect_chain[0][0] == f"{path(world)}#nachweise-{world.criteria[0].pk}"
    page = response.content.decode()
    assert "angelegt und bei Frage" in page
    assert "Veranstaltung: Chorreise" in page


@pytest.mark.parametrize(("days", "state"), [(-1, "done"), (0, "planned"), (1, "planned")])
def test_what_is_over_has_taken_place(world: World, days: int, state: str) -> None:
    day = today() + timedelta(days=days)
    data = activity_data(world) | {"period": f"{day:%d.%m.%Y}"}

    signed_in(world.house.officer).post(address(world), data)

    assert Activity.objects.get().state == state


def test_an_activity_elsewhere_is_not_created(world: World) -> None:
    response = signed_in(world.house.officer).post(
        address(world), activity_data(world, partnerships=[])
    )

    assert response.status_code == 422
    assert "Wählen Sie bei den Partnerschaften auch" in response.content.decode()
    assert not Activity.objects.exists()


def test_what_was_submitted_meanwhile_gets_no_new_evidence(world: World) -> None:
    submitted(world.statement, by=world.house.officer)
    client = signed_in(world.house.officer)

    response = client.post(address(world), activity_data(world))

    assert response.status_code == 422
    assert "Chorreise" in response.content.decode()
    assert not Activity.objects.exists()
    assert client.get(address(world)).headers["Location"].startswith(f"{path(world)}#")


@pytest.mark.parametrize("who", ["manager", "stranger"])
def test_nobody_else_adds_an_activity(world: World, who: str) -> None:
    user = {"manager": world.house.manager, "stranger": world.stranger.officer}[who]

    response = signed_in(user).post(address(world), activity_data(world))

    assert response.status_code == {"manager": 403, "stranger": 404}[who]
    assert not Activity.objects.exists()


# At the same moment


def citing(world: World, by: User) -> Any:
    key = key_of(activity_of(world.house, world))
    note = world.statement.review_notes.select_related("statement", "criterion")[0]
    return lambda: cite(note=note, key=key, by=User.objects.get(pk=by.pk), now=NOW)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(2))
def test_two_add_one_each_and_both_stay(world: World, attempt: int) -> None:
    people = (world.house.officer, world.house.colleague)

    ended = race(*(citing(world, by) for by in people))

    assert ended == ["done", "done"]
    assert len(cited(world)) == 2
    assert fresh(world.statement).version == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_nothing_is_added_to_what_is_submitted(world: World, attempt: int) -> None:
    write(world.statement, by=world.house.officer)
    statement = fresh(world.statement)

    ended = race(
        citing(world, world.house.colleague),
        lambda: submit(
            statement=statement,
            by=User.objects.get(pk=world.house.officer.pk),
            now=NOW,
            expected_version=statement.version,
        ),
    )

    # Whichever came first: what is submitted is what was read before.
    won = "submitted" if fresh(world.statement).state == "submitted" else "cited"
    assert ended == {"submitted": ["Refusal", "done"], "cited": ["Conflict", "done"]}[won]
    assert len(cited(world)) == (won == "cited")

"""What somebody who was asked types is kept for them alone, and their right rests with the text."""

from typing import Any

import pytest

from guidelines.delegations.actions import take_back
from guidelines.delegations.drafts import DelegationDraft
from guidelines.models import Delegation
from guidelines.statements.actions import return_for_revision
from tests.factories import NOW
from tests.guidelines.conftest import World, fresh, signed_in, submitted
from tests.guidelines.test_delegations import CANARY, PAGE, given, path
from tests.guidelines.test_query_pages import post, text

DRAFT = f"{PAGE}entwurf/"


@pytest.fixture
def one(world: World) -> Delegation:
    return given(world)


def typed(one: Delegation, reason: str = CANARY) -> dict[str, str]:
    return {f"answer_{one.pk}": "2", f"reason_{one.pk}": reason}


def kept(world: World, one: Delegation, **data: str) -> Any:
    return signed_in(world.house.manager).post(DRAFT, data or typed(one))


def test_what_is_typed_stands_there_again(world: World, one: Delegation) -> None:
    assert DRAFT in text(world.house.manager, PAGE)

    assert "Entwurf gespeichert" in kept(world, one).content.decode()

    page = text(world.house.manager, PAGE)
    assert "Wiederhergestellt" in page
    assert CANARY in page
    kept(world, one, **typed(one, "Anders."))
    assert DelegationDraft.objects.get().data == {"answer": "2", "reason": "Anders."}


def test_nobody_else_reads_it(world: World, one: Delegation) -> None:
    kept(world, one)

    for user in (world.house.officer, world.house.head, world.other.manager, world.coordinator):
        assert not DelegationDraft.objects.visible_to(user).exists()
    assert CANARY not in text(world.house.officer, path(world))
    assert Delegation.objects.get().reason == ""


def test_nobody_else_keeps_one(world: World, one: Delegation) -> None:
    for user, status in ((world.house.officer, 200), (world.other.manager, 200)):
        assert signed_in(user).post(DRAFT, typed(one)).status_code == status
    assert signed_in(world.administrator).post(DRAFT, typed(one)).status_code == 403
    assert not DelegationDraft.objects.exists()


def test_it_goes_with_the_answer_when_emptied_or_taken_back(world: World, one: Delegation) -> None:
    kept(world, one)
    kept(world, one, **{f"answer_{one.pk}": "", f"reason_{one.pk}": ""})
    assert not DelegationDraft.objects.exists()

    kept(world, one)
    post(signed_in(world.house.manager), PAGE, **typed(one))
    assert Delegation.objects.get().answer == "2"
    assert not DelegationDraft.objects.exists()

    other = given(world, criterion=world.criteria[1])
    kept(world, other, **{f"reason_{other.pk}": CANARY})
    take_back(delegations=[other], by=world.house.officer, now=NOW)
    assert not DelegationDraft.objects.exists()


def test_what_was_refused_is_kept(world: World, one: Delegation) -> None:
    data = {f"answer_{one.pk}": "0", f"reason_{one.pk}": ""}

    response = post(signed_in(world.house.manager), PAGE, **data)

    assert response.status_code == 422
    assert DelegationDraft.objects.get().data["answer"] == "0"


def test_the_right_rests_while_the_statement_is_submitted(world: World, one: Delegation) -> None:
    kept(world, one)
    submitted(world.statement, by=world.house.officer)

    for address in (PAGE, f"{PAGE}?s={world.statement.pk}"):
        page = text(world.house.manager, address)
        assert f"Ihre Zuarbeit zu {world.check.partnership.name} ruht" in page
        assert CANARY not in page
    assert "Nicht mehr alles ist gefragt" in kept(world, one).content.decode()
    response = post(signed_in(world.house.manager), PAGE, **typed(one, "Zu spät."))
    assert "die Stellungnahme ist inzwischen vorgelegt" in response.content.decode()
    assert "Zu spät." in response.content.decode()

    statement = fresh(world.statement)
    return_for_revision(statement=statement, note="Bitte kürzer", by=world.house.head, now=NOW)

    page = text(world.house.manager, PAGE)
    assert "ruht" not in page
    assert CANARY in page

"""What somebody has typed: one row for each person and statement, for whoever may write it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import Statement, StatementDraft
from guidelines.statements.draft_actions import discard_draft, discard_drafts, keep_draft
from ministries.models import User
from tests.factories import NOW, make_statement
from tests.guidelines.acts.conftest import OUTSIDERS, person
from tests.guidelines.conftest import World


def keep(statement: Statement, by: User, **data: str) -> StatementDraft:
    return keep_draft(statement=statement, data=data, based_on_version=1, by=by, now=NOW)


def kept() -> list[tuple[int, int, dict[str, str]]]:
    return list(StatementDraft.objects.order_by("pk").values_list("statement", "user", "data"))


def test_draft_keeps_all_it_was_given(world: World) -> None:
    keep_draft(
        statement=world.statement,
        data={"vote": "end"},
        based_on_version=3,
        by=world.house.officer,
        now=NOW,
    )

    draft = StatementDraft.objects.get()
    assert (draft.statement, draft.user) == (world.statement, world.house.officer)
    assert (draft.data, draft.based_on_version, draft.saved_at) == ({"vote": "end"}, 3, NOW)


def test_later_draft_takes_the_place_of_the_earlier(world: World) -> None:
    first = keep(world.statement, world.house.officer, vote="end")

    second = keep_draft(
        statement=world.statement,
        data={"key_message": "Mein Text."},
        based_on_version=2,
        by=world.house.officer,
        now=NOW + timedelta(minutes=1),
    )

    draft = StatementDraft.objects.get()
    assert draft == first == second
    assert (draft.data, draft.based_on_version) == ({"key_message": "Mein Text."}, 2)
    assert draft.saved_at == NOW + timedelta(minutes=1)


def test_colleagues_keep_a_draft_each(world: World) -> None:
    keep(world.statement, world.house.officer, vote="end")

    keep(world.statement, world.house.head, vote="expand")

    assert kept() == [
        (world.statement.pk, world.house.officer.pk, {"vote": "end"}),
        (world.statement.pk, world.house.head.pk, {"vote": "expand"}),
    ]


def test_discarding_leaves_colleagues_and_other_statements(world: World) -> None:
    second = make_statement(ministry=world.house.ministry)
    keep(world.statement, world.house.officer)
    keep(world.statement, world.house.colleague)
    keep(second, world.house.officer)

    discard_draft(statement=world.statement, by=world.house.officer)

    assert kept() == [
        (world.statement.pk, world.house.colleague.pk, {}),
        (second.pk, world.house.officer.pk, {}),
    ]


def test_several_are_discarded_at_once(world: World) -> None:
    second = make_statement(ministry=world.house.ministry)
    for statement in (world.statement, second):
        keep(statement, world.house.officer)

    discard_drafts(statements=[world.statement, second], by=world.house.officer)

    assert kept() == []


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsider_keeps_no_draft(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        keep_draft(
            statement=world.statement,
            data={"vote": "end"},
            based_on_version=1,
            by=person(world, who),
            now=NOW,
        )

    assert kept() == []


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsider_discards_no_draft(world: World, who: str) -> None:
    keep(world.statement, world.house.officer)

    with pytest.raises(PermissionDenied):
        discard_draft(statement=world.statement, by=person(world, who))
    with pytest.raises(PermissionDenied):
        discard_drafts(statements=[world.statement], by=person(world, who))

    assert len(kept()) == 1

"""„Alle auf einer Seite“: what the table shows, saves, keeps as typed and tells by partnership."""

from typing import Any

import pytest

from guidelines.models import ReviewNote, Statement
from tests.guidelines.conftest import World, closed, fresh, signed_in, submitted, write
from tests.guidelines.test_one_after_the_other import named
from tests.guidelines.test_statement_pages import post, text

TABLE = "/stellungnahmen/tabelle/"


def typed(world: World, *statements: Statement, **more: str) -> dict[str, str]:
    """The table as it is sent: every statement complete, "Text <pk>" as its key message."""
    data: dict[str, str] = {}
    for statement in statements:
        first, second = world.criteria
        data |= {
            f"{statement.pk}-{name}": value
            for name, value in {
                "version": str(statement.version),
                f"answer_{first.pk}": "2",
                f"reason_{first.pk}": "",
                f"answer_{second.pk}": "yes",
                f"reason_{second.pk}": "",
                "vote": "continue",
                "vote_until_on": "",
                "key_message": f"Text {statement.pk}",
            }.items()
        }
    return data | more


def sent(world: World, data: dict[str, str], address: str = TABLE) -> Any:
    return post(signed_in(world.house.officer), address, **data)


@pytest.fixture
def second(world: World) -> Statement:
    return named(world, "Zz")


def test_table_shows_partnerships_and_questions(world: World, second: Statement) -> None:
    page = text(signed_in(world.house.officer), TABLE)

    for words in (world.check.partnership.name, "Zz", *(c.code for c in world.criteria)):
        assert words in page
    assert page.count("<textarea") == 2 * 3 + 2  # two statements, and the answers for all


@pytest.mark.parametrize("gone", ["submitted", "closed", "elsewhere"])
def test_table_has_only_what_the_house_can_still_write(
    world: World, second: Statement, gone: str
) -> None:
    if gone == "submitted":
        submitted(second, by=world.house.officer)
    elif gone == "closed":
        closed(second.guideline_check, by=world.coordinator)
    else:
        second.ministry = world.other.ministry
        Statement.objects.filter(pk=second.pk).update(ministry=world.stranger.ministry)

    assert "Zz" not in text(signed_in(world.house.officer), TABLE)


def test_one_save_for_all(world: World, second: Statement) -> None:
    response = sent(world, typed(world, world.statement, second))

    assert response.status_code == 302
    for statement in (world.statement, second):
        found = fresh(statement)
        assert (found.vote, found.key_message) == ("continue", f"Text {statement.pk}")
        assert found.version == 2
    assert set(ReviewNote.objects.filter(statement=second).values_list("answer", flat=True)) == {
        "2",
        "yes",
    }


def test_what_is_not_changed_is_not_written(world: World, second: Statement) -> None:
    write(second, by=world.house.colleague, key_message=f"Text {second.pk}")

    sent(world, typed(world, world.statement, fresh(second)))

    assert fresh(second).version == 2
    assert list(second.authors.all()) == [world.house.colleague]


def test_answer_for_all_fills_what_is_open(world: World, second: Statement) -> None:
    first = world.criteria[0]
    answered = {f"{world.statement.pk}-answer_{first.pk}": "1"}
    for_all = {f"alle-answer_{first.pk}": "3", f"alle-reason_{first.pk}": "Überall gleich."}
    data = typed(world, world.statement, second) | answered | for_all
    data[f"{second.pk}-answer_{first.pk}"] = ""

    sent(world, data)

    notes = ReviewNote.objects.filter(criterion=first).order_by("statement")
    found = {note.statement_id: (note.answer, note.reason) for note in notes}
    assert found[world.statement.pk] == ("1", "")
    assert found[second.pk] == ("3", "Überall gleich.")

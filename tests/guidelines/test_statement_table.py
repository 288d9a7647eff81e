"""„Alle auf einer Seite“: what the table shows, saves, keeps as typed and tells by partnership."""

from typing import Any

import pytest

from guidelines.models import ReviewNote, Statement, StatementDraft
from guidelines.statements.draft_actions import keep_draft
from tests.factories import NOW, make_check, make_partnership, make_round, make_statement
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
            f"{name}-{statement.pk}": value
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
    return named(world, "Zz-Land")


def test_table_shows_partnerships_and_questions(world: World, second: Statement) -> None:
    page = text(signed_in(world.house.officer), TABLE)

    for words in (world.check.partnership.name, "Zz-Land", *(c.code for c in world.criteria)):
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

    assert "Zz-Land" not in text(signed_in(world.house.officer), TABLE)


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
    answered = {f"answer_{first.pk}-{world.statement.pk}": "1"}
    for_all = {f"answer_{first.pk}-alle": "3", f"reason_{first.pk}-alle": "Überall gleich."}
    data = typed(world, world.statement, second) | answered | for_all
    data[f"answer_{first.pk}-{second.pk}"] = ""

    sent(world, data)

    notes = ReviewNote.objects.filter(criterion=first).order_by("statement")
    found = {note.statement_id: (note.answer, note.reason) for note in notes}
    assert found[world.statement.pk] == ("1", "")
    assert found[second.pk] == ("3", "Überall gleich.")


def test_conflict_is_told_by_partnership(world: World, second: Statement) -> None:
    data = typed(world, world.statement, second)
    write(second, by=world.house.colleague, key_message="Text der Kollegin.")

    sent(world, data)
    page = text(signed_in(world.house.officer), TABLE)

    assert fresh(world.statement).key_message == f"Text {world.statement.pk}"
    assert fresh(second).key_message == "Text der Kollegin."
    draft = StatementDraft.objects.get(statement=second)
    assert (draft.based_on_version, draft.data["key_message"]) == (1, f"Text {second.pk}")
    assert "Beide Fassungen zu Zz-Land zusammenführen" in page
    assert f"/stellungnahmen/{second.pk}/?entwurf=1" in page


@pytest.mark.django_db(transaction=True)
def test_what_only_a_colleague_changed_is_no_conflict(world: World, second: Statement) -> None:
    write(second, by=world.house.officer, key_message=f"Text {second.pk}")
    data = typed(world, world.statement, fresh(second))
    write(fresh(second), by=world.house.colleague, key_message="Text der Kollegin.")

    sent(world, data)

    assert fresh(second).key_message == "Text der Kollegin."
    assert not StatementDraft.objects.exists()


def test_submitted_meanwhile_loses_nothing(world: World, second: Statement) -> None:
    data = typed(world, world.statement, second)
    submitted(second, by=world.house.colleague)

    response = signed_in(world.house.officer).post(
        TABLE, data | {"_token": "8a0e9e1c-7d0b-4b57-9a0e-000000000001"}, follow=True
    )

    assert "Zz-Land: nicht gespeichert, Ihre Eingaben sind aufgehoben." in response.content.decode()
    assert StatementDraft.objects.get().data["key_message"] == f"Text {second.pk}"


def test_typed_is_kept_without_a_version(world: World, second: Statement) -> None:
    data = typed(world, world.statement, second)

    response = post(signed_in(world.house.officer), f"{TABLE}entwurf/", **data)

    assert "Entwurf gespeichert" in response.content.decode()
    assert fresh(second).version == 1
    page = text(signed_in(world.house.officer), TABLE)
    assert f"Text {second.pk}" in page
    assert "nicht gespeicherten Eingaben" in page
    assert f"Text {second.pk}" not in text(signed_in(world.house.colleague), TABLE)


def test_typed_and_taken_back_leaves_no_draft(world: World) -> None:
    keep_draft(
        statement=world.statement,
        data={"key_message": "Alt"},
        based_on_version=1,
        by=world.house.officer,
        now=NOW,
    )
    empty = dict.fromkeys(typed(world, world.statement), "")

    post(
        signed_in(world.house.officer),
        f"{TABLE}entwurf/",
        **empty | {f"version-{world.statement.pk}": "1", f"draft-{world.statement.pk}": "1"},
    )

    assert not StatementDraft.objects.exists()


@pytest.mark.parametrize("address", [f"{TABLE}entwurf/", TABLE])
def test_draft_typed_on_another_page_meanwhile_stays(
    world: World, second: Statement, address: str
) -> None:
    """The table was opened before; it shows nothing of it and throws nothing away."""
    client, pk = signed_in(world.house.officer), world.statement.pk
    untouched = dict.fromkeys(typed(world, world.statement), "") | {f"version-{pk}": "1"}
    keep_draft(
        statement=world.statement,
        data={"key_message": "Halb getippt"},
        based_on_version=1,
        by=world.house.officer,
        now=NOW,
    )

    post(client, address, **untouched | typed(world, second))

    assert StatementDraft.objects.get(statement=pk).data == {"key_message": "Halb getippt"}


def test_too_long_a_text_is_told_at_its_field(world: World, second: Statement) -> None:
    long = {f"key_message-{second.pk}": "x" * 601}

    response = sent(world, typed(world, world.statement, second) | long)

    page = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_key_message-{second.pk}"' in page
    assert "Zz-Land: Kernaussage" in page
    assert fresh(world.statement).version == 1
    assert StatementDraft.objects.count() == 2


@pytest.mark.parametrize("version", ["", "x", "99999999999999999999", "-1"])
def test_garbage_version_saves_nothing(world: World, version: str) -> None:
    response = sent(
        world, typed(world, world.statement) | {f"version-{world.statement.pk}": version}
    )

    assert response.status_code in (302, 422)
    assert fresh(world.statement).version == 1


def test_foreign_statement_is_not_written(world: World) -> None:
    sent(world, typed(world, world.other_statement))

    assert fresh(world.other_statement).version == 1
    assert not StatementDraft.objects.exists()


def test_each_round_has_its_table(world: World) -> None:
    later = make_round(edition=world.check_round.edition, year=world.check_round.year + 1)
    check = make_check(check_round=later, partnership=make_partnership(name="Später"))
    make_statement(ministry=world.house.ministry, check=check, criteria=world.criteria)
    client = signed_in(world.house.officer)

    page = text(client, f"{TABLE}?round={world.check_round.year}")

    assert "Später" not in page
    assert f"round={later.year}" in page
    assert "Später" in text(client, f"{TABLE}?round={later.year}")


def test_nothing_open_is_said(world: World) -> None:
    submitted(world.statement, by=world.house.officer)

    page = text(signed_in(world.house.officer), TABLE)

    assert "Ihr Haus hat hier keine offene Stellungnahme." in page


def test_manager_does_not_write(world: World) -> None:
    assert signed_in(world.house.manager).get(TABLE).status_code == 403

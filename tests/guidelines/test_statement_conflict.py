"""Two people and one statement: exactly one wins, nobody's text is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from guidelines.models import ReviewNote, Statement, StatementDraft
from guidelines.statements.actions import release, return_for_revision, save_statement
from guidelines.statements.past import stored_in_version
from ministries.models import User
from tests.factories import NOW
from tests.guidelines.conftest import World, fresh, signed_in, submitted, write
from ui.errors import Conflict, Refusal
from ui.receipts import new_token


def form_data(world: World, *, version: int, **changes: str) -> dict[str, str]:
    first, second = world.criteria
    return {
        "_token": new_token(),
        "_version": str(version),
        f"answer_{first.pk}": "2",
        f"reason_{first.pk}": "",
        f"answer_{second.pk}": "yes",
        f"reason_{second.pk}": "",
        "vote": "continue",
        "key_message": "Mein Text.",
    } | changes


def race(*acts: Any) -> list[str]:
    """Run the acts at the same moment, each on its own connection; say how each one ended."""
    barrier = Barrier(len(acts))

    def run(act: Any) -> str:
        try:
            barrier.wait(10)
            act()
            return "done"
        except (Conflict, Refusal) as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def saving(statement_id: int, by: User, text: str) -> Any:
    statement = Statement.objects.get(pk=statement_id)
    by = User.objects.get(pk=by.pk)

    def act() -> None:
        save_statement(
            statement=statement,
            answers={},
            reasons={},
            vote="expand",
            key_message=text,
            expected_version=statement.version,
            by=by,
            now=NOW,
        )

    return act


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_savers_exactly_one_succeeds(world: World, attempt: int) -> None:
    acts = [
        saving(world.statement.pk, by, f"Text von {by.pk}")
        for by in (world.house.officer, world.house.colleague)
    ]

    ended = race(*acts)

    assert ended == ["Conflict", "done"]
    assert fresh(world.statement).version == 2
    assert world.statement.authors.count() == 1


@pytest.mark.django_db(transaction=True)
def test_release_against_return_exactly_one_succeeds(world: World) -> None:
    statement = submitted(world.statement, by=world.house.officer)
    head = world.house.head

    ended = race(
        lambda: release(statement=fresh(statement), by=head, now=NOW),
        lambda: return_for_revision(statement=fresh(statement), note="Nein.", by=head, now=NOW),
    )

    assert "done" in ended
    assert ended.count("done") == 1


def test_second_saver_sees_both_texts(world: World) -> None:
    write(world.statement, by=world.house.officer, key_message="Text der ersten.")
    second = signed_in(world.house.colleague)

    response = second.post(f"/stellungnahmen/{world.statement.pk}/", form_data(world, version=1))

    page = response.content.decode()
    assert response.status_code == 409
    assert "Mein" in page
    assert "Text der ersten." in page.replace("<mark>", "").replace("</mark>", "")
    assert fresh(world.statement).key_message == "Text der ersten."


def test_page_of_two_texts_names_the_number_of_the_question(world: World) -> None:
    write(world.statement, by=world.house.officer)
    data = form_data(world, version=1, **{f"answer_{world.criteria[0].pk}": "1"})

    page = signed_in(world.house.colleague).post(f"/stellungnahmen/{world.statement.pk}/", data)

    first = world.criteria[0]
    assert f"Frage {first.code}: {first.question}" in page.content.decode()


def test_second_saver_keeps_a_draft(world: World) -> None:
    write(world.statement, by=world.house.officer)
    second = signed_in(world.house.colleague)

    second.post(f"/stellungnahmen/{world.statement.pk}/", form_data(world, version=1))

    draft = StatementDraft.objects.get(user=world.house.colleague)
    assert draft.data["key_message"] == "Mein Text."
    assert draft.based_on_version == 1


def test_merged_text_is_saved(world: World) -> None:
    write(world.statement, by=world.house.officer, key_message="Text der ersten.")
    second = signed_in(world.house.colleague)
    answer = f"answer_{world.criteria[0].pk}"
    choices = {
        "_choice.key_message": "merged",
        "_mine.key_message": "Mein Text.",
        "_stored.key_message": "Text der ersten.",
        "_merged.key_message": "Beide Texte.",
        f"_choice.{answer}": "stored",
        f"_mine.{answer}": "1",
        f"_stored.{answer}": "2",
    }
    data = form_data(world, version=2, **choices)
    del data["key_message"], data[answer]

    response = second.post(f"/stellungnahmen/{world.statement.pk}/", data)

    assert response.status_code == 302
    assert fresh(world.statement).key_message == "Beide Texte."
    assert (
        ReviewNote.objects.get(statement=world.statement, criterion=world.criteria[0]).answer == "2"
    )
    assert not StatementDraft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_only_one_changed_is_chosen_beforehand(world: World) -> None:
    write(world.statement, by=world.house.officer, key_message="Gemeinsamer Anfang.")
    write(
        fresh(world.statement),
        by=world.house.officer,
        key_message="Gemeinsamer Anfang.",
        vote="expand",
    )
    second = signed_in(world.house.colleague)

    response = second.post(f"/stellungnahmen/{world.statement.pk}/", form_data(world, version=2))

    fields = {field.name: field for field in response.context["fields"]}
    assert fields["vote"].choice == "stored"
    assert fields["key_message"].choice == "mine"


@pytest.mark.django_db(transaction=True)
def test_earlier_version_is_read_from_history(world: World) -> None:
    write(world.statement, by=world.house.officer, key_message="Erste Fassung.")
    write(fresh(world.statement), by=world.house.officer, key_message="Zweite Fassung.")

    found = stored_in_version(world.statement, 2)

    assert found["key_message"] == "Erste Fassung."
    assert found[f"answer_{world.criteria[0].pk}"] == "2"


def test_save_into_a_submitted_statement_loses_nothing(world: World) -> None:
    submitted(world.statement, by=world.house.officer)
    second = signed_in(world.house.colleague)

    response = second.post(f"/stellungnahmen/{world.statement.pk}/", form_data(world, version=1))

    assert response.status_code == 422
    assert "Mein Text." in response.content.decode()
    assert "Wieder bearbeiten" in response.content.decode()
    assert StatementDraft.objects.get().data["key_message"] == "Mein Text."

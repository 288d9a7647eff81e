"""An officer goes from one statement to the next: which one follows, and what is said at a field."""

import re

import pytest

from guidelines.models import GuidelineCheck, Statement
from guidelines.statements.forms import reason_hint
from tests.factories import make_check, make_criterion, make_partnership, make_statement
from tests.guidelines.conftest import World, closed, fresh, signed_in, submitted, write
from tests.guidelines.test_statement_conflict import form_data
from tests.guidelines.test_statement_pages import path, post, text


def named(world: World, name: str) -> Statement:
    """Another statement of the house in the round, over a partnership of that name."""
    check = make_check(check_round=world.check_round, partnership=make_partnership(name=name))
    return make_statement(ministry=world.house.ministry, check=check, criteria=world.criteria)


def check_of(statement: Statement) -> GuidelineCheck:
    return GuidelineCheck.objects.get(pk=statement.guideline_check_id)


@pytest.fixture
def after(world: World) -> list[Statement]:
    """Three that follow the one of the world."""
    return [named(world, f"Zz {number}") for number in range(3)]


def saved_and_on(world: World) -> str:
    data = form_data(world, version=fresh(world.statement).version) | {"_next": "weiter"}
    response = signed_in(world.house.officer).post(path(world), data)
    assert response.status_code == 302
    return str(response["Location"])


def test_save_and_on_leads_past_what_is_submitted(world: World, after: list[Statement]) -> None:
    submitted(after[0], by=world.house.officer)

    assert saved_and_on(world) == f"/stellungnahmen/{after[1].pk}/"


def test_save_and_on_leads_past_a_closed_collection(world: World, after: list[Statement]) -> None:
    closed(check_of(after[0]), by=world.coordinator)

    assert saved_and_on(world) == f"/stellungnahmen/{after[1].pk}/"


def test_save_and_on_begins_anew_with_what_is_not_written(world: World) -> None:
    earlier = [named(world, f"Aa {number}") for number in range(2)]
    write(earlier[0], by=world.house.officer)

    assert saved_and_on(world) == f"/stellungnahmen/{earlier[1].pk}/"


def test_a_missing_reason_leaves_a_statement_unwritten(world: World) -> None:
    earlier = named(world, "Aa")
    write(earlier, by=world.house.officer, answers={world.criteria[0].pk: "3"})

    assert saved_and_on(world) == f"/stellungnahmen/{earlier.pk}/"


def test_page_offers_the_next_open_one_by_name(world: World, after: list[Statement]) -> None:
    submitted(after[0], by=world.house.officer)

    page = text(signed_in(world.house.officer), path(world))

    assert "Speichern und weiter zu Zz 1" in page


def test_submitting_leads_past_a_closed_collection(world: World, after: list[Statement]) -> None:
    closed(check_of(after[0]), by=world.coordinator)
    write(world.statement, by=world.house.officer)

    response = post(signed_in(world.house.officer), path(world, "vorlegen/"), _version="2")

    assert response["Location"] == f"/stellungnahmen/{after[1].pk}/"


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        ("0_3", "Nötig bei „nicht“ und „prägend“."),
        ("yes_no", "Nötig bei „Nein“."),
        ("yes_no_clarify", "Nötig bei „Nein“ und „Klärungsbedarf“."),
    ],
)
def test_reason_says_which_answers_need_it(world: World, scale: str, words: str) -> None:
    criterion = make_criterion(guideline=world.criteria[0].guideline, scale=scale)

    assert reason_hint(criterion) == words


def test_answers_that_need_a_reason_are_marked_at_their_field(world: World) -> None:
    page = text(signed_in(world.house.officer), path(world))

    marked = re.findall(r'name="answer_(\d+)"\s+value="(\w+)"[^>]*data-needs-reason', page)
    first, second = (str(criterion.pk) for criterion in world.criteria)
    assert marked == [(first, "0"), (first, "3"), (second, "no"), (second, "clarify")]
    assert page.count("Diese Antwort braucht eine Begründung.") == len(world.criteria)


@pytest.mark.parametrize("act", ["", "vorlegen/", "druck/"])
def test_parts_of_a_statement_are_headings(world: World, act: str) -> None:
    page = text(signed_in(world.house.officer), path(world, act))

    parts = [re.sub(r"<[^>]+>", " ", found) for found in re.findall(r"<h2.*?</h2>", page, re.S)]
    questions = re.findall(r"<h3[^>]*>.*?Frage ([\d.]+)<", page)
    assert any("Votum und Kernaussage" in part for part in parts)
    assert any(world.criteria[0].guideline.title in part for part in parts)
    assert questions == [criterion.code for criterion in world.criteria]
    assert act == "vorlegen/" or any("Faktenblatt" in part for part in parts)

"""The Votum of a house, with the day where it means little without one."""

from datetime import date, timedelta

import pytest

from guidelines.models import StatementDraft
from guidelines.statements.actions import submit
from guidelines.states.completeness import statement_is_complete
from guidelines.states.outcomes import in_words
from ministries.clock import today
from tests.factories import NOW
from tests.guidelines.conftest import World, fresh, released, signed_in, write
from tests.guidelines.test_statement_conflict import form_data
from ui.errors import Refusal

LATER = today() + timedelta(days=200)


def page(world: World, address: str = "") -> str:
    return signed_in(world.house.officer).get(address or path(world)).content.decode()


def path(world: World) -> str:
    return f"/stellungnahmen/{world.statement.pk}/"


@pytest.mark.parametrize(
    ("vote", "words"),
    [
        ("postpone", "zurückgestellt bis 01.06.2027"),
        ("continue_limited", "befristet fortführen bis 01.06.2027"),
        ("expand", "ausbauen"),
        ("", ""),
    ],
)
def test_vote_in_words(vote: str, words: str) -> None:
    assert in_words(vote, date(2027, 6, 1)) == words


@pytest.mark.parametrize("vote", ["postpone", "continue_limited"])
def test_vote_without_its_day_is_not_submitted(world: World, vote: str) -> None:
    statement = write(world.statement, by=world.house.officer, vote=vote)

    with pytest.raises(Refusal, match="bis wann"):
        submit(statement=statement, by=world.house.officer, now=NOW)


def test_vote_until_a_day_gone_by_is_not_submitted(world: World) -> None:
    statement = write(
        world.statement, by=world.house.officer, vote="postpone", vote_until_on=today()
    )

    assert [gap.target for gap in statement_is_complete(statement, {})] == ["id_vote_until_on"]


def test_vote_with_its_day_is_complete(world: World) -> None:
    statement = write(world.statement, by=world.house.officer, vote="postpone", vote_until_on=LATER)

    assert statement_is_complete(statement, {}) == []


def test_day_goes_with_the_vote_it_belonged_to(world: World) -> None:
    write(world.statement, by=world.house.officer, vote="postpone", vote_until_on=LATER)

    write(world.statement, by=world.house.officer, vote="expand", vote_until_on=LATER)

    assert fresh(world.statement).vote_until_on is None


def test_day_alone_is_saved_and_shown_again(world: World) -> None:
    write(world.statement, by=world.house.officer)
    data = form_data(world, version=2, vote="postpone", vote_until_on=f"{LATER:%d.%m.%Y}")

    signed_in(world.house.officer).post(path(world), data)

    assert fresh(world.statement).vote_until_on == LATER
    assert f'value="{LATER:%d.%m.%Y}"' in page(world)


def test_day_nobody_can_read_stays_typed(world: World) -> None:
    data = form_data(world, version=1, vote="postpone", vote_until_on="Pfingsten")

    response = signed_in(world.house.officer).post(path(world), data)

    assert response.status_code == 422
    assert 'value="Pfingsten"' in response.content.decode()
    assert StatementDraft.objects.get().data["vote_until_on"] == "Pfingsten"


def test_second_saver_compares_the_days(world: World) -> None:
    write(world.statement, by=world.house.colleague, vote="postpone", vote_until_on=LATER)
    data = form_data(world, version=1, vote="postpone", vote_until_on="01.01.2099")

    response = signed_in(world.house.officer).post(path(world), data)

    assert response.status_code == 409
    assert "01.01.2099" in response.content.decode()
    assert f"{LATER:%d.%m.%Y}" in response.content.decode()


def test_day_shows_wherever_the_vote_shows(world: World) -> None:
    write(world.statement, by=world.house.officer, vote="postpone", vote_until_on=LATER)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)
    words = f"zurückgestellt bis {LATER:%d.%m.%Y}"

    for address in (path(world), "/stellungnahmen/", "/stellungnahmen/?format=csv"):
        response = signed_in(world.house.officer).get(address)
        body = b"".join(response) if response.streaming else response.content
        assert words in body.decode("utf-8-sig"), address


def test_day_shows_in_the_evaluation(world: World) -> None:
    statement = released(world.statement, house=world.house)
    type(statement).objects.filter(pk=statement.pk).update(vote="postpone", vote_until_on=LATER)

    body = signed_in(world.coordinator).get(world.check.get_absolute_url()).content.decode()

    assert f"zurückgestellt bis {LATER:%d.%m.%Y}" in body

"""What the forms of deadlines propose and refuse, where several partnerships have several."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from guidelines.models import Delegation, Statement
from ministries.clock import today
from ministries.working_days import add_working_days
from tests.factories import make_check, make_partnership, make_statement
from tests.guidelines.conftest import World, signed_in
from tests.guidelines.test_delegations import give_path
from tests.guidelines.test_extension_pages import ASKING, REASON, send
from tests.guidelines.test_query_pages import post
from tests.guidelines.test_quiet_times import creating
from tests.guidelines.test_quiet_times import post as sent


@pytest.fixture
def sooner(world: World) -> Statement:
    """Of the house, due before the one that a question is given from."""
    check = make_check(check_round=world.check_round, partnership=make_partnership(name="Latium"))
    Statement.objects.filter(pk=world.statement.pk).update(due_on=today() + timedelta(days=90))
    return make_statement(
        ministry=world.house.ministry,
        check=check,
        criteria=world.criteria,
        due_on=add_working_days(today(), 30),
    )


def test_question_for_all_is_due_before_the_first_of_them(world: World, sooner: Statement) -> None:
    page = signed_in(world.house.officer).get(f"{give_path(world)}?alle=1").text

    day = f"{add_working_days(sooner.deadline, -5):%d.%m.%Y}"
    assert re.search(rf'name="due_on" value="{day}"', page)


def test_refusal_names_what_is_needed_sooner(world: World, sooner: Statement) -> None:
    data = {
        "person": str(world.house.colleague.pk),
        "due_on": f"{add_working_days(sooner.deadline, 1):%d.%m.%Y}",
        "s": [str(world.statement.pk), str(sooner.pk)],
        "is_meant": "on",
    }

    response = post(signed_in(world.house.officer), f"{give_path(world)}?alle=1", **data)

    assert f"eher gebraucht: zu Latium bis zum {sooner.deadline:%d.%m.%Y}." in response.text
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("year", ["1206", "2206"])
def test_year_of_another_century_is_refused_in_a_sentence(world: World, year: str) -> None:
    page = sent(world, creating(world), year=year).text

    assert "Geben Sie ein Jahr zwischen 2000 und 2100 an." in page


# Days that are refused


def christmas(world: World) -> date:
    """The first one after the deadline."""
    end = world.check_round.due_on
    return next(day for y in (0, 1) if (day := date(end.year + y, 12, 25)) > end)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (christmas, "kein Arbeitstag (Erster Weihnachtstag). Der nächste ist der "),
        (lambda world: add_working_days(today(), 1), "nach der bisherigen Frist"),
        (lambda world: add_working_days(today(), -5), "in der Zukunft"),
    ],
)
def test_day_that_does_not_fit_is_said_at_its_field(
    world: World, day: Callable[[World], date], words: str
) -> None:
    client, wished_on = signed_in(world.house.head), f"{day(world):%d.%m.%Y}"
    fields = {"statements": [world.statement.pk], "wished_on": wished_on, "reason": REASON}

    answer = send(client, ASKING, **fields)

    assert answer.status_code == 422
    assert words in answer.content.decode()

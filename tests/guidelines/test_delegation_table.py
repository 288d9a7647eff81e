"""One question of many partnerships: given from the table, taken over there."""

import re

import pytest

from guidelines.delegations.actions import Addressee
from guidelines.models import Delegation, ReviewNote
from ministries.clock import today
from ministries.models import Notification
from tests.factories import make_check, make_partnership, make_statement
from tests.guidelines.conftest import World, fresh, signed_in, write
from tests.guidelines.test_delegations import CANARY, answered, give_path, given
from tests.guidelines.test_query_pages import post, text

TABLE = "/stellungnahmen/tabelle/"


@pytest.fixture
def second(world: World) -> Delegation:
    """Of the same house about another partnership, where the colleague is asked too."""
    check = make_check(
        check_round=world.check_round, partnership=make_partnership(name="Zweite Region")
    )
    statement = make_statement(ministry=world.house.ministry, check=check, criteria=world.criteria)
    return given(world, statements=[statement])


def sent(page: str, **changes: str) -> dict[str, str]:
    """What the table sends as it is shown."""
    hidden = dict(re.findall(r'name="(version-\d+|draft-\d+)" value="([^"]*)"', page))
    return {**hidden, **changes}


def test_button_of_the_table_leads_to_all_partnerships(world: World, second: Delegation) -> None:
    client, key = signed_in(world.house.officer), world.criteria[0].pk
    page = text(world.house.officer, TABLE)

    response = post(client, TABLE, **sent(page, _next=f"geben-{key}"))

    form = response.content.decode()
    assert "An Fachreferat geben" in form
    assert len(re.findall(r'name="s"[^>]*checked', form)) == 2


def test_one_question_goes_out_for_many_and_is_told_once(world: World, second: Delegation) -> None:
    colleague = world.house.colleague
    chosen = [str(world.statement.pk), str(second.statement_id)]
    data = {"person": str(colleague.pk), "due_on": f"{today():%d.%m.%Y}", "s": chosen}

    response = post(signed_in(world.house.officer), f"{give_path(world)}?alle=1", **data)

    assert Delegation.objects.filter(person=colleague).count() == 2
    mail = Notification.objects.get(recipient=colleague)
    assert "Zweite Region" in mail.body
    assert mail.body.count(world.criteria[0].question) == 1
    assert response.request["PATH_INFO"] == TABLE


def test_partnership_asked_about_already_is_left_out_and_told(
    world: World, second: Delegation
) -> None:
    chosen = [str(world.statement.pk), str(second.statement_id)]
    data = {
        "person": str(world.house.manager.pk),
        "due_on": f"{today():%d.%m.%Y}",
        "s": chosen,
    }

    response = post(signed_in(world.house.officer), give_path(world), **data)

    assert "Schon gefragt war dort zu Zweite Region" in response.content.decode()
    assert Delegation.objects.count() == 2


def test_answer_is_taken_over_in_the_table(world: World, second: Delegation) -> None:
    one = answered(second, by=world.house.manager)
    page = text(world.house.officer, TABLE)
    assert CANARY in page

    post(signed_in(world.house.officer), TABLE, **sent(page, _next=f"zuarbeit-{one.pk}"))

    notes = ReviewNote.objects.exclude(answer="")
    assert [(note.statement, note.reason) for note in notes] == [(second.statement, CANARY)]


def test_answer_of_another_house_is_not_taken_over(world: World, second: Delegation) -> None:
    house = world.other
    to = Addressee(person=house.manager)
    foreign = given(world, statements=[world.other_statement], by=house.officer, to=to)
    answered(foreign, by=house.manager)
    page = text(world.house.officer, TABLE)

    post(signed_in(world.house.officer), TABLE, **sent(page, _next=f"zuarbeit-{foreign.pk}"))

    assert not ReviewNote.objects.exclude(answer="").exists()


# One answer for all, and submitting, beside what a Fachreferat has


def test_answer_for_all_is_told_where_somebody_is_asked(world: World, second: Delegation) -> None:
    one = answered(given(world), by=world.house.manager)
    page = text(world.house.officer, TABLE)
    said = f"{one.addressee} antwortet „{one.as_note.answer_word}“"
    assert f"{world.check.partnership}: {said}" in page
    assert f"Zweite Region: noch beim Fachreferat ({second.addressee})" in page

    data = sent(page, **{f"answer_{world.criteria[0].pk}-alle": "1"})
    saved = post(signed_in(world.house.officer), TABLE, **data).content.decode()

    code = world.criteria[0].code
    assert f"{world.check.partnership}, Frage {code}, {said}" in saved
    assert f"Zweite Region, Frage {code}, noch beim Fachreferat ({second.addressee})" in saved


def test_nothing_is_told_where_the_answers_agree(world: World, second: Delegation) -> None:
    answered(second, by=world.house.manager, answer="1", reason="")
    page = text(world.house.officer, TABLE)

    data = sent(page, **{f"answer_{world.criteria[0].pk}-alle": "1"})

    assert (
        "Für alle eingesetzt"
        not in post(signed_in(world.house.officer), TABLE, **data).content.decode()
    )


@pytest.mark.parametrize("address", ["/stellungnahmen/{}/vorlegen/", "/stellungnahmen/vorlegen/"])
def test_open_question_is_told_before_submitting(world: World, address: str) -> None:
    one = given(world)
    write(fresh(world.statement), by=world.house.officer)
    url = address.format(world.statement.pk)
    asked = f"Frage {one.criterion.code} ({one.addressee}, intern bis"
    assert asked in text(world.house.officer, url)

    answered(one, by=world.house.manager)

    assert "Noch beim Fachreferat" not in text(world.house.officer, url)


@pytest.mark.parametrize("query", ["", "?alle=1"])
def test_word_form_leads_back_to_where_it_was_asked_from(world: World, query: str) -> None:
    data = {"unit": "Referat 34", "mailbox": "referat34@smwk.sachsen.de"}
    asked = {"due_on": f"{today():%d.%m.%Y}", "s": [str(world.statement.pk)]}
    client = signed_in(world.house.officer)

    page = post(client, f"{give_path(world)}{query}", **data, **asked).content.decode()

    back = page.split('class="form-actions"')[-1]
    assert "Abbrechen" not in back
    assert ("Zurück zur Tabelle" in back) is bool(query)
    assert (TABLE in back) is bool(query)

"""Asking for more time and answering it, as people see it."""

import re
from typing import Any

import pytest
from django.test import Client

from guidelines.models import ExtensionRequest, Statement
from ministries.models import Notification
from tests.factories import make_check, make_partnership, make_statement
from tests.guidelines.acts.test_extensions import answered, asked_for_time, current, wish
from tests.guidelines.conftest import World, signed_in

ASKING = "/stellungnahmen/fristverlaengerung/"
REASON = "Zwei Referate sind in der Haushaltsaufstellung."


def send(client: Client, url: str, **fields: Any) -> Any:
    page = client.get(url)
    token = re.search(r'name="_token" value="([^"]+)"', page.text)
    assert token, page.status_code
    return client.post(url, {"_token": token[1], **fields})


@pytest.fixture
def second(world: World) -> Statement:
    check = make_check(check_round=world.check_round, partnership=make_partnership(name="Latium"))
    return make_statement(ministry=world.house.ministry, check=check, criteria=world.criteria)


# The house


def ticked(page: str) -> set[int]:
    boxes = re.findall(r'<input[^>]*name="statements"[^>]*>', page)
    checked = [box for box in boxes if "checked" in box]
    return {int(re.search(r'value="(\d+)"', box)[1]) for box in checked}  # type: ignore[index]


def test_each_page_of_the_house_leads_there_with_its_ticks(world: World, second: Statement) -> None:
    client = signed_in(world.house.officer)
    both = {world.statement.pk, second.pk}

    for page, chosen in (
        (second.get_absolute_url(), {second.pk}),
        ("/stellungnahmen/", both),
        ("/stellungnahmen/tabelle/", both),
    ):
        link = re.search(rf'href="({ASKING}[^"]*)"', client.get(page).text)
        assert link, page
        assert ticked(client.get(link[1].replace("&amp;", "&")).text) == chosen


def test_house_asks_for_several_on_one_page(world: World, second: Statement) -> None:
    client = signed_in(world.house.officer)
    both = [world.statement.pk, second.pk]

    answer = send(
        client, ASKING, statements=both, wished_on=f"{wish(world):%d.%m.%Y}", reason=REASON
    )

    assert answer.status_code == 302
    assert ExtensionRequest.objects.count() == 2
    assert (
        f"Um Fristverlängerung bis zum {wish(world):%d.%m.%Y} gebeten"
        in client.get("/stellungnahmen/").text
    )


def test_repeated_post_asks_once(world: World) -> None:
    client = signed_in(world.house.officer)
    token = re.search(r'name="_token" value="([^"]+)"', client.get(ASKING).text)
    assert token
    fields = {
        "_token": token[1],
        "statements": [world.statement.pk],
        "wished_on": f"{wish(world):%d.%m.%Y}",
        "reason": REASON,
    }

    first, again = client.post(ASKING, fields), client.post(ASKING, fields)

    assert first.headers["Location"] == again.headers["Location"]
    assert ExtensionRequest.objects.count() == Notification.objects.count() == 1


def test_house_asks_for_no_other_house(world: World) -> None:
    client = signed_in(world.house.officer)

    answer = send(
        client,
        ASKING,
        statements=[world.other_statement.pk],
        wished_on=f"{wish(world):%d.%m.%Y}",
        reason=REASON,
    )

    assert answer.status_code == 422
    assert not ExtensionRequest.objects.exists()


def test_house_sees_its_request_and_takes_it_back(world: World) -> None:
    (request,) = asked_for_time(world)
    client = signed_in(world.house.officer)
    page = client.get(world.statement.get_absolute_url()).text
    assert REASON in page
    assert "gilt die bisherige Frist" in page
    assert f"{ASKING}?s=" not in page
    url = f"{ASKING}{request.pk}/zuruecknehmen/"
    assert url in page

    token = re.search(r'name="_token" value="([^"]+)"', page)
    assert token
    client.post(url, {"_token": token[1]})

    assert current(request).state == "withdrawn"
    page = client.get(world.statement.get_absolute_url()).text
    assert "ist zurückgenommen" in page
    assert REASON not in page


def test_house_reads_the_answer_above_its_statement(world: World) -> None:
    (request,) = asked_for_time(world)
    answered(world, request, granted_on=None, remark="Das Kabinett tagt am Tag danach.")
    client = signed_in(world.house.head)

    page = client.get(world.statement.get_absolute_url()).text

    assert "Fristverlängerung nicht gewährt" in page
    assert "Das Kabinett tagt am Tag danach." in page
    assert f"{ASKING}?s={world.statement.pk}" in page

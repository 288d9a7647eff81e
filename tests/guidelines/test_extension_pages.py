"""Asking for more time and answering it, as people see it."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from guidelines.models import ExtensionRequest, Statement
from guidelines.statements.actions import submit
from ministries.models import Notification
from tests.factories import NOW, make_check, make_partnership, make_quiet_time, make_statement
from tests.guidelines.acts.test_extensions import answered, asked_for_time, current, wish
from tests.guidelines.conftest import World, closed, fresh, released, signed_in, write

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


def answering(world: World) -> str:
    return f"{world.check_round.get_absolute_url()}fristen/"


# The house


def ticked(page: str) -> set[int]:
    boxes = re.findall(r'<input[^>]*name="statements"[^>]*>', page)
    checked = [box for box in boxes if "checked" in box]
    return {int(re.search(r'value="(\d+)"', box)[1]) for box in checked}  # type: ignore[index]


def test_only_the_page_of_one_statement_ticks_it(world: World, second: Statement) -> None:
    client = signed_in(world.house.officer)

    for page, chosen in (
        (second.get_absolute_url(), {second.pk}),
        ("/stellungnahmen/", set()),
        ("/stellungnahmen/tabelle/", set()),
    ):
        link = re.search(rf'href="({ASKING}[^"]*)"', client.get(page).text)
        assert link, page
        assert ticked(client.get(link[1].replace("&amp;", "&")).text) == chosen


def test_what_waits_for_release_is_not_ticked_beforehand(world: World, second: Statement) -> None:
    write(second, by=world.house.officer)
    submit(statement=fresh(second), by=world.house.officer, now=NOW)
    client = signed_in(world.house.officer)

    assert ticked(client.get(f"{ASKING}?alle=1").text) == {world.statement.pk}


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


def test_one_who_has_submitted_may_still_ask(world: World) -> None:
    write(fresh(world.statement), by=world.house.officer)
    submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)

    page = signed_in(world.house.officer).get(world.statement.get_absolute_url()).text

    assert f"{ASKING}?s={world.statement.pk}" in page


def test_nothing_left_to_ask_for_says_so(world: World) -> None:
    asked_for_time(world)

    assert "hier keine offene Stellungnahme" in signed_in(world.house.officer).get(ASKING).text


# The coordination


def test_coordination_reads_the_request_on_desk_and_matrix(world: World) -> None:
    asked_for_time(world)
    client = signed_in(world.coordinator)

    desk = client.get("/zu-erledigen/").text
    matrix = client.get(world.check_round.get_absolute_url()).text

    assert f'href="{answering(world)}"' in desk
    for page in (desk, matrix):
        assert REASON in page
    assert re.search(rf"erbeten: <time[^>]*>{wish(world):%d.%m.%Y}", matrix)


@pytest.mark.parametrize("who", ["other", "stranger"])
@pytest.mark.parametrize("is_confidential", [False, True])
def test_other_houses_read_the_same_bytes(world: World, who: str, is_confidential: bool) -> None:
    world.check.partnership.is_confidential = is_confidential
    world.check.partnership.save()
    user = getattr(world, who).head
    pages = (world.check_round.get_absolute_url(), "/zu-erledigen/", "/stellungnahmen/", ASKING)

    def read() -> list[str]:
        client = signed_in(user)
        return [
            re.sub(r'value="[^"]{30,}"|[0-9]{2}:[0-9]{2} Uhr', "", client.get(page).text)
            for page in pages
        ]

    before = read()
    asked_for_time(world)

    assert read() == before


def test_ten_are_answered_in_three_loads(world: World) -> None:
    names = [f"Partnerschaft {number:02}" for number in range(9)]
    checks = [
        make_check(check_round=world.check_round, partnership=make_partnership(name=name))
        for name in names
    ]
    rows = [make_statement(ministry=world.house.ministry, check=check) for check in checks]
    requests = asked_for_time(world, statements=[fresh(world.statement), *rows])
    Notification.objects.all().delete()
    client = signed_in(world.coordinator)

    answer = send(
        client,
        answering(world),
        bitte=[row.pk for row in requests],
        verdict_alle="grant",
        **{
            f"verdict_{requests[0].pk}": "change",
            f"granted_on_{requests[0].pk}": f"{wish(world, 2):%d.%m.%Y}",
            f"verdict_{requests[1].pk}": "decline",
            f"remark_{requests[1].pk}": "Die Frist reicht.",
            f"verdict_{requests[2].pk}": "later",
        },
    )

    page = client.get(answer.headers["Location"]).text
    assert "Beantwortet: 7 gewährt, 1 mit anderem Tag gewährt, 1 nicht gewährt." in page
    states = [current(row).state for row in requests]
    assert states == ["granted", "declined", "open", *["granted"] * 7]
    assert current(requests[0]).granted_on == wish(world, 2)
    assert Notification.objects.get().to_address == world.house.ministry.mailbox
    assert "Frist verlängert" in page


def test_what_came_after_the_page_is_not_answered_with_it(world: World) -> None:
    (request,) = asked_for_time(world)
    client = signed_in(world.coordinator)
    page = client.get(answering(world)).text
    token = re.search(r'name="_token" value="([^"]+)"', page)
    assert token
    (later,) = asked_for_time(
        world, statements=[fresh(world.other_statement)], by=world.other.officer
    )

    client.post(
        answering(world),
        {"_token": token[1], "bitte": [request.pk], f"verdict_{request.pk}": "grant"},
    )

    assert (current(request).state, current(later).state) == ("granted", "open")


@pytest.mark.parametrize("happens", ["released", "closed"])
def test_what_is_settled_meanwhile_is_told_by_name(world: World, happens: str) -> None:
    (request,) = asked_for_time(world)
    client = signed_in(world.coordinator)
    page = client.get(answering(world)).text
    token = re.search(r'name="_token" value="([^"]+)"', page)
    assert token
    if happens == "released":
        released(world.statement, house=world.house)
    else:
        closed(world.check, by=world.coordinator)

    answer = client.post(
        answering(world),
        {"_token": token[1], "bitte": [request.pk], f"verdict_{request.pk}": "grant"},
    )

    told = client.get(answer.headers["Location"]).text
    assert f"{world.house.ministry}, {world.check.partnership}: nicht beantwortet." in told
    assert ("liegt schon vor" if happens == "released" else "ist geschlossen") in told
    assert "Keine Bitte um Fristverlängerung wartet" in client.get(answering(world)).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "mindestens zu einer Bitte"),
        ({"verdict": "decline"}, "warum nicht"),
        ({"verdict": "change"}, "bis wann"),
        ({"verdict": "change", "granted_on": "25.12.2026"}, "Erster Weihnachtstag"),
        ({"verdict": "change", "granted_on": "20.11.2026"}, "in der Zukunft"),
    ],
)
def test_answer_that_lacks_something_says_what(
    world: World, fields: dict[str, str], words: str
) -> None:
    (request,) = asked_for_time(world)
    named = {f"{name}_{request.pk}": value for name, value in fields.items()}

    answer = send(signed_in(world.coordinator), answering(world), bitte=[request.pk], **named)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert current(request).state == "open"


def test_wish_that_has_passed_is_said_where_it_is_granted(world: World) -> None:
    (request,) = asked_for_time(world)
    ExtensionRequest.objects.update(wished_on=date(2026, 11, 20))
    Statement.objects.update(due_on=date(2026, 11, 10))

    answer = send(
        signed_in(world.coordinator),
        answering(world),
        bitte=[request.pk],
        **{f"verdict_{request.pk}": "grant"},
    )

    assert "in der Zukunft" in answer.content.decode()


def test_day_in_a_quiet_time_is_asked_back_once(world: World) -> None:
    (request,) = asked_for_time(world)
    day = wish(world, 12)
    make_quiet_time(valid_from=day, valid_until=day)
    other = {"statements": [world.other_statement.pk], "reason": REASON}
    asking = {**other, "wished_on": f"{day:%d.%m.%Y}"}
    answering_it = {
        "bitte": [request.pk],
        f"verdict_{request.pk}": "change",
        f"granted_on_{request.pk}": f"{day:%d.%m.%Y}",
    }

    for client, url, fields in (
        (signed_in(world.other.officer), ASKING, asking),
        (signed_in(world.coordinator), answering(world), answering_it),
    ):
        first = send(client, url, **fields)
        assert first.status_code == 422
        assert "liegt in der Sommerpause" in first.content.decode()
        assert send(client, url, is_meant="on", **fields).status_code == 302

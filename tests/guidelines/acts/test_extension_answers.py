"""The coordination answers what houses ask for more time: grants, grants another day, declines."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.extensions.actions import Answer, answer_requests, take_request_back
from guidelines.models import CheckRound, ExtensionRequest
from guidelines.rounds.actions import extend_deadline
from guidelines.rounds.ending_actions import break_off_round
from guidelines.rounds.progress import cell_state
from ministries.clock import today
from ministries.models import Ministry, Notification
from ministries.working_days import add_working_days
from tests.factories import NOW
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.acts.test_extensions import answered, asked_for_time, current, second, wish
from tests.guidelines.conftest import World, closed, fresh, released, reopened, signed_in
from tests.guidelines.test_extension_pages import send
from ui.errors import Refusal


def to_the_house(world: World) -> Notification:
    return Notification.objects.get(to_address=world.house.ministry.mailbox)


def test_granted_moves_the_deadline_and_shows(world: World) -> None:
    (request,) = asked_for_time(world)
    Notification.objects.all().delete()

    assert answered(world, request, granted_on=wish(world)) == []

    assert fresh(world.statement).due_on == wish(world)
    assert cell_state(fresh(world.statement), today()).label == "Frist verlängert"
    assert fresh(world.statement).version == world.statement.version
    row = current(request)
    assert (row.state, row.granted_on, row.answered_by) == (
        "granted",
        wish(world),
        world.coordinator,
    )


def test_each_house_gets_one_letter_with_all_answers(world: World) -> None:
    statements = [fresh(world.statement), second(world), second(world, "Québec")]
    asked_for_time(world, statements=statements)
    first, other, third = (row.extension_requests.get() for row in statements)
    (elsewhere,) = asked_for_time(
        world, statements=[fresh(world.other_statement)], by=world.other.head
    )
    Notification.objects.all().delete()

    answer_requests(
        answers=[
            Answer(first, first.wished_on),
            Answer(other, wish(world, 2), "Bis dahin tagt die AG."),
            Answer(third, None, "Das Kabinett tagt am Tag danach."),
            Answer(elsewhere, elsewhere.wished_on),
        ],
        by=world.coordinator,
        now=NOW,
    )

    mail = to_the_house(world)
    assert Notification.objects.count() == 2
    assert [current(row).state for row in (first, other, third)] == [
        *("granted", "granted", "declined")
    ]
    assert f"wie erbeten:\n- {world.check.partnership}: {wish(world):%d.%m.%Y}" in mail.body
    assert f"- Latium: {wish(world, 2):%d.%m.%Y}. Bis dahin tagt die AG." in mail.body
    assert "- Québec: " in mail.body
    assert "Das Kabinett tagt am Tag danach." in mail.body


def test_letter_names_nothing_confidential(world: World) -> None:
    (request,) = asked_for_time(world, statements=[second(world, "Geheim", is_confidential=True)])
    Notification.objects.all().delete()

    answered(world, request, granted_on=None, remark="Wegen Geheim.")

    assert "Geheim" not in to_the_house(world).body


def test_house_without_mailbox_is_answered_in_bruecke_alone(world: World) -> None:
    (request,) = asked_for_time(world)
    Ministry.objects.update(mailbox="")
    Notification.objects.all().delete()

    answered(world, request, granted_on=wish(world))

    assert current(request).state == "granted"
    assert not Notification.objects.exists()


def test_message_does_not_say_that_such_a_house_is_written_to(world: World) -> None:
    (request,) = asked_for_time(world)
    Ministry.objects.update(mailbox="")
    client, url = signed_in(world.coordinator), world.check_round.get_absolute_url()

    send(client, f"{url}fristen/", bitte=[request.pk], **{f"verdict_{request.pk}": "grant"})

    page = client.get(url).text
    house = world.house.ministry.abbreviation
    assert "Jedes Ressort mit Funktionspostfach erhält eine Nachricht." in page
    assert f"Ohne Funktionspostfach, bitte anders unterrichten: {house}." in page


def test_declined_needs_a_line(world: World) -> None:
    (request,) = asked_for_time(world)

    ((_, problem),) = answered(world, request, granted_on=None)

    assert "warum Sie mehr Zeit nicht gewähren" in problem
    assert current(request).state == "open"


def test_past_day_or_holiday_is_not_granted(world: World) -> None:
    CheckRound.objects.update(due_on=NOW.date() - timedelta(days=10))
    statement = fresh(world.statement)
    (request,) = asked_for_time(world, wished_on=date(2026, 11, 27), statements=[statement])

    ((_, late),) = answered(world, request, granted_on=NOW.date())
    ((_, holiday),) = answered(world, request, granted_on=date(2026, 12, 25))

    assert "in der Zukunft" in late
    assert "kein Arbeitstag" in holiday


def test_deadline_lengthened_meanwhile_is_not_shortened(world: World) -> None:
    (request,) = asked_for_time(world)
    longer = wish(world, 10)
    rows = [fresh(world.statement)]
    extend_deadline(statements=rows, due_on=longer, by=world.coordinator, now=NOW)

    ((_, problem),) = answered(world, request, granted_on=wish(world))

    assert f"Die Frist ist inzwischen der {longer:%d.%m.%Y}" in problem
    assert (fresh(world.statement).due_on, current(request).state) == (longer, "open")


@pytest.mark.parametrize("granted_on", [None, "wish"])
@pytest.mark.parametrize(
    ("happens", "words"),
    [
        ("released", "liegt schon vor"),
        ("closed", "ist geschlossen"),
        ("broken off", "laufenden"),
        ("taken back", "zurückgenommen"),
    ],
)
def test_what_has_happened_meanwhile_is_said(
    world: World, happens: str, words: str, granted_on: str | None
) -> None:
    (request,) = asked_for_time(world)
    (further,) = asked_for_time(world, statements=[second(world)])
    if happens == "released":
        released(world.statement, house=world.house)
    elif happens == "closed":
        closed(world.check, by=world.coordinator)
    elif happens == "taken back":
        take_request_back(request=request, by=world.house.officer, now=NOW)
    else:
        row = CheckRound.objects.get()
        break_off_round(check_round=row, reason="Anlass", by=world.coordinator, now=NOW)
    day = wish(world) if granted_on else None

    refused = answered(world, request, further, granted_on=day, remark="Anlass")

    assert words in dict(refused)[request]
    assert (further in dict(refused)) is (happens == "broken off")
    assert fresh(world.statement).due_on is None


def test_request_of_a_closed_collection_waits_again_once_it_is_reopened(world: World) -> None:
    asked_for_time(world, wished_on=add_working_days(today(), 100))
    closed(world.check, by=world.coordinator)
    assert not ExtensionRequest.objects.pending().exists()

    reopened(world.check, by=world.coordinator)

    assert ExtensionRequest.objects.pending().exists()


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_others_answer_nothing(world: World, who: str) -> None:
    (request,) = asked_for_time(world)

    with pytest.raises(PermissionDenied):
        answered(world, request, granted_on=wish(world), by=person(world, who))


def test_answered_one_is_not_taken_back(world: World) -> None:
    (request,) = asked_for_time(world)
    answered(world, request, granted_on=wish(world))

    with pytest.raises(Refusal, match="gewährt"):
        take_request_back(request=request, by=world.house.officer, now=NOW)

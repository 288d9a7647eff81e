"""An Fachreferat geben: asked inside the house, answered, taken over; nobody else hears of it."""

from datetime import timedelta
from typing import Any

from guidelines.delegations.actions import Addressee, Answered, answer_all, give, record_answers
from guidelines.delegations.desk import desk_items, desk_rows
from guidelines.models import Delegation, ReviewNote
from ministries.clock import today
from ministries.models import Notification, User
from ministries.working_days import add_working_days
from tests.factories import NOW
from tests.guidelines.conftest import World, fresh, signed_in
from tests.guidelines.test_query_pages import post, text

CANARY = "Kanarienvogel"


def given(world: World, **changes: Any) -> Delegation:
    """The first question, to the manager, who writes nothing else in this house."""
    values: dict[str, Any] = {
        "statements": [fresh(world.statement)],
        "criterion": world.criteria[0],
        "to": Addressee(person=world.house.manager),
        "due_on": today() + timedelta(days=5),
        "by": world.house.officer,
        "now": NOW,
    }
    return give(**(values | changes)).delegations[0]


def answered(one: Delegation, *, by: User, answer: str = "2", reason: str = CANARY) -> Delegation:
    answer_all(answers=[Answered(one, answer, reason)], by=by, now=NOW)
    return Delegation.objects.get(pk=one.pk)


def desk(user: User) -> list[str]:
    items = desk_items(user, today())
    assert len(items) == sum(rows.count() for rows in desk_rows(user, today()))
    return [f"{item.verb} {item.partnership_name} {item.due_on}" for item in items]


PAGE = "/stellungnahmen/zuarbeit/"


def path(world: World, act: str = "") -> str:
    return f"/stellungnahmen/{world.statement.pk}/{act}"


def give_path(world: World) -> str:
    return path(world, f"zuarbeit/{world.criteria[0].pk}/")


# The way of one question


def test_question_is_given_answered_and_taken_over(world: World) -> None:
    officer, manager = world.house.officer, world.house.manager
    asking = signed_in(officer)

    asking.get(give_path(world))
    post(
        asking,
        give_path(world),
        s=str(world.statement.pk),
        person=str(manager.pk),
        due_on=f"{add_working_days(today(), 4):%d.%m.%Y}",
    )
    one = Delegation.objects.get()
    assert "intern bis" in text(officer, path(world))
    post(
        signed_in(manager),
        PAGE,
        **{f"answer_{one.pk}": "2", f"reason_{one.pk}": f"{CANARY} sagt es."},
    )
    assert f"{CANARY} sagt es." in text(officer, path(world))
    post(asking, path(world), _version="1", _next=f"zuarbeit-{one.pk}")

    note = ReviewNote.objects.get(statement=world.statement, criterion=world.criteria[0])
    assert (note.answer, note.reason) == ("2", f"{CANARY} sagt es.")
    assert officer in world.statement.authors.all()


def test_nothing_is_taken_over_by_itself(world: World) -> None:
    answered(given(world), by=world.house.manager)

    assert not ReviewNote.objects.exclude(answer="", reason="").exists()


def test_reason_of_the_officer_stays_above(world: World) -> None:
    one = answered(given(world), by=world.house.manager)
    key = one.criterion_id

    post(
        signed_in(world.house.officer),
        path(world),
        **{"_version": "1", "_next": f"zuarbeit-{one.pk}", f"reason_{key}": "Eigenes."},
    )

    note = ReviewNote.objects.get(statement=world.statement, criterion=key)
    assert note.reason == f"Eigenes.\n\n{CANARY}"


def test_answers_of_several_stand_side_by_side(world: World) -> None:
    answered(given(world), by=world.house.manager, reason="Vom einen.")
    colleague = Addressee(person=world.house.colleague)
    answered(given(world, to=colleague), by=world.house.colleague, reason="Vom anderen.")

    page = text(world.house.officer, path(world))

    assert "Vom einen." in page
    assert "Vom anderen." in page


def test_person_hears_once_and_finds_it_on_the_desk(world: World) -> None:
    given(world)

    mail = Notification.objects.get(recipient=world.house.manager)
    name = world.check.partnership.name
    assert name in mail.body
    assert world.criteria[0].question in mail.body
    code, day = world.criteria[0].code, today() + timedelta(days=5)
    assert desk(world.house.manager) == [f"Zuarbeit zu Frage {code} {name} {day}"]


def test_who_asked_hears_of_the_answer_without_its_text(world: World) -> None:
    answered(given(world), by=world.house.manager)

    mail = Notification.objects.get(recipient=world.house.officer)
    assert "Zuarbeit liegt vor" in mail.subject
    assert CANARY not in mail.body


def test_answer_without_its_reason_is_refused_at_the_field(world: World) -> None:
    one = given(world)

    response = post(signed_in(world.house.manager), PAGE, **{f"answer_{one.pk}": "3"})

    assert response.status_code == 422
    assert f'href="#id_reason_{one.pk}"' in response.content.decode()


def test_reason_without_an_answer_is_asked_back(world: World) -> None:
    """Radios that are not ticked are not sent."""
    one = given(world)

    response = post(signed_in(world.house.manager), PAGE, **{f"reason_{one.pk}": CANARY})

    assert response.status_code == 422
    assert f'href="#id_answer_{one.pk}' in response.content.decode()
    assert CANARY in response.content.decode()


def test_answer_of_a_mailbox_is_entered_by_an_officer(world: World) -> None:
    one = given(world, to=Addressee(unit="Referat 34", mailbox="referat34@demo.example"))

    record_answers(answers=[Answered(one, "2", CANARY)], by=world.house.officer, now=NOW)

    page = text(world.house.officer, path(world))
    assert "Referat 34 (referat34@demo.example)" in page
    assert CANARY in page
    assert not Notification.objects.exists()

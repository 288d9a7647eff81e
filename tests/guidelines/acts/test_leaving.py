"""A partnership is taken out of a running round, with its reason, and may come back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction
from django.urls import reverse

from guidelines.collection.actions import close_collections
from guidelines.decisions.actions import begin_evaluation
from guidelines.extensions.actions import ask_for_time
from guidelines.leaving.actions import take_in, take_out
from guidelines.models import CheckRound, ExtensionRequest, GuidelineCheck, Query, Statement
from guidelines.queries.actions import ask
from guidelines.rounds.actions import extend_deadline
from guidelines.rounds.desk import to_evaluate
from guidelines.rounds.joining_actions import add_house_later
from guidelines.rounds.progress import CellState, cell_state, round_progress
from guidelines.statements.actions import release
from guidelines.statements.desk import to_answer
from ministries.clock import today
from ministries.models import Notification
from ministries.working_days import add_working_days
from tests.factories import NOW, make_check, make_ministry, make_partnership, make_statement
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.conftest import (
    World,
    asked,
    closed,
    fresh,
    released,
    reopened,
    signed_in,
    submitted,
    write,
)
from tests.guidelines.test_decision import current
from ui.errors import Refusal

REASON = "Die Partnerschaft ist im November beendet worden."


@pytest.fixture(autouse=True)
def another(world: World) -> GuidelineCheck:
    return make_check(check_round=world.check_round, partnership=make_partnership(name="Latium"))


def out(world: World, **changes: Any) -> GuidelineCheck:
    values: dict[str, Any] = {"check": world.check, "reason": REASON, "by": world.coordinator}
    return take_out(**(values | changes), now=NOW)


def back(world: World, **changes: Any) -> GuidelineCheck:
    return take_in(**({"check": world.check, "by": world.coordinator, "now": NOW} | changes))


def test_taken_out_owes_and_counts_nothing(world: World) -> None:
    write(fresh(world.statement), by=world.house.officer)
    ask_for_time(
        statements=[fresh(world.statement)],
        wished_on=add_working_days(today(), 100),
        reason="Haushalt",
        by=world.house.officer,
        now=NOW,
    )
    text = fresh(world.statement).key_message

    out(world)

    statement = Statement.objects.select_related("guideline_check__round").get(
        pk=world.statement.pk
    )
    assert (statement.key_message, statement.state) == (text, "open")
    assert cell_state(statement, today()) is CellState.NOT_ASKED
    assert round_progress(world.check_round, world.coordinator, today()).total == 0
    assert not to_answer(world.house.officer, today()).exists()
    assert world.check not in to_evaluate(world.coordinator, today())
    assert not Statement.objects.outstanding().filter(guideline_check=world.check).exists()
    assert not Statement.objects.not_given().filter(guideline_check=world.check).exists()
    assert not ExtensionRequest.objects.pending().exists()


def test_each_house_is_told_without_the_reason(world: World) -> None:
    out(world)

    mails = Notification.objects.all()
    houses = {world.house.ministry.mailbox, world.other.ministry.mailbox}
    assert {mail.to_address for mail in mails} == houses
    assert all("nicht mehr dabei" in mail.subject for mail in mails)
    assert not any("beendet worden" in mail.body for mail in mails)


def test_house_files_and_releases_nothing_there(world: World) -> None:
    submitted(world.statement, by=world.house.officer)
    out(world)

    with pytest.raises(Refusal, match="ist beendet"):
        release(statement=fresh(world.statement), by=world.house.head, now=NOW)
    with pytest.raises(Error), transaction.atomic():
        Statement.objects.filter(pk=world.statement.pk).update(state="open")


def test_nothing_is_judged_there(world: World) -> None:
    out(world)

    with pytest.raises(Refusal, match="nicht mehr im"):
        begin_evaluation(check=current(world.check), by=world.coordinator, now=NOW)


def test_no_door_leads_to_reopening_what_is_taken_out(world: World) -> None:
    statement = released(world.statement, house=world.house)
    later = add_working_days(world.check_round.due_on, 5)
    out(world)
    by_now = {"by": world.coordinator, "now": NOW}

    for refused in (
        lambda: ask(statement=statement, text="Und?", due_on=later, **by_now),
        lambda: extend_deadline(statements=[world.other_statement], due_on=later, **by_now),
        lambda: add_house_later(checks=[world.check], ministry=make_ministry(), **by_now),
        lambda: close_collections(checks=[world.check], **by_now),
    ):
        with pytest.raises(Refusal, match="nicht mehr im"):
            refused()


def test_rueckfrage_ends_with_it(world: World) -> None:
    asked(released(world.statement, house=world.house), by=world.coordinator)

    out(world)

    assert Query.objects.get().state == "withdrawn"


def test_house_is_complete_without_what_was_taken_out(
    world: World, another: GuidelineCheck
) -> None:
    make_statement(ministry=world.house.ministry, check=another, criteria=world.criteria)
    out(world, check=another)

    released(world.statement, house=world.house)

    assert Notification.objects.filter(subject__endswith="vollständig").exists()


def test_what_another_released_is_not_read_there(world: World) -> None:
    released(world.other_statement, house=world.other)
    CheckRound.objects.update(due_on=NOW.date() - timedelta(days=1))

    out(world)

    seen = Statement.objects.visible_to(world.house.officer)
    assert world.other_statement not in seen


def test_what_was_read_stays_read(world: World) -> None:
    released(world.other_statement, house=world.other)
    released(world.statement, house=world.house)
    CheckRound.objects.update(due_on=NOW.date() - timedelta(days=1))

    out(world)

    assert world.other_statement in Statement.objects.visible_to(world.house.officer)
    page = signed_in(world.house.officer).get(world.other_statement.get_absolute_url()).text
    assert "Die freigegebene Stellungnahme bleibt lesbar wie bisher." in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"reason": " "}, "Nennen Sie den Grund")],
)
def test_reason_is_needed(world: World, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        out(world, **changes)


def test_last_partnership_stays(world: World, another: GuidelineCheck) -> None:
    out(world, check=another)

    with pytest.raises(Refusal, match="keine Partnerschaft"):
        out(world)


@pytest.mark.parametrize("state", ["proposed", "decided"])
def test_what_is_proposed_or_decided_stays(world: World, state: str) -> None:
    for step in ("evaluating", "proposed", "decided"):
        GuidelineCheck.objects.filter(pk=world.check.pk).update(state=step)
        if step == state:
            break

    with pytest.raises(Refusal):
        out(world)


def test_round_ends_where_all_others_are_decided(world: World, another: GuidelineCheck) -> None:
    for step in ("evaluating", "proposed", "decided"):
        GuidelineCheck.objects.filter(pk=another.pk).update(state=step)

    out(world)

    assert CheckRound.objects.get().state == "closed"
    assert current(world.check).taken_out_because == REASON


def test_evaluation_begun_goes_back(world: World) -> None:
    closed(world.check, by=world.coordinator)
    begin_evaluation(check=current(world.check), by=world.coordinator, now=NOW)

    out(world)
    back(world)

    assert current(world.check).state == "collecting"
    assert reopened(current(world.check), by=world.coordinator)


def test_taken_in_again_asks_the_houses_again(world: World) -> None:
    write(fresh(world.statement), by=world.house.officer)
    out(world)
    Notification.objects.all().delete()
    later = add_working_days(world.check_round.due_on, 5)

    back(world, due_on=later)

    row = current(world.check)
    assert (row.taken_out_on, row.taken_out_because) == (None, "")
    assert to_answer(world.house.officer, today()).get() == world.statement
    assert fresh(world.statement).due_on == later
    assert {mail.subject.rpartition(" ")[2] for mail in Notification.objects.all()} == {"dabei"}


def test_each_house_is_told_what_is_left_to_it(world: World) -> None:
    released(world.statement, house=world.house)
    Notification.objects.all().delete()
    out(world)
    back(world)

    def told(house: Any) -> str:
        mails = Notification.objects.filter(to_address=house.ministry.mailbox)
        return " ".join(mails.order_by("pk").values_list("body", flat=True))

    assert "freigegeben hat, bleibt lesbar wie bisher" in told(world.house)
    assert "freigegeben hat, gilt" in told(world.house)
    assert "wird nicht mehr gebraucht" in told(world.other)
    assert "erbeten" in told(world.other)
    assert "erbeten" not in told(world.house)


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "Früher kann sie nicht enden"), (800, "mehr als zwei Jahre")]
)
def test_deadline_on_coming_back_fits(world: World, days: int, words: str) -> None:
    out(world)

    with pytest.raises(Refusal, match=words):
        back(world, due_on=world.check_round.due_on + timedelta(days=days))


def test_neither_twice(world: World) -> None:
    with pytest.raises(Refusal, match="schon wieder dabei"):
        back(world)
    out(world)
    with pytest.raises(Refusal, match="schon herausgenommen"):
        out(world)


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_others_take_nothing_out_or_in(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        out(world, by=person(world, who))
    out(world)
    with pytest.raises(PermissionDenied):
        back(world, by=person(world, who))


# Pages


def test_everybody_asked_reads_why(world: World) -> None:
    write(fresh(world.statement), by=world.house.officer)
    out(world)

    for user, url in (
        (world.coordinator, world.check.get_absolute_url()),
        (world.house.officer, world.check.get_absolute_url()),
        (world.house.officer, world.statement.get_absolute_url()),
    ):
        page = signed_in(user).get(url).text
        assert "Aus dem Leitlinien-Check genommen" in page
        assert REASON in page
    matrix = signed_in(world.coordinator).get(world.check_round.get_absolute_url()).text
    assert "herausgenommen am" in matrix
    listed = signed_in(world.house.officer).get("/stellungnahmen/").text
    assert "nicht beteiligt" in listed
    assert "wird nichts mehr" not in listed


def test_what_was_released_is_read_without_counting_it(world: World) -> None:
    text = released(world.statement, house=world.house).key_message
    out(world)

    client = signed_in(world.coordinator)
    page = client.get(world.check.get_absolute_url()).text
    assert text in page
    assert "von 2 liegen vor" not in page
    assert "Ressorts ohne Stellungnahme" in page
    matrix = client.get(world.check_round.get_absolute_url()).text
    assert world.statement.get_absolute_url() in matrix
    tab = client.get(f"{world.check.partnership.get_absolute_url()}leitlinien-checks/").text
    assert "aus dem Leitlinien-Check genommen" in tab
    url = reverse("guidelines:statement-print", args=[world.statement.pk])
    printed = signed_in(world.house.officer).get(url)
    assert "aus dem Leitlinien-Check" in printed.text


def test_house_is_told_nobody_else_reads_its_draft(world: World) -> None:
    write(fresh(world.statement), by=world.house.officer)
    out(world)

    page = signed_in(world.house.officer).get(world.statement.get_absolute_url()).text
    assert "sieht nur, dass nichts freigegeben ist" in page


def test_coordination_takes_out_and_in_on_its_pages(world: World) -> None:
    client, url = signed_in(world.coordinator), world.check.get_absolute_url()
    assert f"{url}herausnehmen/" in client.get(url).text

    for step, fields in (("herausnehmen", {"reason": REASON}), ("wieder-aufnehmen", {})):
        page = client.get(f"{url}{step}/").text
        token = page.split('name="_token" value="')[1].split('"')[0]
        answer = client.post(f"{url}{step}/", {"_token": token, **fields})
        assert answer.status_code == 302, step

    assert "wieder im" in client.get(url).text

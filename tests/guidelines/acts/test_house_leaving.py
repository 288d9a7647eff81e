"""One house is no longer asked in a running round, and may be asked again."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from guidelines.collection.actions import close_collections, reopen_cell, reopen_collection
from guidelines.extensions.actions import ask_for_time
from guidelines.leaving.house_actions import take_house_out
from guidelines.models import CheckRound, ExtensionRequest, ReviewNote, Statement, StatementDraft
from guidelines.rounds.actions import extend_deadline
from guidelines.rounds.ending_actions import break_off_round
from guidelines.rounds.joining_actions import add_house_later, join_round
from guidelines.rounds.progress import CellState, cell_state, round_progress
from guidelines.statements.actions import release
from guidelines.statements.desk import to_answer
from guidelines.statements.draft_actions import keep_draft
from ministries.clock import today
from ministries.models import Notification
from ministries.working_days import add_working_days
from tests.factories import NOW
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.conftest import World, fresh, released, signed_in, submitted, write
from tests.guidelines.test_decision import current
from ui.errors import Refusal

REASON = "Das Referat ist zum SMWK gewechselt"


def out(world: World, **changes: Any) -> Sequence[Statement]:
    values = {"statements": [world.statement], "reason": REASON, "by": world.coordinator}
    return take_house_out(**(values | changes), now=NOW)


def stored(world: World) -> Statement:
    rows = Statement.objects.select_related("guideline_check__round", "ministry")
    return rows.get(pk=world.statement.pk)


def test_house_owes_and_counts_nothing(world: World) -> None:
    write(fresh(world.statement), by=world.house.officer)
    ask_for_time(
        statements=[fresh(world.statement)],
        wished_on=add_working_days(today(), 100),
        reason="Haushalt",
        by=world.house.officer,
        now=NOW,
    )
    total = round_progress(world.check_round, world.coordinator, today()).total

    out(world)

    assert cell_state(stored(world), today()) is CellState.NOT_ASKED
    assert round_progress(world.check_round, world.coordinator, today()).total == total - 1
    assert not to_answer(world.house.officer, today()).exists()
    assert not ExtensionRequest.objects.pending().exists()
    kept = ReviewNote.objects.filter(statement=world.statement).exclude(answer="")
    assert kept.exists()


def test_one_mail_without_the_reason(world: World) -> None:
    out(world)

    mail = Notification.objects.get()
    assert mail.to_address == world.house.ministry.mailbox
    assert "nicht mehr beteiligt" in mail.subject
    assert "gewechselt" not in mail.body


def test_round_is_complete_without_it(world: World) -> None:
    out(world)
    Notification.objects.all().delete()

    released(world.other_statement, house=world.other)

    assert any("vollständig" in mail.subject for mail in Notification.objects.all())


def test_no_door_leads_to_what_is_taken_out(world: World) -> None:
    submitted(world.statement, by=world.house.officer)
    out(world)
    later = add_working_days(world.check_round.due_on, 5)
    by_now = {"by": world.coordinator, "now": NOW}

    with pytest.raises(Refusal, match="nicht mehr beteiligt"):
        release(statement=fresh(world.statement), by=world.house.head, now=NOW)
    with pytest.raises(Refusal, match="nicht mehr beteiligt"):
        extend_deadline(statements=[world.statement], due_on=later, **by_now)
    with pytest.raises(Refusal, match="nicht mehr beteiligt"):
        out(world)
    with pytest.raises(Error), transaction.atomic():
        Statement.objects.filter(pk=world.statement.pk).update(state="open")
    close_collections(checks=[world.check], **by_now)
    with pytest.raises(Refusal, match="nicht mehr beteiligt"):
        reopen_cell(statement=fresh(world.statement), reason="Doch", due_on=later, **by_now)
    reopen_collection(check=current(world.check), reason="Doch", due_on=later, **by_now)
    assert cell_state(stored(world), today()) is CellState.NOT_ASKED
    assert stored(world).due_on is None


def test_closed_without_it_nobody_misses_it(world: World) -> None:
    out(world)

    missing = close_collections(checks=[world.check], by=world.coordinator, now=NOW)

    assert [row.ministry for row in missing] == [world.other.ministry]


def test_broken_off_writes_to_whom_it_still_asks(world: World) -> None:
    out(world)
    Notification.objects.all().delete()

    break_off_round(check_round=world.check_round, reason="Neuwahl", by=world.coordinator, now=NOW)

    told = set(Notification.objects.values_list("to_address", flat=True))
    assert told == {world.other.ministry.mailbox}


def test_it_reads_no_other_house_any_more(world: World) -> None:
    released(world.other_statement, house=world.other)
    CheckRound.objects.update(is_open_reading=True)
    assert world.other_statement in Statement.objects.visible_to(world.house.officer)

    out(world)

    assert world.other_statement not in Statement.objects.visible_to(world.house.officer)


def test_released_stays(world: World) -> None:
    statement = released(world.statement, house=world.house)

    with pytest.raises(Refusal, match="liegt schon vor"):
        out(world, statements=[statement])
    with pytest.raises(Error), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(
            taken_out_on=today(), taken_out_because=REASON
        )


def test_last_house_stays(world: World) -> None:
    out(world, statements=[world.other_statement])

    with pytest.raises(Refusal, match="Kein anderes Ressort"):
        out(world)


def test_reason_is_needed(world: World) -> None:
    with pytest.raises(Refusal, match="Nennen Sie den Grund"):
        out(world, reason=" ")


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_others_take_nobody_out(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        out(world, by=person(world, who))


def test_asked_again_finds_what_it_wrote(world: World) -> None:
    written = write(fresh(world.statement), by=world.house.officer)
    typed = {"key_message": "Angefangen"}
    keep_draft(
        statement=written,
        data=typed,
        based_on_version=written.version,
        by=world.house.officer,
        now=NOW,
    )
    before = list(ReviewNote.objects.filter(statement=world.statement).values())
    out(world)
    Notification.objects.all().delete()

    add_house_later(
        checks=[world.check], ministry=world.house.ministry, by=world.coordinator, now=NOW
    )

    assert list(ReviewNote.objects.filter(statement=world.statement).values()) == before
    assert to_answer(world.house.officer, today()).get() == world.statement
    assert StatementDraft.objects.get().based_on_version == stored(world).version
    assert Notification.objects.get().to_address == world.house.ministry.mailbox
    submitted(fresh(world.statement), by=world.house.officer)


def test_house_comes_back_by_itself(world: World) -> None:
    out(world)

    join_round(checks=[world.check], ministry=world.house.ministry, by=world.house.officer, now=NOW)

    assert stored(world).taken_out_on is None


# Pages


def test_coordination_takes_out_and_asks_again_on_its_pages(world: World) -> None:
    client, house = signed_in(world.coordinator), world.house.ministry
    round_url, slug = world.check_round.get_absolute_url(), world.check.partnership.slug
    url = f"{round_url}ressort-herausnehmen/{house.slug}/"
    extending = client.get(f"{world.check.get_absolute_url()}frist/{house.slug}/").text
    assert f"{url}?partnerschaft={slug}" in extending

    page = client.get(f"{url}?partnerschaft={slug}").text
    assert "checked" in page
    token = page.split('name="_token" value="')[1].split('"')[0]
    fields = {"_token": token, "statements": [world.statement.pk], "reason": REASON}
    assert client.post(url, fields).status_code == 302

    assert REASON in client.get(world.check.get_absolute_url()).text
    again = f"{round_url}ressort-beteiligen/?ressort={house.slug}&amp;partnerschaft={slug}"
    assert again in client.get(world.check.get_absolute_url()).text
    assert again in client.get(round_url).text
    assert client.get(url).status_code == 404


def test_house_reads_why_and_no_other_does(world: World) -> None:
    write(fresh(world.statement), by=world.house.officer)
    out(world)

    page = signed_in(world.house.officer).get(world.statement.get_absolute_url()).text
    assert "Nicht mehr beteiligt" in page
    assert REASON in page
    listed = signed_in(world.house.officer).get("/stellungnahmen/").text
    assert "nicht beteiligt" in listed
    assert "entfällt" in listed
    for user in (world.other.officer, world.stranger.officer, world.auditor):
        for url in (world.check_round.get_absolute_url(), world.check.get_absolute_url()):
            assert REASON not in signed_in(user).get(url).text


def test_house_of_a_cell_that_was_reopened_comes_back(world: World) -> None:
    close_collections(checks=[world.check], by=world.coordinator, now=NOW)
    later = add_working_days(world.check_round.due_on, 5)
    reopen_cell(
        statement=fresh(world.statement),
        reason="Doch",
        due_on=later,
        by=world.coordinator,
        now=NOW,
    )
    out(world)
    client, house = signed_in(world.coordinator), world.house.ministry
    url = f"{world.check_round.get_absolute_url()}ressort-beteiligen/"
    again = f"{url}?ressort={house.slug}&partnerschaft={world.check.partnership.slug}"
    assert again.replace("&", "&amp;") in client.get(world.check.get_absolute_url()).text
    assert "checked" in client.get(again).text

    add_house_later(checks=[current(world.check)], ministry=house, by=world.coordinator, now=NOW)

    assert to_answer(world.house.officer, today()).get() == world.statement
    with pytest.raises(Refusal, match="ist geschlossen"):
        add_house_later(
            checks=[current(world.check)],
            ministry=world.other.ministry,
            by=world.coordinator,
            now=NOW,
        )


def test_deadline_is_not_changed_past_a_request_for_time(world: World) -> None:
    wished_on = add_working_days(world.check_round.due_on, 10)
    ask_for_time(
        statements=[fresh(world.statement)],
        wished_on=wished_on,
        reason="Haushalt",
        by=world.house.officer,
        now=NOW,
    )
    client = signed_in(world.coordinator)
    page = client.get(f"{world.check.get_absolute_url()}frist/{world.house.ministry.slug}/").text
    assert "Bitte beantworten" in page

    with pytest.raises(Refusal, match="Beantworten Sie zuerst"):
        extend_deadline(
            statements=[world.statement],
            due_on=add_working_days(world.check_round.due_on, 3),
            by=world.coordinator,
            now=NOW,
        )

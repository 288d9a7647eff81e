"""What a decision changes, from when, and for whose eyes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from guidelines.decisions.actions import (
    CheckOutcome,
    DecisionFacts,
    begin_evaluation,
    propose,
    record_decisions,
)
from guidelines.models import (
    CheckRound,
    Decision,
    GuidelineCheck,
    Outcome,
    Proposal,
    ReviewNote,
    Statement,
)
from guidelines.rounds.actions import extend_deadline
from ministries.models import Role, User
from partnerships.models import Partnership, StatusPeriod
from tests.factories import NOW, make_check, make_partnership, make_user
from tests.guidelines.conftest import World, closed, released, signed_in
from ui.errors import Conflict, Refusal

DECIDED = date(2026, 11, 20)
EFFECTIVE = date(2027, 1, 1)
VISIBLE = date(2027, 2, 1)
ONE_DAY = timedelta(days=1)
FACTS = DecisionFacts(
    body=Decision.Body.CABINET,
    decided_on=DECIDED,
    number="01/0123",
    wording="Das Kabinett beschließt.",
    effective_from=EFFECTIVE,
    visible_from=VISIBLE,
)
SUSPENSION = {"resume_condition": "Wenn die Lage es zulässt.", "review_on": date(2028, 1, 1)}


def current(check: GuidelineCheck) -> GuidelineCheck:
    return GuidelineCheck.objects.get(pk=check.pk)


def put_forward(check: GuidelineCheck, by: User, outcome: str = Outcome.CONTINUE) -> None:
    closed(check, by=by)
    begin_evaluation(check=current(check), by=by, now=NOW)
    propose(
        check=current(check),
        outcome=outcome,
        until_on=None,
        reasons="Gründe.",
        by=by,
        now=NOW,
    )


def decide(
    world: World,
    outcome: str = Outcome.CONTINUE,
    *,
    checks: list[GuidelineCheck] | None = None,
    facts: DecisionFacts = FACTS,
    **fields: Any,
) -> list[Decision]:
    checks = checks or [world.check]
    for check in checks:
        if current(check).state == GuidelineCheck.State.COLLECTING:
            put_forward(check, world.coordinator)
    return record_decisions(
        check_round=world.check_round,
        facts=facts,
        outcomes=[CheckOutcome(check, outcome, **fields) for check in checks],
        by=world.coordinator,
        now=NOW,
    )


def standing(world: World, user: User, day: date) -> Any:
    partnerships = Partnership.objects.visible_to(user).with_standing(user, day)
    return partnerships.get(pk=world.check.partnership_id)


@pytest.fixture
def under_scrutiny(world: World) -> Partnership:
    partnership = world.check.partnership
    partnership.scrutiny_since, partnership.scrutiny_reason = date(2026, 2, 12), "Leitlinien 2026"
    partnership.save()
    return partnership


# What follows


@pytest.mark.parametrize(
    ("outcome", "fields", "status"),
    [
        (Outcome.SUSPEND, SUSPENSION, "dormant"),
        (Outcome.END, {}, "ended"),
        (Outcome.CONTINUE, {}, "active"),
        (Outcome.EXPAND, {}, "active"),
        (Outcome.CONTINUE_LIMITED, {"until_on": date(2028, 1, 1)}, "active"),
        (Outcome.POSTPONE, {"until_on": date(2028, 1, 1)}, "active"),
    ],
)
def test_status_follows_from_the_effective_day(
    world: World, outcome: str, fields: dict[str, Any], status: str
) -> None:
    decide(world, outcome, **fields)

    assert standing(world, world.coordinator, EFFECTIVE - ONE_DAY).status == "active"
    assert standing(world, world.coordinator, EFFECTIVE).status == status


def test_establishing_ends_the_exploratory_period_the_day_before(world: World) -> None:
    StatusPeriod.objects.update(status="exploratory", valid_from=None)

    decide(world, Outcome.ESTABLISH)

    former, new = StatusPeriod.objects.filter(partnership=world.check.partnership)
    assert (former.valid_until, new.valid_from) == (EFFECTIVE - ONE_DAY, EFFECTIVE)
    assert (new.status, new.reference, new.visible_from) == ("active", "01/0123", VISIBLE)
    assert new.is_confirmed


@pytest.mark.parametrize("status", ["active", "dormant", "ended"])
def test_only_what_is_explored_is_established(world: World, status: str) -> None:
    StatusPeriod.objects.update(status=status, valid_from=None)

    with pytest.raises(Refusal, match="passt nicht zum Status"):
        decide(world, Outcome.ESTABLISH)


@pytest.mark.usefixtures("under_scrutiny")
def test_decision_lifts_the_scrutiny_mark(world: World) -> None:
    decide(world)

    assert standing(world, world.coordinator, EFFECTIVE - ONE_DAY).is_under_scrutiny
    assert not standing(world, world.coordinator, EFFECTIVE).is_under_scrutiny


@pytest.mark.usefixtures("under_scrutiny")
def test_postponing_keeps_the_scrutiny_mark(world: World) -> None:
    decide(world, Outcome.POSTPONE, until_on=date(2027, 6, 1))

    assert standing(world, world.coordinator, EFFECTIVE).is_under_scrutiny


# For whose eyes


@pytest.mark.usefixtures("under_scrutiny")
def test_former_status_and_mark_show_to_others_until_visible(world: World) -> None:
    decide(world, Outcome.END)

    officer, day_before = world.house.officer, VISIBLE - ONE_DAY
    before, after = standing(world, officer, day_before), standing(world, officer, VISIBLE)
    assert (before.status, before.is_under_scrutiny) == ("active", True)
    assert (after.status, after.is_under_scrutiny) == ("ended", False)


def test_decision_and_proposal_are_hidden_until_visible(world: World) -> None:
    decide(world)
    chief = make_user(role=Role.MANAGER, is_chief=True)
    outsiders = (world.house.officer, world.house.manager, world.stranger.head, world.auditor)

    for rows in (Decision.objects, Proposal.objects):
        for user in outsiders:
            assert not rows.visible_to(user, VISIBLE - ONE_DAY).exists()
            assert rows.visible_to(user, VISIBLE).exists()
        assert rows.visible_to(chief, DECIDED).exists()


def test_check_page_of_a_stranger_is_404_before_and_there_when_visible(world: World) -> None:
    url = world.check.get_absolute_url()
    released(world.statement, house=world.house)
    decide(world, Outcome.END, facts=replace(FACTS, visible_from=date(2999, 1, 1)))

    response = signed_in(world.stranger.manager).get(url)
    unknown = signed_in(world.stranger.manager).get("/leitlinien-checks/1999/nirgends/")

    assert response.status_code == 404
    assert len(response.content) == len(unknown.content)


def test_check_page_of_a_stranger_shows_all_once_visible(world: World) -> None:
    released(world.statement, house=world.house)
    decide(world, facts=replace(FACTS, visible_from=DECIDED))

    response = signed_in(world.stranger.manager).get(world.check.get_absolute_url())

    body = response.content.decode()
    assert response.status_code == 200
    for words in ("Das Kabinett beschließt.", "Gründe.", "Die Zusammenarbeit trägt."):
        assert words in body


@pytest.mark.parametrize("url", ["round", "list", "partnership", "changes", "tab"])
def test_nothing_of_a_decision_shows_to_others_until_visible(world: World, url: str) -> None:
    slug, name = world.check.partnership.slug, world.check_round.slug
    address = {
        "round": f"/leitlinien-checks/{name}/",
        "list": "/leitlinien-checks/",
        "partnership": f"/partnerschaften/{slug}/",
        "changes": f"/partnerschaften/{slug}/aenderungen/",
        "tab": f"/partnerschaften/{slug}/leitlinien-checks/",
    }[url]
    decide(world, Outcome.END, facts=replace(FACTS, visible_from=date(2999, 1, 1)))

    response = signed_in(world.house.manager).get(address)

    assert response.status_code == 200
    body = response.content.decode()
    for words in ("beenden", "beendet", "01/0123", "abgeschlossen", "31.12.2026", "01.01.2027"):
        assert words not in body
    assert "entschieden" not in body.replace("noch nicht entschieden", "")


# One transaction, several partnerships, an end


def test_one_decision_for_several_partnerships_closes_the_round(world: World) -> None:
    second = make_check(check_round=world.check_round, partnership=make_partnership())

    decide(world, checks=[world.check, second])

    check_round = CheckRound.objects.get(pk=world.check_round.pk)
    assert check_round.state == CheckRound.State.CLOSED
    assert check_round.closed_by == world.coordinator


def test_round_stays_open_while_a_check_is_undecided(world: World) -> None:
    make_check(check_round=world.check_round, partnership=make_partnership())

    decide(world)

    assert CheckRound.objects.get(pk=world.check_round.pk).state == CheckRound.State.OPEN


def test_refusal_for_one_partnership_writes_nothing_for_the_other(world: World) -> None:
    second = make_check(check_round=world.check_round, partnership=make_partnership())
    StatusPeriod.objects.filter(partnership=second.partnership).update(
        valid_from=EFFECTIVE + ONE_DAY
    )

    with pytest.raises(Refusal, match=r"02\.01\.2027 ist schon"):
        decide(world, Outcome.END, checks=[world.check, second])

    assert not Decision.objects.exists()
    assert standing(world, world.coordinator, EFFECTIVE).status == "active"


def test_decision_without_proposal_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="setzt einen Entscheidungsvorschlag voraus"):
        record_decisions(
            check_round=world.check_round,
            facts=FACTS,
            outcomes=[CheckOutcome(world.check, Outcome.CONTINUE)],
            by=world.coordinator,
            now=NOW,
        )


def test_decision_in_the_future_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="Zukunft"):
        decide(world, facts=replace(FACTS, decided_on=date(2027, 1, 5)))


def test_decision_by_the_chief_is_refused(world: World) -> None:
    put_forward(world.check, world.coordinator)

    with pytest.raises(PermissionDenied):
        record_decisions(
            check_round=world.check_round,
            facts=FACTS,
            outcomes=[CheckOutcome(world.check, Outcome.CONTINUE)],
            by=make_user(role=Role.MANAGER, is_chief=True),
            now=NOW,
        )


# Closed means closed


def test_second_decision_about_a_check_meets_the_first(world: World) -> None:
    (first,) = decide(world)

    with pytest.raises(Conflict) as conflict:
        decide(world)

    assert conflict.value.current == [first]


def test_closed_round_refuses_acts(world: World) -> None:
    decide(world)

    with pytest.raises(Refusal, match="laufenden"):
        extend_deadline(
            statements=[world.statement],
            due_on=date(2027, 3, 1),
            by=world.coordinator,
            now=NOW,
        )


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (CheckRound, {"due_on": date(2027, 5, 1)}),
        (GuidelineCheck, {"evaluation": "anders"}),
        (Statement, {"key_message": "anders"}),
        (ReviewNote, {"reason": "anders"}),
        (Decision, {"wording": "anders"}),
        (Proposal, {"reasons": "anders"}),
    ],
)
def test_closed_round_is_immutable_in_the_database(
    world: World, model: Any, change: dict[str, Any]
) -> None:
    decide(world)

    with pytest.raises(Error), transaction.atomic():
        model.objects.update(**change)
    with pytest.raises(Error), transaction.atomic():
        model.objects.all().delete()

"""Every state of round × check × statement × collection × decision that Brücke can come to, and out of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

import pgtrigger

from guidelines.decisions.actions import begin_evaluation, propose
from guidelines.models import CheckRound, Decision, GuidelineCheck, ReviewNote, Statement
from guidelines.statements.actions import release, submit
from ministries.clock import today
from tests.factories import NOW
from tests.guidelines.conftest import World, closed, fresh, reopened, reopened_for, write

CHECKS = ("collecting", "evaluating", "proposed")
STATEMENTS = ("open", "submitted", "released")
# The deadline runs, or is over; closed; opened again for all, or for the one house.
CELLS = ("running", "over", "closed", "for all", "for one")
NEVER = date(2999, 1, 1)


@dataclass(frozen=True)
class Situation:
    round: str
    check: str
    statement: str
    cell: str
    # "", "hidden" until „sichtbar ab“, "visible"
    decision: str = ""
    # "out" once the partnership is taken out of the round
    left: str = ""

    def __str__(self) -> str:
        return "-".join(filter(None, vars(self).values())).replace(" ", "_")

    @property
    def is_closed(self) -> bool:
        return self.cell == "closed"

    @property
    def is_running(self) -> bool:
        """The coordination may still decide what to do."""
        return self.round == "open" and not self.decision and not self.left

    @property
    def takes_answers(self) -> bool:
        """As the house may know it: a hidden decision changes nothing."""
        is_over = self.round == "preparing" or self.decision == "visible" or self.left
        return not (is_over or self.is_closed)


def situations() -> Iterator[Situation]:
    yield Situation("preparing", "collecting", "open", "running")
    for check, statement, cell in product(CHECKS, STATEMENTS, CELLS):
        yield Situation("open", check, statement, cell)
    for statement, cell in product(STATEMENTS, CELLS):
        yield Situation("open", "collecting", statement, cell, left="out")
    for statement in STATEMENTS:
        yield Situation("closed", "collecting", statement, "running", left="out")
    for state, decision in product(("open", "closed"), ("hidden", "visible")):
        for statement in STATEMENTS:
            yield Situation(state, "decided", statement, "closed", decision)
        yield Situation(state, "decided", "released", "over", decision)


def bring_about(world: World, situation: Situation) -> None:
    """The world, with one house in one check, comes to that point by the acts that lead there."""
    ReviewNote.objects.filter(statement=world.other_statement).delete()
    world.other_statement.delete()
    if situation.round == "preparing":
        _prepare_again(world)
        return
    is_reopened = situation.cell.startswith("for")
    if is_reopened:
        closed(world.check, by=world.coordinator)
        if situation.cell == "for all":
            reopened(world.check, by=world.coordinator)
        else:
            reopened_for(world.statement, by=world.coordinator)
    _answer(world, situation.statement)
    if situation.is_closed:
        closed(world.check, by=world.coordinator)
    if situation.cell == "over":
        CheckRound.objects.update(due_on=NOW.date() - timedelta(days=3))
    _judge(world, situation)
    if situation.left:
        _take_out(world)
    if situation.round == "closed":
        CheckRound.objects.update(state="closed", closed_at=NOW, closed_by=world.coordinator)


def _take_out(world: World) -> None:
    GuidelineCheck.objects.update(
        taken_out_on=today(), taken_out_by=world.coordinator, taken_out_because="Ruht."
    )


def _prepare_again(world: World) -> None:
    ReviewNote.objects.all().delete()
    with pgtrigger.ignore("guidelines.CheckRound:round_state"):
        CheckRound.objects.update(state="preparing", opened_at=None, opened_by=None)


def _answer(world: World, state: str) -> None:
    write(fresh(world.statement), by=world.house.officer)
    if state != "open":
        submit(statement=fresh(world.statement), by=world.house.officer, now=NOW)
    if state == "released":
        release(statement=fresh(world.statement), by=world.house.head, now=NOW)


def _judge(world: World, situation: Situation) -> None:
    common: dict[str, Any] = {"by": world.coordinator, "now": NOW}
    if situation.check == "collecting":
        return
    begin_evaluation(check=world.check, **common)
    if situation.check == "evaluating":
        return
    wanted = {"outcome": "continue", "until_on": None, "reasons": "Gründe."}
    propose(check=current_check(world), **wanted, **common)
    if not situation.decision:
        return
    Decision.objects.create(
        guideline_check=world.check,
        body=Decision.Body.CABINET,
        decided_on=today(),
        number="1",
        wording="Wortlaut",
        outcome="continue",
        effective_from=today(),
        visible_from=today() if situation.decision == "visible" else NEVER,
        recorded_at=NOW,
        recorded_by=world.coordinator,
    )
    GuidelineCheck.objects.update(state="decided")


def current_check(world: World) -> GuidelineCheck:
    return GuidelineCheck.objects.select_related("round", "partnership").get(pk=world.check.pk)


def current_round(world: World) -> CheckRound:
    return CheckRound.objects.get(pk=world.check_round.pk)


def current_statement(world: World) -> Statement:
    return fresh(world.statement)

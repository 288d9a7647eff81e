"""What the coordination does with round, check and collection, and in which situations it may."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pgtrigger

from guidelines.collection.actions import (
    close_collections,
    reopen_cell,
    reopen_collection,
    resume_collection,
)
from guidelines.decisions.actions import (
    CheckOutcome,
    begin_evaluation,
    propose,
    record_decisions,
    revise_proposal,
    write_evaluation,
)
from guidelines.extensions.actions import Answer, answer_requests
from guidelines.leaving.actions import take_in, take_out
from guidelines.models import ExtensionRequest
from guidelines.rounds.actions import change_round, extend_deadline, open_round, set_houses
from ministries.clock import today
from ministries.working_days import add_working_days
from tests.factories import NOW, make_check, make_partnership
from tests.guidelines.acts.situations import (
    Situation,
    current_check,
    current_round,
    current_statement,
)
from tests.guidelines.conftest import LATE, World, asked
from tests.guidelines.test_decision import FACTS
from ui.errors import Refusal

MUCH_LATER = today() + timedelta(days=200)
OUTCOME: dict[str, Any] = {"outcome": "end", "until_on": None, "reasons": "Gründe."}


def leave(world: World) -> None:
    """While another one stays: the last cannot be taken out."""
    with pgtrigger.ignore("guidelines.GuidelineCheck:closed_round"):
        make_check(check_round=current_round(world), partnership=make_partnership(name="Latium"))
    of_check(take_out, reason="Ruht.")(world)


def of_check(act: Callable[..., Any], **fields: Any) -> Callable[[World], Any]:
    return lambda world: act(check=current_check(world), by=world.coordinator, now=NOW, **fields)


def extend(world: World) -> None:
    rows = [current_statement(world)]
    extend_deadline(statements=rows, due_on=MUCH_LATER, by=world.coordinator, now=NOW)


def answer_time(world: World, *, is_granted: bool) -> None:
    """As the house has asked before: in the situation itself it may not any more."""
    day = add_working_days(today(), 150)
    with pgtrigger.ignore("guidelines.ExtensionRequest:closed_round"):
        request = ExtensionRequest.objects.create(
            statement=current_statement(world),
            wished_on=day,
            reason="Haushalt",
            asked_at=NOW,
            asked_by=world.house.officer,
        )
    answers = [Answer(request, day if is_granted else None, "Anlass")]
    for _, refused in answer_requests(answers=answers, by=world.coordinator, now=NOW).refused:
        raise Refusal(refused)


def ask(world: World) -> None:
    asked(current_statement(world), by=world.coordinator)


def close(world: World) -> None:
    close_collections(checks=[world.check], by=world.coordinator, now=NOW)


def reopen_one(world: World) -> None:
    reopen_cell(statement=current_statement(world), by=world.coordinator, **LATE)


def evaluate(world: World) -> None:
    version = current_check(world).version
    of_check(write_evaluation, evaluation="Text", expected_version=version)(world)


def decide(world: World) -> None:
    record_decisions(
        check_round=current_round(world),
        facts=FACTS,
        outcomes=[CheckOutcome(current_check(world), "end")],
        by=world.coordinator,
        now=NOW,
    )


def change(world: World) -> None:
    found = current_round(world)
    change_round(
        check_round=found,
        edition=found.edition,
        due_on=MUCH_LATER,
        is_open_reading=True,
        partnerships=[world.check.partnership],
        expected_version=found.version,
        by=world.coordinator,
        now=NOW,
    )


def choose_houses(world: World) -> None:
    wanted = {world.check.pk: [world.house.ministry.pk]}
    set_houses(check_round=current_round(world), wanted=wanted, by=world.coordinator, now=NOW)


def begin(world: World) -> None:
    open_round(check_round=current_round(world), by=world.coordinator, now=NOW)


COORDINATION: dict[str, tuple[Callable[[World], Any], Callable[[Situation], bool]]] = {
    "extend": (extend, lambda s: s.is_running and not s.is_closed and s.statement != "released"),
    "grant time": (
        partial(answer_time, is_granted=True),
        lambda s: s.is_running and not s.is_closed and s.statement != "released",
    ),
    "decline time": (
        partial(answer_time, is_granted=False),
        lambda s: s.is_running and not s.is_closed and s.statement != "released",
    ),
    "query": (
        ask,
        lambda s: (
            s.is_running
            and s.check in ("collecting", "evaluating")
            and s.statement == "released"
            and not s.is_closed
        ),
    ),
    "close": (close, lambda s: s.is_running and not s.is_closed),
    "reopen": (
        of_check(reopen_collection, reason=LATE["reason"], due_on=LATE["due_on"]),
        lambda s: (
            s.is_running
            and s.check in ("collecting", "evaluating")
            and s.cell in ("closed", "for one")
        ),
    ),
    "reopen one": (
        reopen_one,
        lambda s: (
            s.is_running
            and s.check in ("collecting", "evaluating")
            and s.is_closed
            and s.statement != "released"
        ),
    ),
    "begin evaluation": (
        of_check(begin_evaluation),
        lambda s: s.is_running and s.check == "collecting",
    ),
    "resume": (
        of_check(resume_collection),
        lambda s: s.check == "evaluating" and s.cell not in ("closed", "for one"),
    ),
    "revise": (of_check(revise_proposal), lambda s: s.check == "proposed"),
    "write evaluation": (evaluate, lambda s: s.check in ("evaluating", "proposed")),
    "propose": (of_check(propose, **OUTCOME), lambda s: s.check in ("evaluating", "proposed")),
    "decide": (
        decide,
        lambda s: (
            s.check == "proposed"
            and (s.is_closed or (s.cell == "over" and s.statement == "released"))
        ),
    ),
    "take out": (leave, lambda s: s.is_running and s.check in ("collecting", "evaluating")),
    "take in": (of_check(take_in, due_on=MUCH_LATER), lambda s: s.round == "open" and bool(s.left)),
    "change round": (change, lambda s: s.round == "preparing"),
    "choose houses": (choose_houses, lambda s: s.round == "preparing"),
    "open round": (begin, lambda s: s.round == "preparing"),
}

"""Every act in every state: allowed, or refused with a sentence; what no table names the trigger refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, transaction

from guidelines.models import CheckRound, GuidelineCheck, Reopening, Statement
from guidelines.states.tables import CHECK_TRANSITIONS, ROUND_TRANSITIONS, STATEMENT_TRANSITIONS
from ministries.clock import today
from tests.factories import NOW
from tests.guidelines.acts.acts_inside import INSIDE
from tests.guidelines.acts.acts_of_coordination import COORDINATION, MUCH_LATER
from tests.guidelines.acts.acts_of_houses import HOUSES
from tests.guidelines.acts.situations import (
    Situation,
    bring_about,
    situations,
)
from tests.guidelines.conftest import World
from ui.errors import Conflict, Refusal

ACTS = HOUSES | INSIDE | COORDINATION
pytestmark = pytest.mark.long
EACH = pytest.mark.parametrize("situation", list(situations()), ids=str)


def answer(act: Callable[[World], Any], world: World) -> str:
    """The sentence that refuses it, "" where it is done; nothing of it stays."""
    with transaction.atomic():
        try:
            act(world)
            sentence = ""
        except Refusal as refusal:
            sentence = str(refusal)
        except Conflict as conflict:  # somebody has decided: the page shows both texts
            sentence = str(conflict)
        transaction.set_rollback(True)
    return sentence


@EACH
def test_each_act_is_allowed_or_refused_with_a_sentence(world: World, situation: Situation) -> None:
    bring_about(world, situation)

    answers = {name: answer(act, world) for name, (act, _) in ACTS.items()}

    wrong = {
        name: sentence or "allowed"
        for name, sentence in answers.items()
        if (sentence == "") is not ACTS[name][1](situation)
    }
    assert wrong == {}
    for sentence in filter(None, answers.values()):
        assert len(sentence) > 20
        assert sentence.endswith(".")
    assert situation.decision != "hidden" or "entschieden" not in houses_hear(answers)


def houses_hear(answers: dict[str, str]) -> str:
    return " ".join(answers[name] for name in HOUSES | INSIDE)


# What goes past the code


def is_refused(rows: Any, **values: Any) -> bool:
    try:
        with transaction.atomic():
            rows.update(**values)
            transaction.set_rollback(True)
    except Error:
        return True
    return False


TABLES = {
    CheckRound: ROUND_TRANSITIONS,
    GuidelineCheck: CHECK_TRANSITIONS,
    Statement: STATEMENT_TRANSITIONS,
}


@EACH
def test_triggers_refuse_what_no_table_names(world: World, situation: Situation) -> None:
    bring_about(world, situation)
    allowed = []

    for model, table in TABLES.items():
        row = model.objects.get()
        named = {(str(found.source), str(found.target)) for found in table}
        for target in model.State.values:
            if target != row.state and (
                (row.state, target) not in named
                or situation.round == "closed"
                or (model is Statement and situation.is_closed)
                or (model is not CheckRound and situation.left)
            ):
                rows = model.objects.filter(pk=row.pk)
                if not is_refused(rows, state=target):
                    allowed.append((model.__name__, row.state, target))

    assert allowed == []


@EACH
def test_trigger_refuses_reopening_after_a_decision(world: World, situation: Situation) -> None:
    bring_about(world, situation)
    row = {"reopened_by": world.coordinator, "closed_by": world.coordinator, "closed_on": today()}
    fields = {"guideline_check": world.check, "reason": "Grund", "due_on": MUCH_LATER}

    try:
        with transaction.atomic():
            Reopening.objects.create(reopened_at=NOW, **fields, **row)
        is_kept = True
    except Error:
        is_kept = False

    assert is_kept is (situation.decision == "" and situation.round != "closed")

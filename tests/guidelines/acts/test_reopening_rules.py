"""What a reopening needs, who may, who reads it; the row itself is never changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from guidelines.models import CheckRound, GuidelineCheck, Reopening
from tests.factories import NOW
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.conftest import (
    LATER,
    World,
    closed,
    reopened,
    reopened_for,
)
from ui.errors import Refusal

TODAY = date(2026, 11, 23)


# What is refused


@pytest.mark.parametrize("opens", [reopened, reopened_for])
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": "  "}, "Nennen Sie den Grund"),
        ({"due_on": TODAY}, "in der Zukunft"),
        ({"due_on": date(2029, 1, 1)}, "mehr als zwei Jahre"),
        ({"due_on": TODAY + timedelta(days=1)}, "Früher kann sie nicht enden"),
    ],
)
def test_reason_and_deadline_are_needed(
    world: World, opens: Any, changes: dict[str, Any], sentence: str
) -> None:
    CheckRound.objects.update(due_on=date(2026, 12, 1))
    closed(world.check, by=world.coordinator)
    target = world.check if opens is reopened else world.statement

    with pytest.raises(Refusal, match=sentence):
        opens(target, by=world.coordinator, **changes)

    assert not Reopening.objects.exists()


def test_what_is_not_closed_is_not_reopened(world: World) -> None:
    with pytest.raises(Refusal, match="ist nicht geschlossen"):
        reopened(world.check, by=world.coordinator)
    with pytest.raises(Refusal, match="ist nicht geschlossen"):
        reopened_for(world.statement, by=world.coordinator)


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_reopening_belongs_to_the_coordination(world: World, who: str) -> None:
    closed(world.check, by=world.coordinator)
    by = person(world, who)

    with pytest.raises(PermissionDenied):
        reopened(world.check, by=by)
    with pytest.raises(PermissionDenied):
        reopened_for(world.statement, by=by)


# The row itself


def test_row_is_neither_changed_nor_deleted(world: World) -> None:
    closed(world.check, by=world.coordinator)
    reopened(world.check, by=world.coordinator)

    for act in (lambda rows: rows.update(reason="Anders"), lambda rows: rows.delete()):
        with pytest.raises(Error), transaction.atomic():
            act(Reopening.objects.all())


def test_trigger_refuses_a_row_after_the_decision(world: World) -> None:
    for state in ("evaluating", "proposed", "decided"):
        GuidelineCheck.objects.filter(pk=world.check.pk).update(state=state)

    with pytest.raises(Error, match="ist entschieden"), transaction.atomic():
        Reopening.objects.create(
            guideline_check=world.check,
            reason="Zu spät",
            due_on=LATER,
            reopened_at=NOW,
            reopened_by=world.coordinator,
            closed_on=TODAY,
            closed_by=world.coordinator,
        )


# Who reads it


def test_house_reads_its_own_and_what_is_for_all(world: World) -> None:
    closed(world.check, by=world.coordinator)
    single = reopened_for(world.statement, by=world.coordinator)
    common = reopened(world.check, by=world.coordinator)

    def seen(who: str) -> set[Reopening]:
        return set(Reopening.objects.visible_to(person(world, who)))

    assert seen("coordinator") == seen("chief") == {single, common}
    assert seen("officer") == seen("manager") == {single, common}
    assert seen("foreign officer") == {common}
    assert seen("auditor") == set()
    assert not Reopening.objects.visible_to(world.stranger.officer).exists()

"""/revision/ names no decision before it is visible, nor what the decision wrote elsewhere."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from dashboards.embargo import RULES
from guidelines.decisions.actions import CheckOutcome, DecisionFacts, record_decisions
from guidelines.models import GuidelineCheck
from ministries.models import Role
from tests.factories import NOW, TODAY, make_check, make_ministry, make_partnership, make_user
from tests.guidelines.conftest import signed_in

pytestmark = pytest.mark.django_db
KIND = pytest.mark.parametrize("kind", RULES)


@pytest.fixture
def auditor() -> Client:
    return signed_in(make_user(role=Role.AUDITOR, ministry=make_ministry()))


def record(visible_from: date) -> None:
    """The last check of a round, with the status that follows from it."""
    watched = {"scrutiny_since": date(2026, 1, 1), "scrutiny_reason": "Anlass"}
    check = make_check(partnership=make_partnership(**watched))
    for state in ("evaluating", "proposed"):
        GuidelineCheck.objects.filter(pk=check.pk).update(state=state)
    record_decisions(
        check_round=check.round,
        facts=DecisionFacts("cabinet", TODAY, "1", "Wortlaut", TODAY, visible_from),
        outcomes=[CheckOutcome(check, "end")],
        by=make_user(role=Role.COORDINATOR),
        now=NOW,
    )


def events_of(kind: str) -> Any:
    model: Any = apps.get_model(kind)
    return model.pgh_event_model.objects.order_by("pgh_id")


def listed(auditor: Client, kind: str) -> int:
    answer = auditor.get("/revision/", {"kind": kind})
    return answer.content.decode().count("Einsehen<span")


@KIND
def test_hidden_decision_is_neither_listed_nor_read(auditor: Client, kind: str) -> None:
    record(date(2999, 1, 1))

    latest = events_of(kind).last()
    assert listed(auditor, kind) < events_of(kind).count()
    assert auditor.get(f"/revision/aenderung/{kind}/{latest.pgh_id}/").status_code == 404


@KIND
def test_visible_decision_is_listed_and_read(auditor: Client, kind: str) -> None:
    record(TODAY)

    latest = events_of(kind).last()
    assert listed(auditor, kind) == events_of(kind).count()
    assert auditor.get(f"/revision/aenderung/{kind}/{latest.pgh_id}/").status_code == 200

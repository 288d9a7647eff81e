"""The demonstration: one round, part answered, made twice without a trace of the second time."""

import pytest

from guidelines.demo.records import build_demo_round
from guidelines.models import CheckRound, GuidelineCheck, Statement
from guidelines.rounds.progress import RoundProgress, round_progress
from ministries.clock import now, today
from ministries.demo import build_accounts
from ministries.models import User
from partnerships.demo.invented import build_musterland

pytestmark = pytest.mark.long


@pytest.fixture
def coordinator(real_register: None) -> User:
    build_accounts(password="ein langes Passwort", today=today())
    build_musterland(today())
    return User.objects.get(email="koordination@demo.example")


def progress(check_round: CheckRound, user: User) -> RoundProgress:
    return round_progress(check_round, user, today())


def test_demo_round_is_part_answered_and_built_once(coordinator: User) -> None:
    check_round = build_demo_round(coordinator, now())

    found = progress(check_round, coordinator)
    assert (found.total, found.nil_returns, found.extended) == (66, 1, 1)
    assert 20 < found.received < 50
    assert found.overdue == 0
    assert Statement.objects.filter(state="submitted").count() >= 3
    assert Statement.objects.exclude(return_note="").count() == 1
    assert GuidelineCheck.objects.filter(state="proposed").count() == 2

    # A second call finds it and changes nothing.
    assert build_demo_round(coordinator, now()) == check_round
    assert progress(check_round, coordinator) == found

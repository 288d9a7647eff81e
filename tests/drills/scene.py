"""Fills the database of a running trial with work: `python -m tests.drills.scene STATEMENTS ROUNDS`, told as JSON.

Half-written statements of six houses, and rounds with two proposed partnerships each, all of them active and
under scrutiny, so that a decision to let them rest touches every table it can touch.
"""

import json
import sys
from datetime import date, timedelta
from typing import Any

import django

STARTS = 2200  # years of the rounds, out of the way of the demonstration
HOUSES = ("SMWK", "SMK", "SMI", "SMS", "SMWA", "SMJ")


def main(statements: int, rounds: int) -> None:
    django.setup()
    from django.db import transaction

    from ministries.models import User

    coordinator = User.objects.get(email="koordination@demo.example")
    with transaction.atomic():
        made = {
            "statements": {house: half_written(coordinator, house, statements) for house in HOUSES},
            "rounds": [decidable(coordinator, STARTS + number) for number in range(rounds)],
        }
    print(json.dumps(made))


def half_written(coordinator: Any, house: str, count: int) -> list[int]:
    """Complete, so that they can be submitted; each house has a round of its own."""
    from guidelines.models import Statement
    from ministries.models import Ministry
    from tests import factories

    ministry = Ministry.objects.get(abbreviation=house, valid_until=None)
    edition = factories.make_edition()
    guideline = factories.make_guideline(edition=edition)
    criteria = [factories.make_criterion(guideline=guideline) for _ in range(3)]
    year = STARTS - 1 - HOUSES.index(house)
    check_round = factories.make_round(edition=edition, by=coordinator, year=year, due_on=later())
    made = []
    for _ in range(count):
        check = factories.make_check(check_round=check_round)
        statement = factories.make_statement(ministry=ministry, check=check, criteria=criteria)
        statement.review_notes.update(answer="2")
        Statement.objects.filter(pk=statement.pk).update(vote="continue", key_message="Anfang.")
        made.append(statement.pk)
    return made


def decidable(coordinator: Any, year: int) -> dict[str, Any]:
    from django.utils import timezone

    from guidelines.models import GuidelineCheck, Proposal
    from tests import factories

    check_round = factories.make_round(by=coordinator, year=year, due_on=later())
    checks = [
        factories.make_check(
            check_round=check_round,
            partnership=factories.make_partnership(
                scrutiny_since=date(2026, 1, 1), scrutiny_reason="Anlass"
            ),
        )
        for _ in range(2)
    ]
    rows = GuidelineCheck.objects.filter(round=check_round)
    rows.update(state="evaluating")
    for check in checks:
        Proposal.objects.create(
            guideline_check=check,
            number=1,
            outcome="suspend",
            reasons="Gründe.",
            written_at=timezone.now(),
            written_by=coordinator,
        )
    rows.update(state="proposed")
    return {"year": year, "checks": [check.pk for check in checks]}


def later() -> date:
    from ministries.clock import today

    return today() + timedelta(days=60)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""What a round in preparation would ask of whom, and what would go unanswered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from guidelines.asking.houses import Gap, ProposedHouse, gaps, proposed_houses, questions_by_house
from guidelines.asking.profiles import criteria_of, houses_on, profiles_on
from guidelines.catalogue.models import Criterion
from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.statements.models import Statement
from ministries.models import Ministry


@dataclass(frozen=True)
class CheckPlan:
    check: GuidelineCheck
    statements: list[Statement]
    proposed: list[ProposedHouse]
    # Ministry id to the criteria it is asked.
    questions: dict[int, list[Criterion]]
    gaps: list[Gap]


@dataclass(frozen=True)
class RoundPlan:
    ministries: list[Ministry]
    checks: list[CheckPlan]

    @property
    def total(self) -> int:
        return sum(len(plan.statements) for plan in self.checks)

    @property
    def gaps(self) -> list[Gap]:
        return [gap for plan in self.checks for gap in plan.gaps]

    @property
    def per_house(self) -> list[tuple[Ministry, int]]:
        """Houses with the number of statements they owe, those without left out."""
        counts: dict[int, int] = {}
        for plan in self.checks:
            for statement in plan.statements:
                counts[statement.ministry_id] = counts.get(statement.ministry_id, 0) + 1
        return [
            (ministry, counts[ministry.pk]) for ministry in self.ministries if ministry.pk in counts
        ]


def shortened(because: str) -> str:
    """To the length of the column, without cutting a word."""
    return shorten(because, 300, placeholder=" …")


def round_plan(check_round: CheckRound, day: date, propose_for: Collection[int] = ()) -> RoundPlan:
    """A fixed number of queries, whatever the number of partnerships.

    Of the checks to propose for, the statements are those of the proposed houses, not stored yet.
    """
    houses = houses_on(day)
    criteria = criteria_of(check_round.edition)
    checks = list(check_round.checks.select_related("partnership", "round"))
    profiles = profiles_on(day, [check.partnership for check in checks])
    asked: dict[int, list[Statement]] = {check.pk: [] for check in checks}
    statements = Statement.objects.filter(guideline_check__in=checks).select_related("ministry")
    for statement in statements.order_by("ministry__sort_order", "ministry__abbreviation", "pk"):
        asked[statement.guideline_check_id].append(statement)
    plans = []
    for check in checks:
        profile = profiles[check.partnership_id]
        proposed = proposed_houses(profile, criteria, houses)
        if check.pk in propose_for:
            asked[check.pk] = [
                Statement(
                    guideline_check=check,
                    ministry=house.ministry,
                    asked_because=shortened(house.because),
                )
                for house in proposed
            ]
        ids = [statement.ministry_id for statement in asked[check.pk]]
        plans.append(
            CheckPlan(
                check=check,
                statements=asked[check.pk],
                proposed=proposed,
                questions=questions_by_house(profile, criteria, houses, ids),
                gaps=gaps(profile, criteria, houses, ids),
            )
        )
    return RoundPlan(ministries=list(houses.ministries.values()), checks=plans)

"""What asking a house means: its questions are fixed, and it gets one letter."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from guidelines.asking.plans import RoundPlan
from guidelines.rounds.letters import send_requests
from guidelines.rounds.models import CheckRound
from guidelines.statements.models import ReviewNote, Statement
from ministries.mail.outbox import Letter


def ask(
    check_round: CheckRound,
    plan: RoundPlan,
    only: Collection[int] | None = None,
    further: Sequence[Letter] = (),
) -> None:
    """`only`: the ids of statements that are new in a running round; without, all are asked."""
    per_house: dict[int, list[Statement]] = defaultdict(list)
    notes = []
    for check_plan in plan.checks:
        for statement in check_plan.statements:
            if only is None or statement.pk in only:
                statement.guideline_check = check_plan.check
                per_house[statement.ministry_id].append(statement)
                questions = check_plan.questions[statement.ministry_id]
                notes += [ReviewNote(statement=statement, criterion=one) for one in questions]
    ReviewNote.objects.bulk_create(notes)
    send_requests(check_round, list(per_house.values()), further)

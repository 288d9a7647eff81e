"""What the page of a partnership shows of its Leitlinien-Checks."""

from datetime import date

from django.db.models.expressions import Combinable

from guidelines.rounds.models import GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.tables import CheckState, RoundState
from ministries.models import Ministry, User
from partnerships.models import Partnership
from partnerships.register.partners.page import NextStep, count_of
from partnerships.reorganisation.facts import Affected


def checks_of(user: User, day: date) -> Combinable:
    return count_of(GuidelineCheck.objects.visible_to(user))


def affected_statements(house: Ministry) -> list[Affected]:
    """A house that was asked answers, under the name it had then."""
    number = Statement.objects.filter(ministry=house).outstanding().count()
    return [Affected(number, "offene Stellungnahmen", f"bleiben bei {house}, das gefragt wurde")]


def next_steps(partnership: Partnership, user: User, day: date) -> list[NextStep]:
    """The coordination: what its check waits for. Officers: what their house owes. One query."""
    if user.sees_proposals:
        return _of_circle(partnership, user, day)
    statements = (
        Statement.objects.of_houses(user)
        .outstanding()
        .awaited(day)
        .filter(guideline_check__partnership=partnership)
        .select_related("ministry", "guideline_check__round")
    )
    return [_owed(statement, day) for statement in statements]


def _owed(statement: Statement, day: date) -> NextStep:
    is_overdue = statement.deadline < day
    return NextStep(
        sentence=f"{statement.guideline_check.round}: Stellungnahme des {statement.ministry} "
        + ("überfällig" if is_overdue else "ausstehend"),
        who_acts=statement.ministry.abbreviation,
        due_on=statement.deadline,
        url=statement.get_absolute_url(),
        link_label="Zur Stellungnahme",
        tone="danger" if is_overdue else "info",
    )


_WAITS_FOR = {
    CheckState.COLLECTING: "Zulieferung der Ressorts läuft",
    CheckState.EVALUATING: "Entscheidungsvorschlag fehlt",
    CheckState.PROPOSED: "Beschluss fehlt",
}


def _of_circle(partnership: Partnership, user: User, day: date) -> list[NextStep]:
    checks = (
        GuidelineCheck.objects.visible_to(user)
        .filter(partnership=partnership, round__state=RoundState.OPEN, state__in=_WAITS_FOR)
        .filter(taken_out_on=None)
        .select_related("round", "partnership")
    )
    return [
        NextStep(
            sentence=f"{check.round}: {_WAITS_FOR[CheckState(check.state)]}",
            who_acts="Ressorts" if check.state == CheckState.COLLECTING else "SK",
            due_on=check.round.due_on if check.state == CheckState.COLLECTING else None,
            url=check.get_absolute_url(),
            link_label="Zum Check",
        )
        for check in checks
    ]

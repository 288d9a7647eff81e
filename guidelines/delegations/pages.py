"""What the pages show: who may be asked, what is asked, in which order."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from guidelines.delegations.models import Delegation
from guidelines.rounds.deadlines import next_undoubted
from guidelines.statements.models import Statement
from guidelines.statements.pages import RELATED
from ministries.accounts.users import HOUSE_ROLES
from ministries.clock import today
from ministries.models import User
from ministries.working_days import add_working_days

INSIDE = "Nur Ihr Haus. Die Staatskanzlei und andere Ressorts erfahren nicht, wen Sie fragen."
PROPOSED_DAYS = 5


def open_for(user: User, day: date) -> QuerySet[Delegation]:
    return in_order(Delegation.objects.asked_of(user).awaited(day))


def in_order(rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
    """By partnership, then in the order of the catalogue."""
    related = [f"statement__{name}" for name in RELATED]
    return rows.select_related("criterion__guideline", "given_by", "person", *related).order_by(
        "statement__guideline_check__partnership__sort_key",
        "statement",
        "criterion__guideline__number",
        "criterion__code",
        "pk",
    )


def colleagues_in(ministry_id: int, day: date) -> QuerySet[User]:
    """Whoever works in the house, writing or only reading."""
    return User.objects.all().working_in({ministry_id}, HOUSE_ROLES, day)


def proposed_day(statements: Iterable[Statement]) -> date:
    """A week before the first deadline of the house, as long as that is still to come."""
    first, day = min(row.deadline for row in statements), today()
    proposed = next_undoubted(add_working_days(first, -PROPOSED_DAYS), -1)
    if proposed > day:
        return proposed
    soon = next_undoubted(day)
    return soon if soon <= first else day


def table_url(statement: Statement) -> str:
    """„Alle auf einer Seite“ of its house and round, where a question is given for all of them."""
    house, check_round = statement.ministry, statement.guideline_check.round
    return f"{reverse('guidelines:statement-table')}?round={check_round.slug}&house={house.slug}"


def names_of(delegations: Iterable[Delegation]) -> str:
    found = dict.fromkeys(one.statement.guideline_check.partnership.name for one in delegations)
    return ", ".join(found)

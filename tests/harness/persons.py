"""Who has no column of their own: what they may follows by a rule from the columns of others.

Functions in two houses give what either gives, one that has ended or not begun gives nothing, and who
stands in for somebody may what that role may. What names the officer (circles, drafts, imports, a second
factor) is the person's, not the function's, so the rules are about columns that name nobody.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from ministries.models import Ministry, Role
from tests import factories
from tests.harness import leaks
from tests.harness.crawl import Answer, Visitor
from tests.harness.matrix import Row

ALLOWED = ("200", "acts")


@dataclass(frozen=True)
class Person:
    name: str
    # The columns of the tables whose union is theirs.
    columns: tuple[str, ...]

    def __str__(self) -> str:
        return self.name

    def may(self, row: Row) -> str:
        """The cell: what the most open of the columns says; empty where one of them is not asked."""
        cells = [row.expected[column] for column in self.columns]
        return min(cells, key=lambda cell: cell not in ALLOWED) if all(cells) else ""

    def leaks(self, answer: Answer, route: str, visitor: Visitor) -> set[str]:
        """What none of the columns may read."""
        each = (
            leaks.found(replace(answer, role=column), route, visitor.legend)
            for column in self.columns
        )
        return set.intersection(*(set(found) for found in each))


TWO_HOUSES = Person("in two houses", ("head", "officer_elsewhere"))
ENDED = Person("ended yesterday", ("nobody",))
TO_BEGIN = Person("begins tomorrow", ("nobody",))
DEPUTY = Person("deputy of the head", ("head",))
PERSONS = (TWO_HOUSES, ENDED, TO_BEGIN, DEPUTY)


def join(visitor: Visitor) -> None:
    """They come into the world of this module and sign in."""
    world, day = visitor.world, timedelta(days=1)
    head = world.users["head"].appointments.get()
    _add(visitor, TWO_HOUSES, Role.HEAD, world.own)
    factories.make_appointment(
        user=world.users[TWO_HOUSES.name], role=Role.OFFICER, ministry=world.elsewhere
    )
    _add(visitor, ENDED, Role.HEAD, world.own, valid_until=world.day - day)
    _add(visitor, TO_BEGIN, Role.COORDINATOR, world.chancellery, valid_from=world.day + day)
    _add(visitor, DEPUTY, Role.HEAD, world.own, deputy_for=head)


def _add(visitor: Visitor, person: Person, role: Role, house: Ministry, **fields: Any) -> None:
    user = factories.make_user(name=f"Demo {person}")
    factories.make_appointment(user=user, role=role, ministry=house, **fields)
    visitor.enter(person.name, user)

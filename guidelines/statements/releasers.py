"""Who of a house can release a statement, or record that it was released outside Brücke.

Two people: a head may release what he has corrected, if somebody else wrote along and submitted it.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from guidelines.permissions import RELEASERS
from guidelines.queries.models import Written
from guidelines.statements.models import Statement
from guidelines.states.tables import StatementState
from ministries.models import Appointment, Role, User
from partnerships.permissions import WRITERS


@dataclass(frozen=True)
class Releasers:
    """The people of one house who may act as the second person, by name."""

    heads: list[User]
    # Officers and heads: whoever may record a release that happened outside Brücke.
    recorders: list[User]
    # Whoever may take it back, change and submit it, so that another person can release it.
    rewriters: list[User] = field(default_factory=list)

    def without(self, user: User) -> "Releasers":
        """As it will be once this person writes along."""
        return Releasers(
            [other for other in self.heads if other != user],
            [other for other in self.recorders if other != user],
        )


def releasers_of(written: Written, user: User, day: date) -> Releasers:
    """As `user`, who belongs to the house, may know its people."""
    rows = (
        _in_charge(day, *WRITERS)
        .filter(ministry=written.ministry_id, user__in=User.objects.visible_to(user))
        .select_related("user")
        .order_by("user__name", "user")
    )
    every_head = {row.user_id for row in rows if row.role in RELEASERS}
    rewriters = {row.user_id: row.user for row in rows if every_head - {row.user_id}}
    submitter = written.submitted_by_id if written.state != StatementState.OPEN else None
    free = [row for row in rows if row.user_id != submitter]
    authors = {author.pk for author in written.authors.all()}
    heads = {
        row.user_id: row.user for row in free if row.role in RELEASERS and authors != {row.user_id}
    }
    recorders = {row.user_id: row.user for row in free if row.user_id not in authors}
    return Releasers(*(list(found.values()) for found in (heads, recorders, rewriters)))


@dataclass(frozen=True)
class FourEyes:
    """What a head is told who writes alone: somebody else will have to release it."""

    is_author: bool
    releasers: Releasers


def four_eyes(statement: Any, user: User, day: date) -> FourEyes | None:
    """None for whoever does not release for the house anyway, and where another has written.

    `statement` is one of `readable`.
    """
    if not user.has_perm("guidelines.return_statement", statement):
        return None
    if statement.has_other_author:
        return None
    releasers = releasers_of(statement, user, day)
    return FourEyes(user not in releasers.heads, releasers.without(user))


def has_releaser(day: date, model: type[Written] = Statement) -> Exists:
    """For a queryset of statements or Rückfragen: some head of the house may release it."""
    house = "ministry" if model is Statement else "statement__ministry"
    heads = _in_charge(day, *RELEASERS).filter(ministry=OuterRef(house))
    is_submitter = Q(user=OuterRef("submitted_by"))
    return Exists(
        heads.exclude(is_submitter | is_alone(model, OuterRef(OuterRef("pk")), OuterRef("user")))
    )


def is_alone(model: type[Written], written: Any, user: Any) -> Q:
    """Whether nobody but this person has written along."""
    authors = model.authors.through.objects.filter(**{str(model._meta.model_name): written})
    return Q(Exists(authors.filter(user=user))) & ~Q(Exists(authors.exclude(user=user)))


def _in_charge(day: date, *roles: Role) -> QuerySet[Appointment]:
    return Appointment.objects.on(day).filter(role__in=roles, user__is_active=True)

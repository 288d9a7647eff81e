"""Who of a house can release a statement, or record that it was released outside Brücke.

Neither may be an author, so a head who corrects a text himself needs somebody else.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from guidelines.permissions import RELEASERS
from guidelines.queries.models import Written
from guidelines.statements.models import Statement
from ministries.models import Appointment, Role, User
from partnerships.permissions import WRITERS


@dataclass(frozen=True)
class Releasers:
    """The people of one house who have not written along, by name."""

    heads: list[User]
    # Officers and heads: whoever may record a release that happened outside Brücke.
    recorders: list[User]

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
        .exclude(user__in=written.authors.values("pk"))
        .select_related("user")
        .order_by("user__name", "user")
    )
    heads = {row.user_id: row.user for row in rows if row.role in RELEASERS}
    everybody = {row.user_id: row.user for row in rows}
    return Releasers(list(heads.values()), list(everybody.values()))


@dataclass(frozen=True)
class FourEyes:
    """What a head is told before correcting a text: somebody else will have to release it."""

    is_author: bool
    releasers: Releasers


def four_eyes(statement: Statement, user: User, day: date) -> FourEyes | None:
    """None for whoever does not release for the house anyway."""
    if not user.has_perm("guidelines.return_statement", statement):
        return None
    releasers = releasers_of(statement, user, day)
    return FourEyes(user not in releasers.heads, releasers.without(user))


def has_releaser(day: date, model: type[Written] = Statement) -> Exists:
    """For a queryset of statements or Rückfragen: some head of the house has not written along."""
    written = str(model._meta.model_name)
    is_author = model.authors.through.objects.filter(
        **{written: OuterRef(OuterRef("pk"))}, user=OuterRef("user")
    )
    house = "ministry" if model is Statement else "statement__ministry"
    heads = _in_charge(day, *RELEASERS).filter(ministry=OuterRef(house))
    return Exists(heads.filter(~Exists(is_author)))


def _in_charge(day: date, *roles: Role) -> QuerySet[Appointment]:
    return Appointment.objects.on(day).filter(role__in=roles, user__is_active=True)

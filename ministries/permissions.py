"""Who may write what concerns houses and accounts. Everything not named here is refused."""

from dataclasses import dataclass
from datetime import date

import rules

from ministries.accounts.appointments import Appointment
from ministries.accounts.roles import Role
from ministries.accounts.users import User
from ministries.houses.models import Ministry


@rules.predicate
def reads_content(user: User) -> bool:
    """Whoever holds a function other than Technik; rows are left to `visible_to`."""
    return user.is_authenticated and user.reads_content


@rules.predicate
def is_coordinator(user: User) -> bool:
    return user.is_authenticated and user.is_coordinator


@rules.predicate
def is_administrator(user: User) -> bool:
    return user.is_authenticated and user.is_administrator


@rules.predicate
def confirms(user: User, appointment: Appointment | None) -> bool:
    """A head says that somebody belongs to the own house; nobody says so of themselves."""
    if not user.is_authenticated or appointment is None:
        return user.is_authenticated and user.has_role(Role.HEAD)
    is_own = appointment.user_id == user.pk
    return not is_own and user.has_role(Role.HEAD, ministry_id=appointment.ministry_id)


@dataclass(frozen=True)
class Inviting:
    """Who may invite into which functions, and what it takes.

    `by_order`: on a written order, named by its Aktenzeichen. `confirmed`: once the house has a
    head, the head's confirmation takes the place of the order.
    """

    by: Role
    into: tuple[Role, ...]
    in_chancellery: bool = False
    by_order: bool = True
    confirmed: bool = False

    def allows(self, user: User, role: str, ministry: Ministry) -> bool:
        is_there = ministry.is_chancellery or not self.in_chancellery
        return user.has_role(self.by) and role in self.into and is_there


INVITING = (
    Inviting(
        Role.COORDINATOR, (Role.OFFICER, Role.COORDINATOR), in_chancellery=True, by_order=False
    ),
    Inviting(Role.ADMINISTRATOR, (Role.HEAD, Role.AUDITOR, Role.ADMINISTRATOR)),
    Inviting(Role.ADMINISTRATOR, (Role.OFFICER, Role.MANAGER, Role.COORDINATOR), confirmed=True),
)


def inviting(user: User, role: str, ministry: Ministry) -> Inviting | None:
    """The row that lets this person invite into that function; None refuses."""
    return next((row for row in INVITING if row.allows(user, role, ministry)), None)


def may_invite_again(by: User, user: User) -> bool:
    """Who could have invited into every function the account has; asked by page and act."""
    held = user.appointments.all()
    return by.has_perm("ministries.invite") and all(
        inviting(by, row.role, row.ministry) for row in held
    )


def awaits_head(row: Inviting, ministry: Ministry, day: date) -> bool:
    """The first accounts of a house come by order; for further ones there is somebody to ask."""
    heads = Appointment.objects.on(day).filter(role=Role.HEAD, ministry=ministry)
    return row.confirmed and heads.exists()


def lacks_order(row: Inviting, ministry: Ministry, reference: str, day: date) -> bool:
    return row.by_order and not reference.strip() and not awaits_head(row, ministry, day)


NOT_INVITING = (
    "In diese Funktion laden Sie nicht ein. Die Koordinierung lädt Bearbeitung und Koordinierung "
    "der Staatskanzlei ein, alle anderen die Technik auf schriftlichen Auftrag."
)
NO_ORDER = "Nennen Sie das Aktenzeichen des schriftlichen Auftrags."


rules.add_perm("ministries.maintain_ministries", is_coordinator)
rules.add_perm("ministries.manage_accounts", is_administrator)
rules.add_perm("ministries.invite", is_administrator | is_coordinator)
rules.add_perm("ministries.confirm_appointment", confirms)

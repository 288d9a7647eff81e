"""Who may write the register and the records of the houses. Everything not named here is refused."""

from typing import TYPE_CHECKING, Any

import rules
from django.contrib.auth.decorators import permission_required

from ministries.models import Role, User
from ministries.permissions import is_coordinator, reads_content

if TYPE_CHECKING:
    from partnerships.records.follow_ups.models import FollowUp
    from partnerships.records.shared.models import Owned
    from partnerships.register.partners.periods import Lead

WRITERS = (Role.OFFICER, Role.HEAD)


@rules.predicate
def works_in_a_house(user: User) -> bool:
    return user.is_authenticated and user.has_role(*WRITERS)


@rules.predicate
def works_in_its_house(user: User, record: "Owned | Lead | None") -> bool:
    """Officer or head of the house a record belongs to."""
    return record is not None and user.has_role(*WRITERS, ministry_id=record.ministry_id)


@rules.predicate
def works_in_the_house_it_is_offered_to(user: User, record: Any) -> bool:
    offered_to = getattr(record, "offered_to_id", None)
    return offered_to is not None and user.has_role(*WRITERS, ministry_id=offered_to)


KEEPERS = (*WRITERS, Role.COORDINATOR)


@rules.predicate
def keeps_follow_ups(user: User) -> bool:
    return user.is_authenticated and user.has_role(*KEEPERS)


@rules.predicate
def keeps_this_follow_up(user: User, follow_up: "FollowUp | None") -> bool:
    """Whoever works in its house, and the person it is meant for."""
    if follow_up is None or not user.has_role(*KEEPERS):
        return False
    return follow_up.assigned_to_id == user.pk or user.has_role(
        *KEEPERS, ministry_id=follow_up.ministry_id
    )


@rules.predicate
def answers_for_a_house(user: User) -> bool:
    """Officer or head of a house; for what the Staatskanzlei holds also the coordination."""
    return user.is_authenticated and user.has_role(*KEEPERS)


rules.add_perm("partnerships.answer_for_house", answers_for_a_house)
rules.add_perm("partnerships.maintain_register", is_coordinator)
rules.add_perm("partnerships.confirm_fact", is_coordinator)
rules.add_perm("partnerships.read", reads_content)
rules.add_perm("partnerships.acknowledge_lead", works_in_its_house)
rules.add_perm("partnerships.add_record", works_in_a_house)
rules.add_perm("partnerships.write_record", works_in_its_house)
rules.add_perm("partnerships.accept_record", works_in_the_house_it_is_offered_to)
rules.add_perm("partnerships.add_follow_up", keeps_follow_ups)
rules.add_perm("partnerships.write_follow_up", keeps_this_follow_up)

# For views that show what every reader may know of.
MAY_READ = permission_required("partnerships.read", raise_exception=True)

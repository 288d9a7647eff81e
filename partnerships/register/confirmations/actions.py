"""A person in charge says that what the register holds is right, or takes that back."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ministries.history.dated import Sourced
from ministries.models import User


@transaction.atomic
def confirm(*, facts: Iterable[Sourced], by: User, today: date) -> int:
    """How many became confirmed; an earlier confirmation keeps its day and person."""
    if not by.has_perm("partnerships.confirm_fact"):
        raise PermissionDenied
    return write_confirmation(facts, was_confirmed=False, confirmed_on=today, confirmed_by=by)


@transaction.atomic
def withdraw_confirmation(*, facts: Iterable[Sourced], by: User) -> int:
    if not by.has_perm("partnerships.confirm_fact"):
        raise PermissionDenied
    return write_confirmation(facts, was_confirmed=True, confirmed_on=None, confirmed_by=None)


def write_confirmation(
    facts: Iterable[Sourced],
    *,
    was_confirmed: bool,
    confirmed_on: date | None,
    confirmed_by: User | None,
) -> int:
    """Only these two columns: somebody who edits the row meanwhile is not disturbed.

    Whoever calls has asked for the permission.
    """
    ids: dict[type[Sourced], list[int]] = {}
    for fact in facts:
        ids.setdefault(type(fact), []).append(fact.pk)
    return sum(
        model._base_manager.filter(pk__in=keys, confirmed_on__isnull=not was_confirmed).update(
            confirmed_on=confirmed_on, confirmed_by=confirmed_by
        )
        for model, keys in ids.items()
    )

"""How many partnerships are in which status: the same numbers for overview and list."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from ministries.kept import kept
from ministries.models import User
from partnerships.register.partners.periods import StatusPeriod


def status_counts(user: User, day: date) -> dict[str, int]:
    """By the status that `with_standing` would show this person; those without one are left out."""
    return dict(_current(user, day).counted_by("status").rows())


@kept
def _current(user: User, day: date) -> QuerySet[Any]:
    periods = StatusPeriod.objects.visible_to(user, day).current(day)
    latest = periods.order_by("partnership", F("valid_from").desc(nulls_last=True))
    return latest.distinct("partnership").values_list("partnership", "status")

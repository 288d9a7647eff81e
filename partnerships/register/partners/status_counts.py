"""How many partnerships are in which status: the same numbers for overview and list."""

from datetime import date

from django.db.models import Count, F

from ministries.models import User
from partnerships.register.partners.periods import StatusPeriod


def status_counts(user: User, day: date) -> dict[str, int]:
    """By the status that `with_standing` would show this person; those without one are left out."""
    periods = StatusPeriod.objects.visible_to(user, day).current(day)
    latest = periods.order_by("partnership_id", F("valid_from").desc(nulls_last=True))
    shown = StatusPeriod.objects.filter(pk__in=latest.distinct("partnership_id").values("pk"))
    return dict(shown.order_by().values_list("status").annotate(number=Count("pk")))

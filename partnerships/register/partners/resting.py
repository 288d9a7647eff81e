"""Partnerships that rest or have ended: nobody is asked to celebrate or to meet there."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from ministries.models import User
from partnerships.register.partners.periods import StatusPeriod
from partnerships.register.partners.statuses import RESTING


def rests(user: User, today: date, field: str) -> Q:
    """The partnership that `field` names rests or has ended."""
    periods = StatusPeriod.objects.visible_to(user, today).on(today).filter(status__in=RESTING)
    return Q(Exists(periods.filter(partnership=OuterRef(field))))

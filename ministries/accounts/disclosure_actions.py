"""Whoever takes personal data out, or reads what is confidential, says what for."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from ministries.accounts.disclosures import Disclosure
from ministries.accounts.users import User

HANDED_OUT_FOR = timedelta(minutes=15)


def record_disclosure(
    *,
    kind: str,
    subject: str,
    purpose: str,
    number: int = 1,
    query: str = "",
    by: User,
    now: datetime,
) -> Disclosure:
    return Disclosure.objects.create(
        kind=kind,
        subject=subject[:200],
        purpose=purpose[:300],
        number=number,
        query=query[:500],
        capacity=", ".join(capacity.label for capacity in by.capacities)[:200],
        made_at=now,
        made_by=by,
    )


def handed_out(*, subject: str, by: User, now: datetime) -> QuerySet[Disclosure]:
    """What this person has just given a purpose for and may still fetch."""
    return _recent(by, now).filter(kind=Disclosure.Kind.EXPORT, subject=subject)


def open_readings(*, by: User, now: datetime) -> QuerySet[Disclosure]:
    """What this person has just given a reason for and may still read."""
    return _recent(by, now).filter(kind=Disclosure.Kind.READING)


def _recent(by: User, now: datetime) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(made_by=by, made_at__gte=now - HANDED_OUT_FOR)

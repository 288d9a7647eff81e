"""Whoever takes personal data out, or reads what is confidential, says what for."""

from datetime import datetime

from ministries.models import Disclosure, User


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

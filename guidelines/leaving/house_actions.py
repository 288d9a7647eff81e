"""One house is no longer asked in a running round; „Ressort nachträglich beteiligen“ undoes it."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from guidelines.rounds.conditions import locked_statements, require_outstanding
from guidelines.rounds.letters import send_house_taken_out
from guidelines.statements.models import Statement
from ministries.models import User
from ui.errors import Refusal


@transaction.atomic
def take_house_out(
    *, statements: Collection[Statement], reason: str, by: User, now: datetime
) -> list[Statement]:
    """Of one house: nothing is owed or counted there any more; what was written stays in it.

    The version is left alone: what somebody is typing goes on once the house is asked again.
    """
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    if not reason.strip():
        raise Refusal("Nennen Sie den Grund, aus dem das Ressort nicht mehr beteiligt ist.")
    rows = locked_statements(statements)
    for row in rows:
        require_outstanding(row)
    alone = _without_others(rows)
    checks = [row.guideline_check for row in rows if row.guideline_check_id in alone]
    if names := ", ".join(str(check.partnership) for check in checks):
        raise Refusal(
            f"Kein anderes Ressort ist beteiligt zu: {names}. Nehmen Sie die Partnerschaft aus dem "
            "Leitlinien-Check, oder beteiligen Sie zuerst ein anderes Ressort."
        )
    Statement.objects.filter(pk__in=[row.pk for row in rows]).update(
        taken_out_on=timezone.localdate(now), taken_out_because=reason
    )
    send_house_taken_out(rows)
    return rows


def _without_others(rows: Collection[Statement]) -> set[int]:
    """Keys of the checks in which nobody else is asked; the checks are held by `rows`."""
    keys = {row.guideline_check_id for row in rows}
    others = Statement.objects.asked().filter(guideline_check__in=keys)
    left = others.exclude(pk__in=[row.pk for row in rows])
    return keys - set(left.values_list("guideline_check", flat=True))

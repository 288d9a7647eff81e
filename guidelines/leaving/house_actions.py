"""One house is no longer asked in a running round; „Ressort nachträglich beteiligen“ undoes it."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from guidelines.rounds.conditions import locked_statements, require_asked
from guidelines.rounds.letters import send_house_taken_out
from guidelines.statements.models import Statement
from guidelines.states.tables import RoundState, StatementState
from ministries.models import User
from ui.errors import Refusal


@transaction.atomic
def take_house_out(
    *, statements: Collection[Statement], reason: str, by: User, now: datetime
) -> list[Statement]:
    """Of one house: nothing is owed or counted there any more; what was written stays in it."""
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    if not reason.strip():
        raise Refusal("Nennen Sie den Grund, aus dem das Ressort nicht mehr beteiligt ist.")
    rows = locked_statements(statements)
    for row in rows:
        _require_outstanding(row)
    alone = [row.guideline_check for row in rows if row.guideline_check_id in _without_others(rows)]
    if alone:
        names = ", ".join(str(check.partnership) for check in alone)
        raise Refusal(
            f"Kein anderes Ressort ist beteiligt zu: {names}. Nehmen Sie die Partnerschaft aus dem "
            "Leitlinien-Check, oder beteiligen Sie zuerst ein anderes Ressort."
        )
    Statement.objects.filter(pk__in=[row.pk for row in rows]).update(
        taken_out_on=timezone.localdate(now), taken_out_because=reason, version=F("version") + 1
    )
    send_house_taken_out(rows)
    return rows


def _require_outstanding(row: Statement) -> None:
    if row.guideline_check.round.state != RoundState.OPEN:
        raise Refusal(f"Der {row.guideline_check.round} läuft nicht.")
    require_asked(row)
    if row.state == StatementState.RELEASED:
        raise Refusal(f"Die {row} liegt schon vor. Laden Sie die Seite neu.")
    if row.is_closed:
        raise Refusal(
            f"Die Zulieferung zu {row.guideline_check.partnership} ist schon geschlossen."
        )


def _without_others(rows: Collection[Statement]) -> set[int]:
    """Keys of the checks in which nobody else is asked; the checks are held by `rows`."""
    keys = {row.guideline_check_id for row in rows}
    others = Statement.objects.asked().filter(guideline_check__in=keys)
    left = others.exclude(pk__in=[row.pk for row in rows])
    return keys - set(left.values_list("guideline_check", flat=True))

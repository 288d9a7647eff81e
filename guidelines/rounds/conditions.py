"""What acts on a round ask first."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.states.tables import RoundState
from ministries.clock import in_a_year
from ui.dates import german_date
from ui.errors import Refusal

PROPOSED = (
    "Der Entscheidungsvorschlag liegt schon vor. Nehmen Sie ihn zuerst mit „Vorschlag überarbeiten“ "
    "zurück."
)


def lock_preparing(check_round: CheckRound) -> None:
    """Two coordinators at once: the second waits and then sees what the first has done."""
    state = (
        CheckRound.objects.select_for_update()
        .filter(pk=check_round.pk)
        .values_list("state", flat=True)
        .first()
    )
    if state is None:
        raise Refusal(f"Der {check_round} ist inzwischen verworfen.")
    if state != RoundState.PREPARING:
        raise Refusal(
            f"Der {check_round} ist schon eröffnet. Die Beteiligung lässt sich nicht mehr ändern."
        )


def locked_checks(keys: Iterable[int] | QuerySet[Any, Any]) -> list[GuidelineCheck]:
    """Locked in the order in which houses go from one to the next, and read when all are held:
    of whoever held one before it is known what they did, to the round too."""
    rows = GuidelineCheck.objects.filter(pk__in=keys).order_by("partnership__sort_key", "pk")
    held = [row.pk for row in rows.select_for_update(of=["self"]).only("pk")]
    return list(rows.filter(pk__in=held).select_related("round__edition", "partnership"))


def require_future(due_on: date, now: datetime) -> None:
    if due_on <= timezone.localdate(now):
        raise Refusal("Wählen Sie eine Frist, die in der Zukunft liegt.")
    if due_on > in_a_year(in_a_year(timezone.localdate(now))):
        raise Refusal(
            f"Der {german_date(due_on)} liegt mehr als zwei Jahre voraus. Prüfen Sie die Jahreszahl."
        )

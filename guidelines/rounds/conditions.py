"""What acts on a round ask first."""

from datetime import date, datetime

from django.utils import timezone

from guidelines.rounds.models import CheckRound
from guidelines.states.tables import RoundState
from ministries.clock import in_a_year
from ui.dates import german_date
from ui.errors import Refusal


def lock_preparing(check_round: CheckRound) -> None:
    """Two coordinators at once: the second waits and then sees what the first has done."""
    state = (
        CheckRound.objects.select_for_update()
        .values_list("state", flat=True)
        .get(pk=check_round.pk)
    )
    if state != RoundState.PREPARING:
        raise Refusal(
            f"Der {check_round} ist schon eröffnet. Die Beteiligung lässt sich nicht mehr ändern."
        )


def require_future(due_on: date, now: datetime) -> None:
    if due_on <= timezone.localdate(now):
        raise Refusal("Wählen Sie eine Frist, die in der Zukunft liegt.")
    if due_on > in_a_year(in_a_year(timezone.localdate(now))):
        raise Refusal(
            f"Der {german_date(due_on)} liegt mehr als zwei Jahre voraus. Prüfen Sie die Jahreszahl."
        )
